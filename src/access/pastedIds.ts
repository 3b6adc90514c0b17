/**
 * The ids in a text that a person typed or pasted: separated by white space, commas or semicolons, each perhaps in
 * quotes or brackets as copied from code or JSON. Each is given once, in the order of its first appearance.
 */
export function pastedIds(text: string): string[] {
  const ids = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^["'`<([{]+|["'`>)\]}]+$/g, ''))
    .filter((part) => part !== '');
  return [...new Set(ids)];
}
