import { isStrictId } from '../../access/ids/scannedIds';
import type { HoverArgument } from '../../views/hover/links';
import type { AnyNode, Node } from '../../views/shared/nodes';
import type { Services } from './services';

type Kind = AnyNode['kind'];
type NodeOf<K extends Kind> = Extract<AnyNode, { kind: K }>;

/**
 * The nodes of the given kinds that a command acts on, without duplicates. Empty when the command was called without
 * nodes, as from the palette.
 *
 * As in the Explorer: a target row that is part of the selection means the whole selection, any other target row means
 * that row only. The target is the row under the mouse, or the row that has the keyboard focus.
 */
export function targets<K extends Kind>(
  { view, projects }: Pick<Services, 'view' | 'projects'>,
  target: unknown,
  selection: unknown,
  ...kinds: K[]
): NodeOf<K>[] {
  return rowsActedOn({ view, projects }, target, selection).filter((node): node is NodeOf<K> =>
    kinds.includes(node.kind as K),
  );
}

/** The nodes of any kind that a command acts on, as {@link targets}. */
export function rowsActedOn(
  { view, projects }: Pick<Services, 'view' | 'projects'>,
  target: unknown,
  selection: unknown,
): readonly AnyNode[] {
  // A key binding passes no selection, so the selection of the view that has the row is used.
  const own = [view, projects].find((each) => each.selection.some((node) => node === target));
  return effectiveSelection(own?.selection ?? [], target, selection);
}

/** The ID of the checkpoint that a row shows or belongs to; undefined for a row that belongs to none. */
export function checkpointAbove(row: Exclude<Node, { kind: 'permission' | 'model' }>): string | undefined {
  return row.kind === 'checkpoint' ? row.checkpoint.id : row.parent?.checkpoint.id;
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

function effectiveSelection(
  selected: readonly AnyNode[],
  target: unknown,
  selection: unknown,
): readonly AnyNode[] {
  if (Array.isArray(selection) && selection.length > 0) return [...new Set(selection.filter(isNode))];
  if (!isNode(target)) return [];
  return selected.includes(target) ? selected : [target];
}

/** Menus and other extensions can pass any value. */
function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}

/**
 * The arguments of a link in a hover; undefined when the command wasn't called by a link. Links can be forged, so the
 * ID must pass the strict rule. `organizationInView` checks the organization.
 */
export function linkedCheckpoint(target: unknown): HoverArgument | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { checkpoint, organization } = target as Partial<Record<keyof HoverArgument, unknown>>;
  if (typeof checkpoint !== 'string' || !isStrictId(checkpoint)) return undefined;
  return typeof organization === 'string' ? { checkpoint, organization } : { checkpoint };
}
