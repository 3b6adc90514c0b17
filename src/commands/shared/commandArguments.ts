import { whyNotProject } from '../../access/ids/checkpointId';
import { isStrictId } from '../../access/ids/scannedIds';
import type { HoverArgument } from '../../views/hover/links';
import type { AnyNode, Node } from '../../views/shared/nodes';
import type { Services } from './services';

type Kind = AnyNode['kind'];
type NodeOf<K extends Kind> = Extract<AnyNode, { kind: K }>;

/**
 * The nodes of the given kinds that a command acts on, without duplicates. Empty when the command was called without
 * nodes, as from the palette, or with objects that are no rows of our views.
 *
 * As in the Explorer: a target row that is part of the selection means the whole selection, any other target row means
 * that row only. The target is the row under the mouse, or the row that has the keyboard focus.
 */
export function targets<K extends Kind>(
  { view, projects, tree, projectsTree }: Pick<Services, 'view' | 'projects' | 'tree' | 'projectsTree'>,
  target: unknown,
  selection: unknown,
  ...kinds: K[]
): NodeOf<K>[] {
  return rowsActedOn({ view, projects, tree, projectsTree }, target, selection).filter(
    (node): node is NodeOf<K> => kinds.includes(node.kind as K),
  );
}

/** The nodes of any kind that a command acts on, as {@link targets}. */
export function rowsActedOn(
  { view, projects, tree, projectsTree }: Pick<Services, 'view' | 'projects' | 'tree' | 'projectsTree'>,
  target: unknown,
  selection: unknown,
): readonly AnyNode[] {
  const isRow = (value: unknown): value is AnyNode => tree.isRow(value) || projectsTree.isRow(value);
  // A key binding passes no selection, so the selection of the view that has the row is used.
  const own = [view, projects].find((each) => each.selection.some((node) => node === target));
  return effectiveRows<AnyNode>(own?.selection ?? [], target, selection, isRow);
}

/** The ID of the checkpoint that a row shows or belongs to; undefined for a row that belongs to none. */
export function checkpointAbove(row: Exclude<Node, { kind: 'permission' | 'model' }>): string | undefined {
  return row.kind === 'checkpoint' ? row.checkpoint.id : row.parent?.checkpoint.id;
}

/** The checkpoints that a command was called on, and the rows that stand for them. */
export interface CheckpointTargets {
  readonly rows: readonly (NodeOf<'checkpoint'> | NodeOf<'model'>)[];
  /** Their IDs, each once. The row of a model stands for its checkpoints that the filter shows. */
  readonly ids: readonly string[];
}

/** The checkpoints that a command acts on, by their rows or by those of their models, as {@link targets}. */
export function checkpointTargets(
  services: Pick<Services, 'view' | 'projects' | 'tree' | 'projectsTree'>,
  target: unknown,
  selection: unknown,
): CheckpointTargets {
  const rows = targets(services, target, selection, 'checkpoint', 'model');
  const nodes = rows.flatMap((row) => (row.kind === 'model' ? services.tree.checkpointsOf(row) : [row]));
  return { rows, ids: [...new Set(nodes.map(({ checkpoint }) => checkpoint.id))] };
}

/** A fine-tuned model that a command was called on, with its shown checkpoints. */
export interface ModelTarget {
  /** The ID of the final model. */
  readonly id: string;
  readonly checkpoints: readonly string[];
}

/** The model that a command was called on; undefined for none, or for one without shown checkpoints. */
export function modelTarget(
  { tree }: Pick<Services, 'tree'>,
  [node]: readonly NodeOf<'model'>[],
): ModelTarget | undefined {
  const checkpoints = node ? tree.checkpointsOf(node).map(({ checkpoint }) => checkpoint.id) : [];
  return node && checkpoints.length > 0 ? { id: node.id, checkpoints } : undefined;
}

/** The rows of a view that a command was called on. `selected`: the view's selection, for a target that is part of it. */
export function effectiveRows<Row>(
  selected: readonly Row[],
  target: unknown,
  selection: unknown,
  isRow: (value: unknown) => value is Row,
): readonly Row[] {
  const rows = elementsOf(selection).filter(isRow);
  if (rows.length > 0) return [...new Set(rows)];
  if (!isRow(target)) return [];
  return selected.includes(target) ? selected : [target];
}

/** More rows than any view shows. */
const mostRows = 100_000;

/** The elements of an array from outside, which may be hostile; empty for anything else. */
function elementsOf(value: unknown): unknown[] {
  try {
    if (!Array.isArray(value)) return [];
    return Array.from({ length: Math.min(value.length, mostRows) }, (_, index) => value[index] as unknown);
  } catch {
    return [];
  }
}

/** Longer than any ID. */
const longestText = 1000;

/** A text in an object from outside, which may be hostile: its getters can throw. Undefined if there is none. */
function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const text = valueIn(value, ...path);
  return typeof text === 'string' && text.length <= longestText ? text : undefined;
}

/** What an object from outside has at a path. */
function valueIn(value: unknown, ...path: readonly string[]): unknown {
  try {
    let at = value;
    for (const name of path) {
      if (typeof at !== 'object' || at === null) return undefined;
      at = (at as Record<string, unknown>)[name];
    }
    return at;
  } catch {
    return undefined;
  }
}

/**
 * The arguments of a link in a hover; undefined when the command wasn't called by a link. Links can be forged, so the
 * ID must pass the strict rule. `organizationInView` checks the organization.
 */
export function linkedCheckpoint(target: unknown): HoverArgument | undefined {
  const checkpoint = textIn(target, 'checkpoint');
  const organization = textIn(target, 'organization');
  if (checkpoint === undefined || !isStrictId(checkpoint)) return undefined;
  return organization === undefined ? { checkpoint } : { checkpoint, organization };
}

/** A project and a checkpoint that a caller named, as far as it did. They need not exist. */
export interface NamedAccess {
  readonly project?: string;
  readonly checkpoint?: string;
  readonly organization?: string;
}

/** The access that a link, a task or another extension named; undefined when it named none. */
export function namedAccess(target: unknown): NamedAccess | undefined {
  const project = textIn(target, 'project');
  const isProject = project !== undefined && whyNotProject(project) === undefined;
  const link = linkedCheckpoint(target);
  if (!isProject && !link) return undefined;
  const organization = textIn(target, 'organization');
  return {
    ...link,
    ...(isProject && { project }),
    ...(organization !== undefined && { organization }),
  };
}

/** The project and the checkpoint of a row or a cell of the Access page, by their keys there. */
export interface PageRow {
  readonly project?: number;
  readonly checkpoint?: number;
}

/** The row or cell of the Access page whose menu was used; undefined if there was none. The page looks it up. */
export function pageRow(target: unknown): PageRow | undefined {
  const [project, checkpoint] = [numberIn(target, 'projectKey'), numberIn(target, 'checkpointKey')];
  if (project === undefined && checkpoint === undefined) return undefined;
  return { ...(project !== undefined && { project }), ...(checkpoint !== undefined && { checkpoint }) };
}

/** A row of a table of the Access page, by its key there. */
export interface TableRowName {
  readonly tab: 'permissions' | 'findings';
  readonly key: string;
}

const tabOfSection: ReadonlyMap<string | undefined, TableRowName['tab']> = new Map([
  ['permissionRow', 'permissions'],
  ['findingRow', 'findings'],
]);

/** The row of a table of the Access page whose menu was used; undefined if there was none. The page looks it up. */
export function tableRow(target: unknown): TableRowName | undefined {
  const [section, key] = [textIn(target, 'webviewSection'), textIn(target, 'rowKey')];
  const tab = tabOfSection.get(section);
  return tab && key !== undefined ? { tab, key } : undefined;
}

function numberIn(target: unknown, name: string): number | undefined {
  const value = valueIn(target, name);
  return typeof value === 'number' ? value : undefined;
}

/** The number of the row of the History tab whose menu was used; undefined if there was none. The page looks it up. */
export function historyRowKey(target: unknown): number | undefined {
  return numberIn(target, 'historyKey');
}

/** The most records of a plan that are taken from a caller. */
const mostRecords = 1000;

/** The IDs of the records of a plan that a message named, which need not exist; empty when it named none. */
export function namedRecords(target: unknown): string[] {
  const records: string[] = [];
  for (let at = 0; at < mostRecords; at += 1) {
    const record = textIn(target, 'records', `${at}`);
    if (record === undefined) break;
    records.push(record);
  }
  return records;
}

/** A permission that a caller named, which need not exist. */
export interface NamedPermission extends HoverArgument {
  readonly permissionId: string;
}

/**
 * The permission that a task, a link or another extension named, as `{ checkpoint, permission }` or in the shape of a
 * row; undefined when it named none. Only the IDs are taken: the project is looked up.
 */
export function namedPermission(target: unknown): NamedPermission | undefined {
  const checkpoint = textIn(target, 'checkpoint') ?? textIn(target, 'parent', 'checkpoint', 'id');
  const permissionId = textIn(target, 'permission') ?? textIn(target, 'permission', 'id');
  const organization = textIn(target, 'organization');
  if (checkpoint === undefined || permissionId === undefined || !isStrictId(checkpoint)) return undefined;
  return { checkpoint, permissionId, ...(organization !== undefined && { organization }) };
}
