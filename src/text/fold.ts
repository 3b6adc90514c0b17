// The one owner of what counts as the same text: for every search and filter, and for names that look equal.

const plainASCII = /^[\x20-\x7e]*$/;

/** Characters without a look of their own. */
const ignorable = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** More marks on one letter than any language has. Putting more in order takes the square of their number. */
const marks = /\p{M}{1,30}/gu;

/** Removes the marks after the first 30 on a letter. */
function withFewMarks(text: string): string {
  let end = -1;
  return text.replace(marks, (run, at: number) => {
    const isFirst = at !== end;
    end = at + run.length;
    return isFirst ? run : '';
  });
}

/**
 * A text for comparing and searching: without the case of letters (full case folding, so that `STRASSE` is `straße`, and
 * `istanbul` is `İstanbul`), in one normal form (NFKC), and without ignorable characters. Accents stay.
 */
export function fold(text: string): string {
  if (plainASCII.test(text)) return text.toLowerCase();
  return (
    withFewMarks(text.replace(ignorable, ''))
      .normalize('NFKD')
      // Through the upper case: `ß` and `ı` have no other lower case, but an upper case that others have, too.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('i\u0307', 'i')
      .replaceAll('ς', 'σ')
      .normalize('NFKC')
  );
}

/** The words of a search, folded. Each must occur in a folded text. */
export function searchWords(search: string): string[] {
  return fold(search).split(/\s+/).filter(Boolean);
}

/** The same for names that look equal: they may differ in case, normal form, spaces and unseen characters. */
export function lookOf(name: string): string {
  return fold(name)
    .replace(/[\p{C}\p{Z}]{1,1000}/gu, ' ')
    .trim();
}
