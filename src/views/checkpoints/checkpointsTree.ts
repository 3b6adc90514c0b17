import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Failure } from '../../access/loading/snapshot';
import type { Organization } from '../../access/organization';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import type { Log } from '../../editor/log';
import { canRedraw } from '../../editor/questions';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { defaultProfile } from '../../organizations/profile';
import type { Extent } from '../../words/checkpoints';
import { type CheckpointNode, itemId, type ModelNode, type Node } from '../shared/nodes';
import { OwnRows } from '../shared/ownRows';
import { RevealQueue } from '../shared/revealQueue';
import type { LoadedRows } from '../shared/treePlace';
import type { CheckpointRows } from './checkpointRows';
import type { ExpandedRows } from './expandedRows';
import type { TreeChoices } from './treeChoices';

/** Makes the rows; loaded with the first list that is shown. */
type ViewsBundle = typeof import('../viewsBundle');

/** Debounce of redraws, in milliseconds. */
const redrawDelayMs = 50;

/**
 * The tree of the Checkpoints view. Its checkpoints come from the person's checkpoint list; permissions are loaded when
 * a checkpoint is expanded. A failure is a row and never throws, so that one node can't empty or block another.
 */
export class CheckpointsTree implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData: Event<Node | undefined> = this.#changed.event;
  readonly #rowsLoaded = new EventEmitter<LoadedRows<Node>>();
  /** Fires with the rows that VS Code gets, each time they are loaded. */
  readonly onDidLoadRows = this.#rowsLoaded.event;
  readonly #cleared = new EventEmitter<void>();
  /** Fires when the rows of another organization follow. */
  readonly onDidClear = this.#cleared.event;
  readonly #namesChanged = new EventEmitter<void>();
  /** Fires when project names are loading, were loaded, or couldn't be loaded. */
  readonly onDidChangeNames = this.#namesChanged.event;

  readonly #own = new OwnRows<Node>();
  /** The rows of the organization, once they were arranged. */
  #rows: CheckpointRows | undefined;
  #bundle: ViewsBundle | undefined;
  #organization: Organization | undefined;
  /**
   * Number of `getChildren` calls in flight, by checkpoint. In VS Code 1.100 a row that is redrawn during such a call
   * loses its children (“Element with id … is already registered”).
   */
  readonly #pendingReads = new Map<string, number>();
  /** Redraws deferred until VS Code has received the children it is waiting for (`#isRootDeferred`: the root). */
  readonly #deferred = new Set<string>();
  #isRootDeferred = false;
  /** Whether the person changed the arrangement or filter, so that the root is redrawn even while a prompt is open. */
  #isRootRequested = false;
  readonly #reveals = new RevealQueue();
  /** Whether VS Code was told to load the root, and the rows were not arranged since. */
  #isRootDue = true;
  /** The latest `getChildren` call for the root. */
  #rootLoad: Promise<unknown> = Promise.resolve();
  readonly #redraws = new DebouncedRefresh(() => this.#redrawDeferred(), redrawDelayMs);
  #unsubscribe: (() => void)[] = [];
  readonly #subscriptions: readonly Disposable[];

  constructor(
    private readonly current: CurrentOrganization,
    private readonly log: Log,
    private readonly choices: TreeChoices,
    /** What is expanded in this window. */
    readonly expanded: ExpandedRows,
    private readonly now: () => number = Date.now,
  ) {
    this.#subscriptions = [
      current.onDidChange(() => this.refreshRoot()),
      choices.onDidChange(() => this.#rearrange()),
      this.#reveals.onDidEnd(() => this.#onRevealEnd()),
    ];
  }

  getTreeItem(node: Node): TreeItem {
    // VS Code calls `getChildren` first, which loads the bundle.
    if (!this.#bundle) throw new Error('There is no row to draw.');
    return this.#bundle.checkpointsItem(this.#rows, node, this.choices, this.now());
  }

  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    return this.#bundle?.resolveItem(item, node, this.current.labelAmongSeveral, this.now()) ?? item;
  }

  /** Returns loaded children synchronously, so that VS Code has them before any other event. */
  getChildren(node?: Node): Node[] | Promise<Node[]> {
    const rows = this.#rowsOf(node);
    if (!Array.isArray(rows)) return rows.then((loaded) => this.#announce(node, loaded));
    return this.#announce(node, rows);
  }

  #announce(parent: Node | undefined, rows: Node[]): Node[] {
    this.#own.add(rows);
    this.#rowsLoaded.fire({ parent, rows });
    return rows;
  }

  #rowsOf(node: Node | undefined): Node[] | Promise<Node[]> {
    if (!node) {
      const load = this.#determineRoot();
      this.#rootLoad = load.catch(() => undefined);
      return load;
    }
    this.expanded.noteAsked(itemId(node));
    if (node.kind === 'model') return [...this.checkpointsOf(node)];
    if (node.kind === 'range') return this.#rows?.permissionsIn(node) ?? [];
    if (node.kind !== 'checkpoint') return [];
    const isLoaded = !node.organization.permissions.isDue(node.checkpoint.id);
    const isAsked = !this.expanded.isRestored(itemId(node));
    return this.#rows && (isLoaded || !isAsked) ? this.#childrenOf(node) : this.#readChildren(node);
  }

  /** A person expanded a row. A list of an earlier session is shown at once, and loaded again in the background. */
  onExpand(node: Node): void {
    const wasRestored = this.expanded.isRestored(itemId(node));
    this.expanded.add(itemId(node));
    if (node.kind !== 'checkpoint') return;
    const { permissions } = node.organization;
    const { id } = node.checkpoint;
    // A failure is stored, and becomes a row.
    if (permissions.snapshot(id).restored) permissions.readAnew(id, 'background').catch(() => undefined);
    // VS Code asked for the rows before it told that they were expanded.
    else if (wasRestored && permissions.isDue(id)) permissions.read(id).catch(() => undefined);
  }

  getParent(node: Node): Node | undefined {
    return this.#rows?.parentOf(node);
  }

  /** Whether a row that is gone from below its parent is elsewhere. */
  isElsewhere(node: Node): boolean {
    return this.#rows?.isElsewhere(node) ?? false;
  }

  /** The bundle of the views, once there are rows. */
  get bundle(): ViewsBundle | undefined {
    return this.#bundle;
  }

  /** The organization whose checkpoints are shown, if any. */
  get organization(): Organization | undefined {
    return this.#organization;
  }

  /** The first row, to reveal it; undefined when there is none. */
  get firstRow(): Node | undefined {
    return this.#own.add([this.#rows?.root.rows[0]])[0];
  }

  /** The node of a checkpoint, to reveal it; undefined when a filter hides it. */
  nodeOf(checkpoint: string): CheckpointNode | undefined {
    const node = this.#rows?.root.nodeOf(checkpoint);
    this.#own.add([node, node?.model]);
    return node;
  }

  /** Whether a value is a row of this tree, and not one that only looks like it. */
  isRow(value: unknown): value is Node {
    return this.#own.has(value);
  }

  /** The checkpoints of a model that match the filter. */
  checkpointsOf(model: ModelNode): readonly CheckpointNode[] {
    return this.#own.add(this.#rows?.checkpointsOf(model) ?? []);
  }

  /** The checkpoints that match the filter, including those under collapsed models. */
  get shown(): readonly CheckpointNode[] {
    return [...(this.#rows?.root.shown ?? [])];
  }

  /** The message above the rows; see {@link ArrangedRoot.message} for the parameters. */
  messageFor(label: string, names: string): string | undefined {
    const organization = this.#organization;
    if (!organization) return undefined;
    const { arrangement } = this.choices;
    return this.#rows?.root.message(
      label,
      arrangement,
      this.choices.filterOf(organization),
      names,
      this.now(),
    );
  }

  /** How much of the list is shown; undefined when no organization is shown. */
  get extent(): Extent | undefined {
    return this.#rows?.root.extent;
  }

  /** Redraws the root from loaded data, after a reveal in progress. Sends no request. */
  refreshRoot(): void {
    this.#isRootDeferred = true;
    this.#isRootRequested = true;
    if (this.#reveals.isRevealing) return;
    this.#deferred.clear();
    this.#isRootDeferred = false;
    this.#isRootRequested = false;
    this.#isRootDue = true;
    this.#changed.fire(undefined);
  }

  /**
   * Reveals a row: after the redraws that are due, and before those that become due meanwhile. Rejects as `reveal` does
   * at last.
   */
  whileStill(reveal: () => PromiseLike<void>): Promise<void> {
    return this.#reveals.run((isRepeated) => this.#settle(isRepeated), reveal);
  }

  async #settle(isRepeated: boolean): Promise<void> {
    // VS Code reveals after the redraws that it knows of.
    if (isRepeated) this.refreshRoot();
    else this.#redraws.flush();
    // What VS Code is about to load is loaded here first, so that its load of the root overlaps no other one.
    if (this.#isRootDue || !this.#rows) await this.#determineRoot();
    await this.#rootLoad;
    // VS Code registers the rows before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Redraws what became due during a reveal. */
  #onRevealEnd(): void {
    if (this.#isRootRequested) this.#redraws.flush();
    else if (this.#isRootDeferred || this.#deferred.size > 0) this.#redraws.schedule();
  }

  /** Redraws one checkpoint and its rows from loaded data. */
  redraw(checkpoint: string): void {
    this.#deferred.add(checkpoint);
    this.#redraws.schedule();
  }

  dispose(): void {
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#rowsLoaded.dispose();
    this.#cleared.dispose();
    this.#reveals.dispose();
    this.#namesChanged.dispose();
    this.#redraws.dispose();
  }

  /** Redraws all rows. Waits for pending `getChildren` calls, because it redraws their rows, too. */
  redrawRoot(): void {
    this.#isRootDeferred = true;
    this.#redraws.schedule();
  }

  /** Redraws the root for a choice that the person may be making in an open prompt, as for the filter. */
  #rearrange(): void {
    this.#isRootDeferred = true;
    this.#isRootRequested = true;
    this.#redraws.flush();
  }

  #redrawDeferred(): void {
    if (this.#reveals.isRevealing) return;
    if (this.#isRootDeferred && this.#pendingReads.size === 0) {
      this.refreshRoot();
      return;
    }
    for (const checkpoint of [...this.#deferred]) {
      if (!this.#pendingReads.has(checkpoint)) this.#redrawCheckpoint(checkpoint);
    }
  }

  #redrawCheckpoint(checkpoint: string): void {
    this.#deferred.delete(checkpoint);
    const node = this.nodeOf(checkpoint);
    if (node) this.#changed.fire(node);
  }

  async #determineRoot(): Promise<Node[]> {
    const request = this.current.get();
    const current = await request;
    if (current.kind === 'organization' || current.kind === 'problem')
      this.#bundle ??= await import('../viewsBundle');
    // A keyring can be slow. Its answer may be for an organization that is no longer shown.
    if (this.current.get() !== request) return this.#determineRoot();
    if (current.kind !== 'organization') {
      this.#setOrganization(undefined);
      if (current.kind !== 'problem' || !this.#bundle) return [];
      return [this.#bundle.organizationFailure(current.error, current.profile.id !== defaultProfile)];
    }
    const { organization } = current;
    this.#setOrganization(organization);
    this.#rows ??= this.#bundle && new this.#bundle.CheckpointRows(organization);
    return this.#arrange(organization);
  }

  /**
   * Sorts and filters the rows. Called only when the list or a choice changes or all is refreshed, so rows don't jump.
   */
  #arrange(organization: Organization): Node[] {
    const { arrangement } = this.choices;
    this.#isRootDue = false;
    return this.#rows?.arrange(arrangement, this.choices.filterOf(organization), this.now()) ?? [];
  }

  async #readChildren(node: CheckpointNode): Promise<Node[]> {
    const { id } = node.checkpoint;
    // The tree isn't redrawn while a prompt is open, so then it was the person who expanded the row.
    const isExpandedByUser = !canRedraw();
    this.#pendingReads.set(id, (this.#pendingReads.get(id) ?? 0) + 1);
    try {
      this.#bundle ??= await import('../viewsBundle');
      // A failure is stored, and becomes a row.
      await node.organization.permissions.read(id).catch(() => undefined);
      return this.#childrenOf(node);
    } finally {
      // VS Code registers the rows before the next turn of the event loop.
      setImmediate(() => this.#onReadEnd(id, isExpandedByUser));
    }
  }

  #onReadEnd(id: string, isExpandedByUser: boolean): void {
    const remaining = (this.#pendingReads.get(id) ?? 1) - 1;
    if (remaining > 0) {
      this.#pendingReads.set(id, remaining);
      return;
    }
    this.#pendingReads.delete(id);
    if (isExpandedByUser && this.#deferred.has(id) && !this.#reveals.isRevealing) this.#redrawCheckpoint(id);
    if (this.#isRootRequested) this.#redraws.flush();
    else this.#redraws.schedule();
  }

  /** The rows of a checkpoint; none once another organization is shown. */
  #childrenOf(parent: CheckpointNode): Node[] {
    const rows = this.#rows?.below(parent) ?? [];
    // Load project names in the background with the first project. Until then the rows show IDs.
    // Rows of an earlier session ask for nothing.
    const { restored } = parent.organization.permissions.snapshot(parent.checkpoint.id);
    if (!restored && rows.some(({ kind }) => kind === 'permission'))
      void parent.organization.projects.read('background');
    return rows;
  }

  #setOrganization(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#rows = undefined;
    this.#cleared.fire();
    this.expanded.show(organization?.id);
    if (!organization) return;
    this.#unsubscribe = [
      organization.catalog.onDidChange(() => this.redrawRoot()),
      // A filter by project shows what the project owns.
      organization.owners.onDidChange(() => this.redrawRoot()),
      organization.permissions.onDidChange((checkpoint) => this.redraw(checkpoint)),
      organization.permissions.onDidFail(
        ({ checkpoint, failure }) => void this.#logFailure(checkpoint, failure),
      ),
      organization.projects.onDidChange(() => this.#onNamesChange(organization)),
    ];
  }

  /** Redraws the checkpoints whose rows name projects. */
  #onNamesChange(organization: Organization): void {
    this.#namesChanged.fire();
    const { isLoading, failure, incomplete } = organization.projectsStanding;
    if (isLoading) return;
    if (failure !== undefined || incomplete !== undefined) void this.#logNames(organization);
    for (const { checkpoint } of this.shown) {
      const { listing } = organization.permissions.snapshot(checkpoint.id);
      if (listing && listing.permissions.length > 0) this.redraw(checkpoint.id);
    }
  }

  async #logFailure(checkpoint: string, failure: Failure): Promise<void> {
    const { failureInLog } = await import('../viewsBundle');
    this.log.error(failureInLog(checkpoint, failure));
  }

  async #logNames({ projectsStanding }: Organization): Promise<void> {
    const { projectNamesInLog } = await import('../viewsBundle');
    this.log.error(projectNamesInLog(projectsStanding));
  }

  #stopListening(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
