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
import type { Waiting } from '../access/permissionStore';
import type { Failure } from '../access/snapshot';
import type { Log } from '../editor/log';
import type { CurrentOrganization } from '../organizations/current';
import { itemFor } from './items';
import type { CheckpointNode, Node } from './nodes';
import { tooltipFor } from './tooltips';

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

  readonly #waited = new EventEmitter<{ organization: Organization; waiting: Waiting }>();
  /** Tells of waits for the rate limit or before another try. */
  readonly onDidWait = this.#waited.event;

  /** VS Code finds a node again by its object, so each id keeps its own. */
  #nodes = new Map<string, CheckpointNode>();
  #organization: Organization | undefined;
  /** The checkpoints to be drawn once no picker is open. */
  #held: Set<string> | undefined;
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

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      const root = await this.#root();
      this.#rootRead.fire(root);
      return root;
    }
    return node.kind === 'checkpoint' ? this.#permissions(node) : [];
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
    if (this.#held) {
      this.#held.add(checkpoint);
      return;
    }
    const node = this.#nodes.get(checkpoint);
    if (node) this.#changed.fire(node);
  }

  /**
   * Puts off drawing while a picker is open, because VS Code gives the keyboard back to a tree that it draws again.
   * Resolves and rejects as the question does.
   */
  async whileAsking<T>(ask: () => Promise<T>): Promise<T> {
    this.#held ??= new Set();
    try {
      return await ask();
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const checkpoint of held ?? []) this.redraw(checkpoint);
    }
  }

  dispose(): void {
    this.#stopListening();
    this.#onCurrent.dispose();
    this.#changed.dispose();
    this.#rootRead.dispose();
    this.#waited.dispose();
  }

  async #root(): Promise<Node[]> {
    const asked = this.current.get();
    const current = await asked;
    // A keyring can take its time; what it answers may no longer be what is shown.
    if (this.current.get() !== asked) return this.#root();
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

  async #permissions(node: CheckpointNode): Promise<Node[]> {
    const { childrenOf } = await import('./children');
    // The store keeps a failure, from which the rows are made.
    await node.organization.permissions.read(node.checkpoint.id).catch(() => undefined);
    return childrenOf(node);
  }

  #show(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#nodes = new Map();
    if (!organization) return;
    this.#unsubscribe = [
      organization.catalog.onDidChange(() => this.refreshRoot()),
      organization.permissions.onDidChange((checkpoint) => this.redraw(checkpoint)),
      organization.permissions.onDidWait((waiting) => this.#waited.fire({ organization, waiting })),
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
