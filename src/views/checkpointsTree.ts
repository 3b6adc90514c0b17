import {
  type Disposable,
  type Event,
  EventEmitter,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
} from 'vscode';
import { parseCheckpointId } from '../access/checkpointId';
import type { Organization } from '../access/organization';
import type { Failure } from '../access/snapshot';
import type { Log } from '../editor/log';
import type { CurrentOrganization } from '../organizations/current';
import { itemFor, itemId } from './items';
import type { CheckpointNode, Node, PermissionNode } from './nodes';
import { tooltipFor } from './tooltips';

/** How rows are made; loaded with the first that is needed. */
type Rows = typeof import('./children');

/**
 * The tree of the sidebar. Checkpoints come from the list that the person keeps; what is under one is read when it is
 * expanded. A failure is a row of its own and never throws, so that one node cannot empty or block another.
 */
export class CheckpointsTree implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData: Event<Node | undefined> = this.#changed.event;
  readonly #rootRead = new EventEmitter<readonly Node[]>();
  /** Tells what the root consists of each time it was determined, for what the view says about itself. */
  readonly onDidReadRoot = this.#rootRead.event;

  /** VS Code finds a node again by its object, so each id keeps its own. */
  #nodes = new Map<string, CheckpointNode>();
  #permissions = new Map<string, PermissionNode>();
  #rows: Rows | undefined;
  #organization: Organization | undefined;
  /** How many pickers and boxes are open. */
  #asking = 0;
  /**
   * How many answers VS Code waits for, by checkpoint. A row that is drawn again meanwhile loses its children in VS Code
   * 1.100 (“Element with id … is already registered”).
   */
  readonly #beingRead = new Map<string, number>();
  /** The checkpoints to be drawn once that is possible. */
  readonly #held = new Set<string>();
  #unsubscribe: (() => void)[] = [];
  readonly #onCurrent: Disposable;

  constructor(
    private readonly current: CurrentOrganization,
    private readonly log: Log,
    private readonly now: () => number = Date.now,
  ) {
    this.#onCurrent = current.onDidChange(() => this.refreshRoot());
  }

  getTreeItem(node: Node): TreeItem {
    return itemFor(node, this.now());
  }

  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    const tooltip = tooltipFor(node, this.now());
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** What is known is returned at once, so that VS Code is done with it before anything else happens. */
  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (!node) return this.#root();
    if (node.kind !== 'checkpoint') return [];
    const { listing, failure } = node.organization.permissions.snapshot(node.checkpoint.id);
    return this.#rows && (listing || failure) ? this.#known(this.#rows, node) : this.#read(node);
  }

  getParent(node: Node): ProviderResult<Node> {
    return node.kind === 'checkpoint' ? undefined : node.parent;
  }

  /** The organization whose checkpoints are shown, if any. */
  get organization(): Organization | undefined {
    return this.#organization;
  }

  /** The node of a checkpoint in the list, for revealing it. */
  nodeOf(checkpoint: string): CheckpointNode | undefined {
    return this.#nodes.get(checkpoint);
  }

  /** The checkpoints shown now. */
  get shown(): readonly CheckpointNode[] {
    return [...this.#nodes.values()];
  }

  /** Draws the root again from what is known; nothing is read from a server by it. */
  refreshRoot(): void {
    this.#changed.fire(undefined);
  }

  /** Draws one checkpoint and its rows again from what is known. */
  redraw(checkpoint: string): void {
    if (this.#asking > 0 || this.#beingRead.has(checkpoint)) this.#held.add(checkpoint);
    else this.#draw(checkpoint);
  }

  /**
   * Puts off drawing while a picker or box is open, because VS Code gives the keyboard back to a tree that it draws
   * again. Resolves and rejects as the question does.
   */
  async whileAsking<T>(ask: () => Promise<T>): Promise<T> {
    this.#asking += 1;
    try {
      return await ask();
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) this.drawWhatWasHeld();
    }
  }

  /** Draws what was put off, for what the person asks of the tree itself while a question stands open. */
  drawWhatWasHeld(): void {
    for (const checkpoint of [...this.#held]) {
      if (!this.#beingRead.has(checkpoint)) this.#draw(checkpoint);
    }
  }

  dispose(): void {
    this.#stopListening();
    this.#onCurrent.dispose();
    this.#changed.dispose();
    this.#rootRead.dispose();
  }

  #draw(checkpoint: string): void {
    this.#held.delete(checkpoint);
    const node = this.#nodes.get(checkpoint);
    if (node) this.#changed.fire(node);
  }

  async #root(): Promise<Node[]> {
    const root = await this.#determineRoot();
    this.#rootRead.fire(root);
    return root;
  }

  async #determineRoot(): Promise<Node[]> {
    const asked = this.current.get();
    const current = await asked;
    // A keyring can take its time; what it answers may no longer be what is shown.
    if (this.current.get() !== asked) return this.#determineRoot();
    if (current.kind !== 'organization') {
      this.#show(undefined);
      if (current.kind !== 'problem') return [];
      const { organizationFailure } = await import('./children');
      return [organizationFailure(current.error)];
    }
    this.#show(current.organization);
    const { organization } = current;
    this.#nodes = new Map(
      organization.catalog.ids.flatMap((id) => {
        const known = this.#nodes.get(id);
        if (known?.organization === organization) return [[id, known] as const];
        const checkpoint = parseCheckpointId(id);
        return checkpoint ? [[id, { kind: 'checkpoint', organization, checkpoint }] as const] : [];
      }),
    );
    return [...this.#nodes.values()];
  }

  async #read(node: CheckpointNode): Promise<Node[]> {
    const { id } = node.checkpoint;
    this.#beingRead.set(id, (this.#beingRead.get(id) ?? 0) + 1);
    try {
      this.#rows ??= await import('./children');
      // The store keeps a failure, from which the rows are made.
      await node.organization.permissions.read(id).catch(() => undefined);
      return this.#known(this.#rows, node);
    } finally {
      // Once VS Code has taken the rows over, which it does before the next turn of the event loop.
      setImmediate(() => this.#wasRead(id));
    }
  }

  #wasRead(id: string): void {
    const left = (this.#beingRead.get(id) ?? 1) - 1;
    if (left > 0) {
      this.#beingRead.set(id, left);
      return;
    }
    this.#beingRead.delete(id);
    if (this.#held.has(id)) this.redraw(id);
  }

  /** A permission keeps its object as a checkpoint does, so that it is the same one in the selection and in menus. */
  #known({ childrenOf }: Rows, parent: CheckpointNode): Node[] {
    return childrenOf(parent).map((row) => {
      if (row.kind !== 'permission') return row;
      const id = itemId(row);
      const known = this.#permissions.get(id);
      if (known?.parent === parent && known.permission.created_at === row.permission.created_at) return known;
      this.#permissions.set(id, row);
      return row;
    });
  }

  #show(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#nodes = new Map();
    this.#permissions = new Map();
    if (!organization) return;
    this.#unsubscribe = [
      organization.catalog.onDidChange(() => this.refreshRoot()),
      organization.permissions.onDidChange((checkpoint) => this.redraw(checkpoint)),
      organization.permissions.onDidFail(
        ({ checkpoint, failure }) => void this.#logFailure(checkpoint, failure),
      ),
    ];
  }

  async #logFailure(checkpoint: string, failure: Failure): Promise<void> {
    const { failureInWords } = await import('./children');
    this.log.error(failureInWords(checkpoint, failure));
  }

  #stopListening(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
