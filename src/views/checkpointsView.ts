import { type Disposable, type TreeView, window } from 'vscode';
import { plainText } from '../editor/plainText';
import { ago } from '../editor/time';
import { viewIds } from '../ids';
import type { CheckpointsTree } from './checkpointsTree';
import { itemId } from './items';
import type { CheckpointNode, Node } from './nodes';

const sampleNote = 'Sample organization: invented data, nothing leaves this window.';

/** The view around the tree: what it says about itself, what is selected, and how waiting shows. */
export class CheckpointsView implements Disposable {
  readonly #view: TreeView<Node>;
  readonly #disposables: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  /** By the id of the item, as VS Code keeps it, because nodes are made anew with their organization. */
  readonly #expanded = new Set<string>();
  readonly #agesDrawn = new Map<string, string>();

  constructor(
    private readonly tree: CheckpointsTree,
    private readonly now: () => number = Date.now,
  ) {
    this.#view = window.createTreeView(viewIds.checkpoints, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#disposables = [
      this.#view,
      tree.onDidReadRoot((root) => this.#describe(root)),
      this.#view.onDidExpandElement(({ element }) => this.#expanded.add(itemId(element))),
      this.#view.onDidCollapseElement(({ element }) => this.#expanded.delete(itemId(element))),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible)),
    ];
    this.#watchAges(this.#view.visible);
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  /** Whether the rows under a node are open to sight. */
  isExpanded(node: Node): boolean {
    return this.#expanded.has(itemId(node));
  }

  /** Shows the view's progress bar until the work ends; resolves and rejects as the work does. */
  whileLoading<T>(work: () => Promise<T>): Thenable<T> {
    return window.withProgress({ location: { viewId: viewIds.checkpoints } }, work);
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Unfolds a checkpoint and leaves selection and keyboard where they are. */
  async unfold(node: CheckpointNode): Promise<void> {
    await this.#view.reveal(node, { select: false, focus: false, expand: true });
  }

  /** Brings a checkpoint into sight and selects it. */
  async reveal(node: CheckpointNode): Promise<void> {
    await this.#view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** What the view says above its rows. */
  get message(): string | undefined {
    return this.#view.message;
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #describe(root: readonly Node[]): void {
    const organization = this.tree.organization;
    this.#view.description = organization?.isSample
      ? 'Sample organization'
      : plainText(organization?.name ?? '');
    // A message hides the welcome, so the sample's note gives way to the welcome of an empty list.
    const view: { message?: string | undefined } = this.#view;
    view.message = organization?.isSample && root.length > 0 ? sampleNote : undefined;
  }

  /**
   * Ages in words grow old themselves, and VS Code does not draw rows again by itself: they are drawn anew when the view
   * comes into sight, and while it is seen whenever their words have changed.
   */
  #watchAges(visible: boolean): void {
    clearInterval(this.#timer);
    if (!visible) return;
    this.tree.organization?.catalog.reload();
    this.#redrawAged({ all: true });
    this.#timer = setInterval(() => this.#redrawAged({ all: false }), 60_000);
    this.#timer.unref();
  }

  #redrawAged({ all }: { readonly all: boolean }): void {
    for (const { organization, checkpoint } of this.tree.shown) {
      const { listing } = organization.permissions.snapshot(checkpoint.id);
      if (!listing) continue;
      const moments = [listing.readAt, ...listing.permissions.map(({ created_at }) => created_at * 1000)];
      const words = moments.map((moment) => ago(moment, this.now())).join();
      const changed = this.#agesDrawn.get(checkpoint.id) !== words;
      this.#agesDrawn.set(checkpoint.id, words);
      if (all || changed) this.tree.redraw(checkpoint.id);
    }
  }
}
