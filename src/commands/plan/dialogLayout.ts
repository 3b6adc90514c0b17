/**
 * Lines of text below which a dialog keeps its buttons in sight in a window 640 pixels high: not every dialog that VS Code
 * shows scrolls, and the oldest ones grow beyond the window.
 */
export const linesInSight = 20;

/** Characters in a line of a dialog, as narrow as VS Code makes them. */
const lineLength = 56;

/** About how many lines a text takes in a dialog, where characters of other scripts may be as wide as two. */
export function linesOf(text: string): number {
  const lines = text
    .split('\n')
    .map((line) => line.length + (line.match(/[^\x20-\u02ff\u200b-\u2027]/g) ?? []).length);
  return lines.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / lineLength)), 0);
}

/** The first of some lines, at most so many and as many as there is room for, and how many are left; one at least. */
export function fitting(
  lines: readonly string[],
  most: number,
  room: number,
): { readonly shown: readonly string[]; readonly rest: number } {
  const shown: string[] = [];
  let taken = 0;
  for (const line of lines.slice(0, most)) {
    taken += linesOf(line);
    if (shown.length > 0 && taken > room) break;
    shown.push(line);
  }
  return { shown, rest: lines.length - shown.length };
}
