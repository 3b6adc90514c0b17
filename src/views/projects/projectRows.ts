import type { AccessByProject, ProjectAccessList } from '../../access/catalog/accessByProject';
import type { Organization } from '../../access/organization';
import { withoutRow } from '../../words/projects';
import type { CheckpointNode, ProjectNode, ProjectRangeNode, ProjectsNode } from '../shared/nodes';
import { projectInWords } from '../shared/projectInWords';

/** Most projects that VS Code draws without a noticeable pause, as measured by the benchmark. */
const maxRows = 1000;
const rangeSize = 500;

/**
 * The rows of the By Project view, from the data loaded when it is made. VS Code identifies a node by its object, so
 * nodes are reused from the previous rows.
 */
export class ProjectRows {
  readonly #nodes: Map<string, ProjectNode>;
  readonly #rangeOf = new Map<string, ProjectRangeNode>();
  readonly #lists: ReadonlyMap<string, ProjectAccessList>;
  readonly #checkpoints: Map<string, CheckpointNode>;
  readonly root: readonly ProjectsNode[];

  constructor(
    private readonly organization: Organization,
    readonly extent: AccessByProject,
    earlier?: ProjectRows,
  ) {
    const previous = earlier?.organization === organization ? earlier : undefined;
    this.#nodes = previous ? previous.#nodes : new Map();
    this.#checkpoints = previous ? previous.#checkpoints : new Map();
    this.#lists = new Map(extent.projects.map((list) => [list.project, list]));
    const without = withoutRow(extent, []) ? [{ kind: 'without', organization } as const] : [];
    this.root =
      extent.listed === 0 ? [] : [{ kind: 'extent', organization }, ...without, ...this.#rootRows()];
  }

  /** The names of the first projects without a permission, safe to show as plain text. */
  firstWithout(most: number): string[] {
    return this.extent.without.projects
      .slice(0, most)
      .map((project) => projectInWords(this.organization, project).label);
  }

  /** The known permissions of a project. */
  list({ project }: ProjectNode): ProjectAccessList {
    return this.#lists.get(project) ?? { project, grants: [], notKnown: this.extent.listed };
  }

  childrenOf(node: ProjectsNode): ProjectsNode[] {
    if (node.kind === 'projectRange') return node.projects.map((project) => this.#projectNode(project));
    if (node.kind !== 'project') return [];
    const { grants, notKnown } = this.list(node);
    const rows: ProjectsNode[] = grants.map(({ facts: { checkpoint }, permission, answeredAt }) => ({
      kind: 'permission',
      parent: this.#checkpointNode(checkpoint),
      permission,
      projectNode: node,
      ...(answeredAt !== undefined && { answeredAt }),
    }));
    if (notKnown > 0) rows.push({ kind: 'notKnown', projectNode: node, checkpoints: notKnown });
    return rows;
  }

  parentOf(node: ProjectsNode): ProjectsNode | undefined {
    if (node.kind === 'project') return this.#rangeOf.get(node.project);
    return node.kind === 'permission' || node.kind === 'notKnown' ? node.projectNode : undefined;
  }

  #rootRows(): ProjectsNode[] {
    const { organization } = this;
    const projects = this.extent.projects.map(({ project }) => project);
    const ungrouped = projects.length > maxRows ? rangeSize : projects.length;
    const rows: ProjectsNode[] = projects.slice(0, ungrouped).map((project) => this.#projectNode(project));
    for (let from = ungrouped; from < projects.length; from += rangeSize) {
      const part = projects.slice(from, from + rangeSize);
      const known = projects.length;
      const range: ProjectRangeNode = { kind: 'projectRange', organization, from, projects: part, known };
      for (const project of part) this.#rangeOf.set(project, range);
      rows.push(range);
    }
    return rows;
  }

  /** Reuses or creates the node of a project. */
  #projectNode(project: string): ProjectNode {
    const existing = this.#nodes.get(project);
    if (existing) return existing;
    const node: ProjectNode = { kind: 'project', organization: this.organization, project };
    this.#nodes.set(project, node);
    return node;
  }

  #checkpointNode(checkpoint: CheckpointNode['checkpoint']): CheckpointNode {
    const existing = this.#checkpoints.get(checkpoint.id);
    if (existing) return existing;
    const node: CheckpointNode = { kind: 'checkpoint', organization: this.organization, checkpoint };
    this.#checkpoints.set(checkpoint.id, node);
    return node;
  }
}
