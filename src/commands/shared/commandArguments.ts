import { isStrictId } from '../../access/ids/scannedIds';
import type { HoverArgument } from '../../views/hover/links';
import type { AnyNode, Node } from '../../views/shared/nodes';
import type { Services } from './services';

type Kind = AnyNode['kind'];
type NodeOf<K extends Kind> = Extract<AnyNode, { kind: K }>;

/**
 * The nodes of the given kinds that a command is to act on, without repeats; empty when it was called without any, as
 * from the palette, and has to ask.
 *
 * As in the Explorer, the row that was meant (by the mouse, or by the keyboard's focus) counts: if it is part of the
 * selection, the whole selection is meant, else that row alone.
 */
export function targets<K extends Kind>(
  { view, projects }: Pick<Services, 'view' | 'projects'>,
  target: unknown,
  selection: unknown,
  ...kinds: K[]
): NodeOf<K>[] {
  // A row that has the keyboard's focus belongs to one of the two views.
  const own = [view, projects].find((each) => each.selection.some((node) => node === target));
  return effectiveSelection(own?.selection ?? [], target, selection).filter((node): node is NodeOf<K> =>
    kinds.includes(node.kind as K),
  );
}

/** The checkpoint that a row is, or stands under; undefined for what stands under none. */
export function checkpointAbove(row: Exclude<Node, { kind: 'permission' | 'model' }>): string | undefined {
  return row.kind === 'checkpoint' ? row.checkpoint.id : row.parent?.checkpoint.id;
}

/** A fine-tuned model that a command was called on, and the checkpoints that are shown of it. */
export interface UnderModel {
  /** The id of the final model. */
  readonly model: string;
  readonly checkpoints: readonly string[];
}

/** What a command can mean by a row that stands over checkpoints; undefined when it was called on none. */
export function underModel(
  { tree }: Pick<Services, 'tree'>,
  [node]: readonly NodeOf<'model'>[],
): UnderModel | undefined {
  const checkpoints = node ? tree.checkpointsOf(node).map(({ checkpoint }) => checkpoint.id) : [];
  return node && checkpoints.length > 0 ? { model: node.id, checkpoints } : undefined;
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

/** Menus and other extensions can pass anything. */
function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}

/**
 * The checkpoint that a command was called with by a link of a hover; undefined when it was called in another way. A link
 * can be made by anyone, so its arguments are checked here: the ID by the strict rule, and the organization.
 */
export function linkedCheckpoint(target: unknown): HoverArgument | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { checkpoint, organization } = target as Partial<Record<keyof HoverArgument, unknown>>;
  if (typeof checkpoint !== 'string' || !isStrictId(checkpoint)) return undefined;
  return typeof organization === 'string' ? { checkpoint, organization } : { checkpoint };
}
