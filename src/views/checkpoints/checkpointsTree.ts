import {
  type Disposable,
  type Event,
  EventEmitter,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
} from 'vscode';
import type { Failure } from '../../access/loading/snapshot';
import type { Organization } from '../../access/organization';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import type { Log } from '../../editor/log';
import { canRedraw } from '../../editor/questions';
import type { CurrentOrganization } from '../../organizations/current';
import { defaultProfile } from '../../organizations/profile';
import type { Extent } from '../../words/checkpoints';
import {
  type CheckpointNode,
  itemId,
  type ModelNode,
  type Node,
  type PermissionNode,
  type RangeNode,
} from '../shared/nodes';
import type { ArrangedRoot } from './arrangedRoot';
import type { TreeChoices } from './treeChoices';

/** How rows are made; loaded with the first list that is shown. */
type ViewsBundle = typeof import('../viewsBundle');

/** How long after a change it is drawn, in milliseconds. */
const redrawDelayMs = 50;

/**
 * The tree of the sidebar. Checkpoints come from the list that the person keeps; what is under one is read when it is
 * expanded. A failure is a row of its own and never throws, so that one node cannot empty or block another.
 */
export class CheckpointsTree implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData: Event<Node | undefined> = this.#changed.event;
  readonly #rootLoaded = new EventEmitter<readonly Node[]>();
  /** Tells what the root consists of each time it was determined, for what the view says about itself. */
  readonly onDidLoadRoot = this.#rootLoaded.event;
  readonly #namesChanged = new EventEmitter<void>();
  /** Tells that names of projects are being read, were read, or could not be. */
  readonly onDidChangeNames = this.#namesChanged.event;

  /** VS Code finds a node again by its object, so each id keeps its own. */
  #permissions = new Map<string, PermissionNode>();
  #rangeOf = new WeakMap<Node, RangeNode>();
  #root: ArrangedRoot | undefined;
  #bundle: ViewsBundle | undefined;
  #organization: Organization | undefined;
  /**
   * How many answers VS Code waits for, by checkpoint. A row that is drawn again meanwhile loses its children in VS Code
   * 1.100 (“Element with id … is already registered”).
   */
  readonly #pendingReads = new Map<string, number>();
  /** The checkpoints to be drawn once that is possible, and whether the root is. */
  readonly #deferred = new Set<string>();
  #isRootDeferred = false;
  /** Whether the person wants the root laid out anew, and so sees it drawn though a question stands open. */
  #isRootRequested = false;
  readonly #redraws = new DebouncedRefresh(() => this.#redrawDeferred(), redrawDelayMs);
  #unsubscribe: (() => void)[] = [];
  readonly #subscriptions: readonly Disposable[];

  constructor(
    private readonly current: CurrentOrganization,
    private readonly log: Log,
    private readonly choices: TreeChoices,
    private readonly now: () => number = Date.now,
  ) {
    this.#subscriptions = [
      current.onDidChange(() => this.refreshRoot()),
      choices.onDidChange(() => this.#rearrange()),
    ];
  }

  getTreeItem(node: Node): TreeItem {
    // Rows were made before any of them is drawn.
    if (!this.#bundle) throw new Error('There is no row to draw.');
    const now = this.now();
    if (node.kind !== 'model') return this.#bundle.itemFor(node, now, this.#note(node));
    return this.#bundle.modelItem(node, this.#root?.childrenOf(node) ?? { shown: [], listed: 0 }, now);
  }

  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    const tooltip = this.#bundle?.tooltipFor(node, this.now());
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** What is known is returned at once, so that VS Code is done with it before anything else happens. */
  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (!node) return this.#loadRoot();
    if (node.kind === 'model') return [...this.checkpointsOf(node)];
    if (node.kind === 'range') return this.#permissionsIn(node);
    if (node.kind !== 'checkpoint') return [];
    const { state, doubts } = node.organization.standingOf(node.checkpoint.id);
    const isKnown = state !== 'notLoaded' && !doubts.includes('beforeYourRefresh');
    return this.#bundle && isKnown ? this.#childrenOf(this.#bundle, node) : this.#readChildren(node);
  }

  getParent(node: Node): ProviderResult<Node> {
    if (node.kind === 'model') return undefined;
    return node.kind === 'checkpoint' ? node.model : (this.#rangeOf.get(node) ?? node.parent);
  }

  /** The organization whose checkpoints are shown, if any. */
  get organization(): Organization | undefined {
    return this.#organization;
  }

  /** The node of a checkpoint in the list, for revealing it; undefined for one that a filter hides. */
  nodeOf(checkpoint: string): CheckpointNode | undefined {
    return this.#root?.nodeOf(checkpoint);
  }

  /** The checkpoints of a model that are shown. */
  checkpointsOf(model: ModelNode): readonly CheckpointNode[] {
    return this.#root?.childrenOf(model).shown ?? [];
  }

  /** The checkpoints shown now, also under models that are folded. */
  get shown(): readonly CheckpointNode[] {
    return [...(this.#root?.shown ?? [])];
  }

  /** What the view says above the rows; see `messageOf` for what it is given. */
  messageFor(label: string, names: string): string | undefined {
    const organization = this.#organization;
    if (!organization) return undefined;
    const { arrangement } = this.choices;
    return this.#root?.message(label, arrangement, this.choices.filterOf(organization), names, this.now());
  }

  /** How much of the list is shown; undefined when no organization is. */
  get extent(): Extent | undefined {
    return this.#root?.extent;
  }

  /** Draws the root again from what is known; nothing is read from a server by it. */
  refreshRoot(): void {
    this.#changed.fire(undefined);
  }

  /** Draws one checkpoint and its rows again from what is known. */
  redraw(checkpoint: string): void {
    this.#deferred.add(checkpoint);
    this.#redraws.schedule();
  }

  dispose(): void {
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#rootLoaded.dispose();
    this.#namesChanged.dispose();
    this.#redraws.dispose();
  }

  /** With the root everything is drawn again, also what VS Code waits for. */
  redrawRoot(): void {
    this.#isRootDeferred = true;
    this.#redraws.schedule();
  }

  /** Draws at once what was put off, for a row that is about to be shown to the person. */
  flushRedraws(): void {
    this.#redraws.flush();
  }

  /** By the person's choice, which a question that stands open may be about, as the filter's is. */
  #rearrange(): void {
    this.#isRootDeferred = true;
    this.#isRootRequested = true;
    this.#redraws.flush();
  }

  #redrawDeferred(): void {
    if (this.#isRootDeferred && this.#pendingReads.size === 0) {
      this.#deferred.clear();
      this.#isRootDeferred = false;
      this.#isRootRequested = false;
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

  async #loadRoot(): Promise<Node[]> {
    const root = await this.#determineRoot();
    this.#rootLoaded.fire(root);
    return root;
  }

  async #determineRoot(): Promise<Node[]> {
    const request = this.current.get();
    const current = await request;
    if (current.kind === 'organization' || current.kind === 'problem')
      this.#bundle ??= await import('../viewsBundle');
    // A keyring can take its time; what it answers may no longer be what is shown.
    if (this.current.get() !== request) return this.#determineRoot();
    if (current.kind !== 'organization') {
      this.#setOrganization(undefined);
      if (current.kind !== 'problem' || !this.#bundle) return [];
      return [this.#bundle.organizationFailure(current.error, current.profile.id !== defaultProfile)];
    }
    const { organization } = current;
    this.#setOrganization(organization);
    this.#root ??= this.#bundle && new this.#bundle.ArrangedRoot(organization);
    return this.#arrange(organization);
  }

  /** Rows keep their order until the list, the person's choices or a reading of all ask for it, and do not move by themselves. */
  #arrange(organization: Organization): Node[] {
    const { arrangement } = this.choices;
    return [...(this.#root?.arrange(arrangement, this.choices.filterOf(organization), this.now()) ?? [])];
  }

  #note(node: Node): string {
    if (node.kind !== 'checkpoint') return '';
    return this.#root?.note(node, this.choices.filterOf(node.organization)) ?? '';
  }

  async #readChildren(node: CheckpointNode): Promise<Node[]> {
    const { id } = node.checkpoint;
    // As nothing is drawn while a question stands open, somebody has unfolded it then.
    const canRedrawNow = !canRedraw();
    this.#pendingReads.set(id, (this.#pendingReads.get(id) ?? 0) + 1);
    try {
      this.#bundle ??= await import('../viewsBundle');
      // The store keeps a failure, from which the rows are made.
      await node.organization.permissions.read(id).catch(() => undefined);
      return this.#childrenOf(this.#bundle, node);
    } finally {
      // Once VS Code has taken the rows over, which it does before the next turn of the event loop.
      setImmediate(() => this.#onReadEnd(id, canRedrawNow));
    }
  }

  #onReadEnd(id: string, isWanted: boolean): void {
    const remaining = (this.#pendingReads.get(id) ?? 1) - 1;
    if (remaining > 0) {
      this.#pendingReads.set(id, remaining);
      return;
    }
    this.#pendingReads.delete(id);
    if (isWanted && this.#deferred.has(id)) this.#redrawCheckpoint(id);
    if (this.#isRootRequested) this.#redraws.flush();
    else this.#redraws.schedule();
  }

  /** A permission keeps its object as a checkpoint does, so that it is the same one in the selection and in menus. */
  #childrenOf({ childrenOf }: ViewsBundle, parent: CheckpointNode): Node[] {
    const rows = childrenOf(parent);
    // Names are wanted with the first project that is shown. Nobody waits for them: the rows are there with ids.
    if (rows.some(({ kind }) => kind === 'permission')) void parent.organization.projects.read('background');
    return rows.map((row) => (row.kind === 'permission' ? this.#reuse(row) : row));
  }

  #permissionsIn(range: RangeNode): Node[] {
    const { parent, permissions } = range;
    return permissions.map((permission) => {
      const row = this.#reuse({ kind: 'permission', parent, permission });
      this.#rangeOf.set(row, range);
      return row;
    });
  }

  #reuse(row: PermissionNode): PermissionNode {
    const id = itemId(row);
    const existing = this.#permissions.get(id);
    if (existing?.parent === row.parent && existing.permission.created_at === row.permission.created_at) {
      this.#rangeOf.delete(existing);
      return existing;
    }
    this.#permissions.set(id, row);
    return row;
  }

  #setOrganization(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#root = undefined;
    this.#permissions = new Map();
    if (!organization) return;
    this.#unsubscribe = [
      organization.catalog.onDidChange(() => this.redrawRoot()),
      organization.permissions.onDidChange((checkpoint) => this.redraw(checkpoint)),
      organization.permissions.onDidFail(
        ({ checkpoint, failure }) => void this.#logFailure(checkpoint, failure),
      ),
      organization.projects.onDidChange(() => this.#onNamesChange(organization)),
    ];
  }

  /** Draws the rows that name projects, which are readable with ids until then. */
  #onNamesChange(organization: Organization): void {
    this.#namesChanged.fire();
    const { isLoading, state, doubts } = organization.projectsStanding;
    if (isLoading) return;
    if (state === 'failed' || doubts.length > 0) void this.#logNames(organization);
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
