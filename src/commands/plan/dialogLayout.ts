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
