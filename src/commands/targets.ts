import { isStrictId } from '../access/scannedIds';
import type { LinkArgument } from '../views/hover/links';
import type { Node } from '../views/nodes';
import type { Services } from './services';

type Kind = Node['kind'];
type NodeOf<K extends Kind> = Extract<Node, { kind: K }>;

/**
 * The nodes of the given kinds that a command is to act on, without repeats; empty when it was called without any, as
 * from the palette, and has to ask.
 *
 * As in the Explorer, the row that was meant (by the mouse, or by the keyboard's focus) counts: if it is part of the
 * selection, the whole selection is meant, else that row alone.
 */
export function targets<K extends Kind>(
  { view }: Pick<Services, 'view'>,
  target: unknown,
  selection: unknown,
  ...kinds: K[]
): NodeOf<K>[] {
  return meant(view.selection, target, selection).filter((node): node is NodeOf<K> =>
    kinds.includes(node.kind as K),
  );
}

function meant(selected: readonly Node[], target: unknown, selection: unknown): readonly Node[] {
  if (Array.isArray(selection) && selection.length > 0) return [...new Set(selection.filter(isNode))];
  if (!isNode(target)) return [];
  return selected.includes(target) ? selected : [target];
}

/** Menus and other extensions can pass anything. */
function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}

/**
 * The checkpoint that a command was called with by a link of a hover; undefined when it was called in another way. A link
 * can be anybody's, so what it passes is checked here: an id by the strict rule, and which organization it is about.
 */
export function linkedCheckpoint(target: unknown): LinkArgument | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { checkpoint, organization } = target as Partial<Record<keyof LinkArgument, unknown>>;
  if (typeof checkpoint !== 'string' || !isStrictId(checkpoint)) return undefined;
  return typeof organization === 'string' ? { checkpoint, organization } : { checkpoint };
}
