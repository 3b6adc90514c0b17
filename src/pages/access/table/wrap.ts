/** Behind what a word may be broken, beside its ends. Whether it is depends on what follows. */
const withinWords = /(?<=[-–—/])/;

/**
 * How many lines a text takes in a width, at most: broken between words, behind a hyphen, and within what has no room in a
 * line.
 *
 * @param width in CSS pixels, more than 0
 * @param measure the width of a text in one line, in CSS pixels
 */
export function linesOf(text: string, width: number, measure: (text: string) => number): number {
  const words = text.split(' ');
  const whole = linesOfWords(
    words.map((word) => [word]),
    width,
    measure,
  );
  if (!withinWords.test(text)) return whole;
  const broken = linesOfWords(
    words.map((word) => word.split(withinWords)),
    width,
    measure,
  );
  return Math.max(whole, broken);
}

/** The same for words of parts that lines are broken between. */
function linesOfWords(
  words: readonly (readonly string[])[],
  width: number,
  measure: (text: string) => number,
): number {
  const space = measure(' ');
  let lines = 1;
  let used = 0;
  for (const parts of words)
    for (const [at, part] of parts.entries()) {
      const own = measure(part);
      const before = used === 0 || at > 0 ? used : used + space;
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
