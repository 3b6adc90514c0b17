/**
 * How many lines a text takes in a width: broken between words, and within a word that has no room in a line.
 *
 * @param width in CSS pixels, more than 0
 * @param measure the width of a text in one line, in CSS pixels
 */
export function linesOf(text: string, width: number, measure: (text: string) => number): number {
  const space = measure(' ');
  let lines = 1;
  let used = 0;
  for (const word of text.split(' ')) {
    const own = measure(word);
    const before = used === 0 ? 0 : used + space;
    if (before + own <= width) {
      used = before + own;
      continue;
    }
    if (before > 0) lines += 1;
    const more = Math.max(0, Math.ceil(own / width) - 1);
    lines += more;
    used = own - more * width;
  }
  return lines;
}
