/**
 * Why a text cannot be a project id, as the end of a sentence that starts with the text; undefined when it can.
 * Lenient: only what surely is something else is refused, the server judges the rest.
 */
export function whyNotProject(text: string): string | undefined {
  if (/^proj_[A-Za-z0-9_-]+$/.test(text)) return undefined;
  if (/^proj_/.test(text)) return 'has a character that no project id has.';
  if (/^ft:/.test(text)) return 'is a checkpoint, not a project. Project ids start with "proj_".';
  if (/^cp_/.test(text)) return 'is a permission, not a project. Project ids start with "proj_".';
  if (/^org-/.test(text))
    return 'is an organization. Access is granted to its projects; their ids start with "proj_".';
  if (/^sk-/.test(text)) return 'looks like an API key. Project ids start with "proj_".';
  return 'is not a project id, which starts with "proj_".';
}
