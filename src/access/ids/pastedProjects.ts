import { type NotProject, whyNotProject } from './checkpointId';

/** What a text in a search for projects is besides something to search for. */
export type PastedProjects =
  | { readonly kind: 'none' }
  /** Nothing but project IDs. */
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** IDs, and something among them that is none: the first such, and what it is. */
  | { readonly kind: 'wrong'; readonly text: string; readonly why: NotProject };

/**
 * Project IDs that a person pasted or typed where projects are searched for by name. Words are no IDs, and neither is
 * the beginning of one that is known, which is being searched for.
 */
export function pastedProjects(text: string, known: Iterable<string>): PastedProjects {
  const ids = pastedIds(text);
  if (!ids.some((id) => /^(proj_|ft:|cp_|org-|sk-)./.test(id))) return { kind: 'none' };
  for (const id of ids) {
    const why = whyNotProject(id);
    if (why !== undefined) return { kind: 'wrong', text: id, why };
  }
  const [only = ''] = ids;
  if (ids.length === 1 && isPrefix(only, known)) return { kind: 'none' };
  return { kind: 'ids', ids };
}

function isPrefix(text: string, known: Iterable<string>): boolean {
  let isSo = false;
  for (const id of known) {
    if (id === text) return false;
    isSo ||= id.startsWith(text);
  }
  return isSo;
}

/**
 * The IDs in a text that a person typed or pasted: separated by white space, commas or semicolons, each perhaps in
 * quotes or brackets as copied from code or JSON. Each is given once, in the order of its first appearance.
 */
export function pastedIds(text: string): string[] {
  const ids = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^["'`<([{]+|["'`>)\]}]+$/g, ''))
    .filter((part) => part !== '');
  return [...new Set(ids)];
}
