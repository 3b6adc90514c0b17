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
