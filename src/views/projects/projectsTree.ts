import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Organization } from '../../access/organization';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import type { CurrentOrganization } from '../../organizations/current';
import { agesDigest, ago } from '../../text/dates';
import type { ProjectsNode } from '../shared/nodes';
import type { ProjectRows } from './projectRows';

/** How rows are made; loaded when the view is first looked at. */
type Making = typeof import('../viewsBundle');

/** Changes come in great numbers while lists are read; rows are drawn again at most once in so many milliseconds. */
const pause = 250;

/**
 * The list of checkpoints seen from the projects: each with what it can use, from what is known. Nothing is ever
 * requested by looking at it.
 */
export class ProjectsTree implements TreeDataProvider<ProjectsNode>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #making: Making | undefined;
  #rows: ProjectRows | undefined;
  #organization: Organization | undefined;
  /** How old the rows were said to be when they were drawn. */
  #ages = '';
  #unsubscribe: (() => void)[] = [];
  readonly #drawing = new DebouncedRefresh(() => this.#changed.fire(), pause);
  readonly #watching: Disposable;

  constructor(
    private readonly current: CurrentOrganization,
    private readonly now: () => number = Date.now,
  ) {
    this.#watching = current.onDidChange(() => this.#drawing.flush());
  }

  async getChildren(node?: ProjectsNode): Promise<ProjectsNode[]> {
    if (node) return this.#rows?.under(node) ?? [];
    const asked = this.current.get();
    const current = await asked;
    this.#making ??= await import('../viewsBundle');
    const organization = current.kind === 'organization' ? current.organization : undefined;
    // From here on changes are heard, so that none is missed while what is known is turned around.
    if (this.current.get() === asked) this.#show(organization);
    const extent =
      organization &&
      (await this.#making.byProject(
        organization.catalog,
        organization.permissions,
        organization.projects,
        this.now(),
      ));
    // What is shown may have changed since.
    if (this.current.get() !== asked) return this.getChildren();
    if (!organization || !extent) return [];
    this.#rows = new this.#making.ProjectRows(organization, extent, this.#rows);
    this.#ages = agesIn(this.#rows, this.now());
    return [...this.#rows.root];
  }

  getTreeItem(node: ProjectsNode): TreeItem {
    // Rows were made before any of them is drawn.
    if (!this.#making || !this.#rows) throw new Error('There is no row to draw.');
    return this.#making.projectItemFor(node, this.#rows, this.now());
  }

  resolveTreeItem(item: TreeItem, node: ProjectsNode): TreeItem {
    const tooltip = node.kind === 'permission' && this.#making?.tooltipFor(node, this.now());
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: ProjectsNode): ProjectsNode | undefined {
    return this.#rows?.parentOf(node);
  }

  /** Draws the rows again where the words for how old they are have changed since they were drawn. */
  redrawAged(): void {
    if (this.#rows && agesIn(this.#rows, this.now()) !== this.#ages) this.#drawing.schedule();
  }

  dispose(): void {
    this.#drawing.dispose();
    this.#stopListening();
    this.#watching.dispose();
    this.#changed.dispose();
  }

  #show(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    this.#stopListening();
    this.#organization = organization;
    this.#rows = undefined;
    if (!organization) return;
    const redraw = (): void => this.#drawing.schedule();
    const { catalog, permissions, projects } = organization;
    this.#unsubscribe = [
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

/** Stays the same for as long as all rows would say the same of their ages. */
function agesIn({ extent }: ProjectRows, now: number): string {
  const granted = extent.projects.flatMap(({ grants }) =>
    grants.map(({ permission }) => permission.created_at * 1000),
  );
  const oldest = extent.oldest === undefined ? '' : ago(extent.oldest, now);
  return [oldest, agesDigest(granted, now), Math.floor(now / dayLength)].join();
}

const dayLength = 24 * 60 * 60 * 1000;
