import { onSelection } from '../ids';
import type { Node } from '../views/nodes';
import type { Services } from './services';

type Kind = Node['kind'];
type NodeOf<K extends Kind> = Extract<Node, { kind: K }>;

/**
 * The nodes of the given kinds that a command is to act on, without repeats; empty when it was called without any, as
 * from the palette, and has to ask.
 */
export function targets<K extends Kind>(
  { view }: Pick<Services, 'view'>,
  target: unknown,
  selection: unknown,
  ...kinds: K[]
): NodeOf<K>[] {
  const several = Array.isArray(selection) && selection.length > 0 ? selection : [target];
  const candidates: readonly unknown[] = target === onSelection ? view.selection : several;
  const nodes = candidates.filter(
    (each): each is NodeOf<K> => isNode(each) && kinds.includes(each.kind as K),
  );
  return [...new Set(nodes)];
}

/** Menus and other extensions can pass anything. */
function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}
