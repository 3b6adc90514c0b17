/**
 * Maximum lines of a dialog whose buttons stay visible in a window 640 pixels high. Not all dialogs of VS Code scroll;
 * those of older versions grow beyond the window.
 */
export const visibleLines = 20;

/** Characters in a line of the narrowest dialog. */
const lineLength = 56;

/** Estimates the lines that a text takes in a dialog. Characters of non-Latin scripts count twice. */
export function linesOf(text: string): number {
  const lines = text
    .split('\n')
    .map((line) => line.length + (line.match(/[^\x20-\u02ff\u200b-\u2027]/g) ?? []).length);
  return lines.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / lineLength)), 0);
}

/** The first lines (1 to `most`) that fit into `room` lines of a dialog, and the number of other lines. */
export function fitLines(
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
