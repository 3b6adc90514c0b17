import { type NotProject, whyNotProject } from './checkpointId';

/** Project IDs in the text of a project search. */
export type PastedProjects =
  | { readonly kind: 'none' }
  /** Only project IDs. */
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** IDs with a part that is no project ID: the first such part, and what it is. */
  | { readonly kind: 'wrong'; readonly text: string; readonly why: NotProject };

/**
 * Finds project IDs that a person pasted or typed into a search for projects by name. Words are no IDs, and the
 * prefix of a known ID is a search text.
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
 * The IDs in a text that a person typed or pasted: separated by white space, commas or semicolons, optionally in
 * quotes or brackets. Each once, in the order of appearance.
 */
export function pastedIds(text: string): string[] {
  const ids = text
    .split(/[\s,;]+/)
    .map(withoutBrackets)
    .filter((part) => part !== '');
  return [...new Set(ids)];
}

/** Loops instead of a pattern, which would look at a long row of brackets once for each of them. */
function withoutBrackets(part: string): string {
  let start = 0;
  let end = part.length;
  while (start < end && '"\'`<([{'.includes(part.charAt(start))) start += 1;
  while (start < end && '"\'`>)]}'.includes(part.charAt(end - 1))) end -= 1;
  return part.slice(start, end);
}
