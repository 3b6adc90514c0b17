import { type Disposable, type TreeView, window } from 'vscode';
import type { Waiting } from '../access/permissionStore';
import { plainText } from '../editor/plainText';
import { ago, waitInWords } from '../editor/time';
import { viewIds } from '../ids';
import type { CheckpointsTree } from './checkpointsTree';
import type { CheckpointNode, Node } from './nodes';

const sampleNote = 'Sample organization: invented data, nothing leaves this window.';

/** The view around the tree: what it says about itself, what is selected, and how waiting shows. */
export class CheckpointsView implements Disposable {
  readonly #view: TreeView<Node>;
  readonly #disposables: Disposable[];
  #root: readonly Node[] = [];
  #waiting: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #expanded = new WeakSet<Node>();
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
      tree.onDidWait((waiting) => this.#showWaiting(waiting)),
      this.#view.onDidExpandElement(({ element }) => this.#expanded.add(element)),
      this.#view.onDidCollapseElement(({ element }) => this.#expanded.delete(element)),
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
    return this.#expanded.has(node);
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
    this.#root = root;
    const organization = this.tree.organization;
    this.#view.description = organization?.isSample
      ? 'Sample organization'
      : plainText(organization?.name ?? '');
    this.#writeMessage();
  }

  #writeMessage(): void {
    // A message hides the welcome, so the sample's note gives way to the welcome of an empty list.
    const sample = this.tree.organization?.isSample && this.#root.length > 0 ? sampleNote : undefined;
    const view: { message?: string | undefined } = this.#view;
    view.message = this.#waiting ? `${waitInWords(this.#waiting, this.now())}.` : sample;
  }

  #showWaiting(waiting: Waiting): void {
    this.#waiting = waiting;
    this.#writeMessage();
    const tick = setInterval(() => {
      if (this.now() < waiting.until && this.#waiting === waiting) return this.#writeMessage();
      clearInterval(tick);
      if (this.#waiting === waiting) this.#waiting = undefined;
      this.#writeMessage();
    }, 1000);
    tick.unref();
  }

  /** Ages in words grow old themselves: while the view is seen, rows whose words have changed are drawn again. */
  #watchAges(visible: boolean): void {
    clearInterval(this.#timer);
    if (!visible) return;
    this.#redrawAged();
    this.#timer = setInterval(() => this.#redrawAged(), 60_000);
    this.#timer.unref();
  }

  #redrawAged(): void {
    for (const { organization, checkpoint } of this.tree.shown) {
      const { listing } = organization.permissions.snapshot(checkpoint.id);
      if (!listing) continue;
      const newest = listing.permissions[0];
      const words = [listing.readAt, ...(newest ? [newest.created_at * 1000] : [])]
        .map((moment) => ago(moment, this.now()))
        .join();
      const drawn = this.#agesDrawn.get(checkpoint.id);
      this.#agesDrawn.set(checkpoint.id, words);
      if (drawn !== undefined && drawn !== words) this.tree.redraw(checkpoint.id);
    }
  }
}
