import { commands, type Disposable, type TreeView, type ViewBadge, window } from 'vscode';
import { isFiltering } from '../../access/catalog/filter';
import type { Organization } from '../../access/organization';
import { setContext } from '../../editor/contextKeys';
import { viewIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { plainText } from '../../text/plainText';
import { viewNames } from '../../words/organizationNames';
import { nameOrganization } from '../shared/nameOrganization';
import { itemId, type Node } from '../shared/nodes';
import { setMessage } from '../shared/setMessage';
import type { AwaitedRows, TreePlace } from '../shared/treePlace';
import type { CheckpointsTree } from './checkpointsTree';
import type { TreeChoices } from './treeChoices';

/** The Checkpoints view around its tree: title, message, selection, and progress. */
export class CheckpointsView implements Disposable {
  readonly #view: TreeView<Node>;
  /** Made with the first rows, when its bundle is there. */
  #place: TreePlace<Node> | undefined;
  readonly #disposables: Disposable[];
  #ageTimer: NodeJS.Timeout | undefined;
  readonly #drawnAges = new Map<string, string>();
  /** A note on project names that couldn't be loaded; else empty. */
  #namesNote = '';

  constructor(
    private readonly tree: CheckpointsTree,
    private readonly choices: TreeChoices,
    private readonly current: CurrentOrganization,
    private readonly now: () => number = Date.now,
  ) {
    this.#view = window.createTreeView(viewIds.checkpoints, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#disposables = [
      this.#view,
      tree.onDidLoadRows((loaded) => {
        this.#place ??= tree.bundle && new tree.bundle.TreePlace<Node>(this.#view, tree);
        this.#place?.load(loaded);
        if (!loaded.parent) this.#update();
      }),
      tree.onDidChangeNames(() => this.#onNamesChange()),
      nameOrganization(this.#view, viewNames.checkpoints, current, () => this.#clearMessage()),
      current.onDidRelabel(() => this.#updateMessage()),
      this.#view.onDidExpandElement(({ element }) => tree.onExpand(element)),
      this.#view.onDidCollapseElement(({ element }) => tree.expanded.delete(itemId(element))),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible)),
    ];
    this.#watchAges(this.#view.visible);
  }

  /** The selected rows, in the order of selection. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  isExpanded(node: Node): boolean {
    return this.tree.expanded.has(itemId(node));
  }

  /** Shows the view's progress bar until the work ends; resolves and rejects as the work does. */
  whileLoading<T>(work: () => Promise<T>): Thenable<T> {
    return window.withProgress({ location: { viewId: viewIds.checkpoints } }, work);
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Expands a checkpoint. Keeps the selection and the focus. Does nothing when a filter hides it. */
  expand(checkpoint: string): Promise<void> {
    return this.tree.whileStill(async () => {
      const node = this.tree.nodeOf(checkpoint);
      if (node) await this.#view.reveal(node, { select: false, focus: false, expand: true });
    });
  }

  /** Scrolls to a checkpoint and selects it. Resolves to false when a filter hides it. */
  async reveal(checkpoint: string): Promise<boolean> {
    let isShown = false;
    await this.tree.whileStill(async () => {
      // Only now: regrouping makes new rows.
      const node = this.tree.nodeOf(checkpoint);
      isShown = node !== undefined;
      if (node) await this.#view.reveal(node, { select: true, focus: false, expand: false });
    });
    return isShown;
  }

  /**
   * Gives the keyboard to the first row, without selecting it. VS Code gives it to the welcome if rows that replace it
   * are not drawn yet, and it is lost when the welcome is gone: revealing a row waits until it is drawn.
   */
  async focusFirst(): Promise<void> {
    await commands.executeCommand(`${viewIds.checkpoints}.focus`);
    await this.tree.whileStill(async () => {
      const node = this.tree.firstRow;
      if (node) await this.#view.reveal(node, { select: false, focus: true, expand: false });
    });
  }

  /** Keeps selection and focus at their place when the rows that a command acts on disappear. */
  whileActingOn(nodes: readonly Node[], act: () => Promise<void>): Promise<void> {
    return this.#place ? this.#place.whileActingOn(nodes, act) : act();
  }

  get badge(): ViewBadge | undefined {
    return this.#view.badge;
  }

  set badge(badge: ViewBadge | undefined) {
    this.#view.badge = badge;
  }

  /** The view's name, with the label of the organization. */
  get title(): string | undefined {
    return this.#view.title;
  }

  /** The message above the rows. */
  get message(): string | undefined {
    return this.#view.message;
  }

  /** Selects and reveals rows that a change made, where their parent is unfolded. */
  awaitRows(rows: AwaitedRows): void {
    this.#place?.awaitRows(rows);
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    this.#place?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const organization = this.tree.organization;
    this.#updateMessage();
    void this.#updateNamesNote();
    void this.#updateContextKeys(organization);
  }

  /** The message is of the organization that was shown before. */
  #clearMessage(): void {
    setMessage(this.#view, undefined);
  }

  #updateMessage(): void {
    // A narrow sidebar truncates the title, so with several organizations the message names it, too.
    const label = this.current.isOneOfSeveral ? plainText(this.current.label) : '';
    setMessage(this.#view, this.tree.messageFor(label, this.#namesNote));
  }

  #onNamesChange(): void {
    const organization = this.tree.organization;
    // Shares the request in flight.
    if (organization?.projectsStanding.isLoading) void this.whileLoading(() => organization.projects.read());
    // The message of a filter names a project, too.
    this.#updateMessage();
    void this.#updateNamesNote();
  }

  /** Updates the note on project names that couldn't be loaded. The note stays during a retry. */
  async #updateNamesNote(): Promise<void> {
    const { organization } = this.tree;
    const { state, doubts = [] } = organization?.projectsStanding ?? {};
    let note = '';
    if (organization && (state === 'failed' || doubts.length > 0)) {
      const { projectNamesNote } = await import('../viewsBundle');
      if (organization !== this.tree.organization) return;
      note = plainText(projectNamesNote(organization.projectsStanding, this.now()));
    }
    if (note === this.#namesNote) return;
    this.#namesNote = note;
    this.#updateMessage();
  }

  async #updateContextKeys(organization: Organization | undefined): Promise<void> {
    const filter = organization && isFiltering(this.choices.filterOf(organization));
    await setContext('checkpointPermissions.filter', filter ? 'some' : 'none');
    await setContext('checkpointPermissions.grouping', this.choices.arrangement.grouping);
  }

  /**
   * Keeps ages in rows current, which VS Code doesn't: redraws all rows when the view becomes visible, and each minute
   * those whose ages read differently.
   */
  #watchAges(visible: boolean): void {
    clearInterval(this.#ageTimer);
    if (!visible) return;
    this.current.reloadProfiles();
    this.tree.organization?.catalog.reload();
    this.#redrawAged({ all: true });
    this.#ageTimer = setInterval(() => this.#redrawAged({ all: false }), 60_000);
    this.#ageTimer.unref();
  }

  #redrawAged({ all }: { readonly all: boolean }): void {
    void this.#updateNamesNote();
    const { bundle } = this.tree;
    // Without it there is no row.
    if (!bundle) return;
    const now = this.now();
    for (const node of this.tree.shown) {
      const { id } = node.checkpoint;
      const { listing } = node.organization.permissions.snapshot(id);
      const words = bundle.agesOfCheckpoint(node, this.isExpanded(node), now);
      const before = this.#drawnAges.get(id);
      this.#drawnAges.set(id, words);
      // A checkpoint that isn't loaded shows only its shutdown date, which its first draw had right.
      if (listing ? all || before !== words : before !== undefined && before !== words) this.tree.redraw(id);
    }
  }
}
