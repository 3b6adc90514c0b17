import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { AccessByProject } from '../../access/catalog/accessByProject';
import type { Organization } from '../../access/organization';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { plainText } from '../../text/plainText';
import type { ProjectsNode } from '../shared/nodes';
import { OwnRows } from '../shared/ownRows';
import { RevealQueue } from '../shared/revealQueue';
import type { TreeFilters } from '../shared/treeFilters';
import type { LoadedRows } from '../shared/treePlace';
import type { ProjectRows } from './projectRows';

/** Debounce of redraws, in milliseconds: lists that load cause many changes. */
const redrawDelayMs = 250;

/** The tree of the By Project view: projects with the checkpoints they can use, from loaded data. Sends no request. */
export class ProjectsTree implements TreeDataProvider<ProjectsNode>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #bundle: typeof import('../viewsBundle') | undefined;
  #rows: ProjectRows | undefined;
  #organization: Organization | undefined;
  /** The ages that the rows showed when they were last drawn. */
  #drawnAges = '';
  #unsubscribe: (() => void)[] = [];
  readonly #own = new OwnRows<ProjectsNode>();
  readonly #redraws = new DebouncedRefresh(() => this.#redraw(), redrawDelayMs);
  readonly #reveals = new RevealQueue();
  /** Whether a redraw became due during a reveal. */
  #isDeferred = false;
  readonly #rowsLoaded = new EventEmitter<LoadedRows<ProjectsNode>>();
  /** Fires with the rows that VS Code gets, each time they are loaded. */
  readonly onDidLoadRows = this.#rowsLoaded.event;
  readonly #cleared = new EventEmitter<void>();
  /** Fires when the rows of another organization follow. */
  readonly onDidClear = this.#cleared.event;
  readonly #subscriptions: readonly Disposable[];

  constructor(
    private readonly current: CurrentOrganization,
    private readonly filters: TreeFilters,
    private readonly now: () => number = Date.now,
  ) {
    this.#subscriptions = [
      current.onDidChange(() => this.#redraws.flush()),
      // The person may be typing the filter in an open prompt.
      filters.onDidChange(() => this.#redraws.flush()),
      this.#reveals.onDidEnd(() => {
        if (this.#isDeferred) this.#redraws.schedule();
      }),
    ];
  }

  async getChildren(node?: ProjectsNode): Promise<ProjectsNode[]> {
    const rows = this.#own.add(await this.#rowsOf(node));
    this.#rowsLoaded.fire({ parent: node, rows });
    return rows;
  }

  /** Whether a value is a row of this tree, and not one that only looks like it. */
  isRow(value: unknown): value is ProjectsNode {
    return this.#own.has(value);
  }

  async #rowsOf(node: ProjectsNode | undefined): Promise<ProjectsNode[]> {
    if (node) return this.#rows?.childrenOf(node) ?? [];
    const request = this.current.get();
    const current = await request;
    this.#bundle ??= await import('../viewsBundle');
    const organization = current.kind === 'organization' ? current.organization : undefined;
    // Subscribe before the asynchronous grouping by project, so that no change is missed.
    if (this.current.get() === request) this.#setOrganization(organization);
    const search = organization ? this.searchOf(organization) : '';
    const extent = organization && (await this.#bundle.groupByProject(organization, this.now(), search));
    // Others have their turns before and after the ages, because VS Code draws all rows in one go.
    await nextTurn();
    const ages = extent ? this.#bundle.agesOfProjects(extent, this.now()) : '';
    await nextTurn();
    // The shown organization may have changed, or the filter.
    if (this.current.get() !== request || (organization && this.searchOf(organization) !== search))
      return this.#rowsOf(undefined);
    if (!organization || !extent) return [];
    this.#rows = new this.#bundle.ProjectRows(organization, extent, this.#rows);
    this.#drawnAges = ages;
    return [...this.#rows.root];
  }

  getTreeItem(node: ProjectsNode): TreeItem {
    // VS Code calls `getChildren` first, which loads the bundle.
    if (!this.#bundle || !this.#rows) throw new Error('There is no row to draw.');
    return this.#bundle.projectItemFor(node, this.#rows, this.now());
  }

  resolveTreeItem(item: TreeItem, node: ProjectsNode): TreeItem {
    if (!this.#bundle || !this.#rows) return item;
    const now = this.now();
    const tooltip = this.#bundle.projectsTooltip(node, this.#rows, now);
    return this.#bundle.resolveItem(item, node, this.current.labelAmongSeveral, now, tooltip);
  }

  getParent(node: ProjectsNode): ProjectsNode | undefined {
    return this.#rows?.parentOf(node);
  }

  /** The words that the shown projects have; empty without a filter. */
  searchOf(organization: Organization): string {
    return this.filters.filterOf(organization).text ?? '';
  }

  /** What is shown, and of how much; undefined before the first rows. */
  get extent(): AccessByProject | undefined {
    return this.#rows?.extent;
  }

  /** What a filter shows; undefined without one. */
  get message(): string | undefined {
    const { extent } = this;
    if (!this.#organization || !extent || extent.listed === 0) return undefined;
    const search = plainText(this.searchOf(this.#organization), 60);
    return this.#bundle?.projectsMessage(search, extent) || undefined;
  }

  /** The bundle of the views, once there are rows. */
  get bundle(): typeof import('../viewsBundle') | undefined {
    return this.#bundle;
  }

  /** Whether a row that is gone from below its parent is elsewhere: a project in another range. */
  isElsewhere(node: ProjectsNode): boolean {
    if (node.kind !== 'project') return false;
    return this.#rows?.extent.projects.some(({ project }) => project === node.project) ?? false;
  }

  /** Reveals a row: after the redraw that is due, and before one that becomes due meanwhile. */
  whileStill(reveal: () => PromiseLike<void>): Promise<void> {
    const settle = async (isRepeated: boolean): Promise<void> => {
      if (isRepeated) this.#redraws.flush();
    };
    return this.#reveals.run(settle, reveal);
  }

  #redraw(): void {
    this.#isDeferred = this.#reveals.isRevealing;
    if (!this.#isDeferred) this.#changed.fire();
  }

  /** Redraws the rows if their ages read differently than when they were last drawn. */
  redrawAged(): void {
    const ages = this.#rows && this.#bundle?.agesOfProjects(this.#rows.extent, this.now());
    if (ages !== undefined && ages !== this.#drawnAges) this.#redraws.schedule();
  }

  dispose(): void {
    this.#redraws.dispose();
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#rowsLoaded.dispose();
    this.#cleared.dispose();
    this.#reveals.dispose();
  }

  #setOrganization(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#rows = undefined;
    this.#cleared.fire();
    if (!organization) return;
    const redraw = (): void => this.#redraws.schedule();
    const { catalog, owners, permissions, projects } = organization;
    this.#unsubscribe = [
      owners.onDidChange(redraw),
      catalog.onDidChange(redraw),
      permissions.onDidChange(redraw),
      permissions.answers.onDidChange(redraw),
      projects.onDidChange(redraw),
    ];
  }

  #stopListening(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
