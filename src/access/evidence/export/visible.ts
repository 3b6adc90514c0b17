// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators
// of lines, and halves of pairs.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** With every character that is not seen, or steers what is, written out: `\u202e`. One line; two texts stay two. */
export function visible(text: string): string {
  return text.replace(unseen, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** The same, of bounded length; says how long it was. */
export function visibleAndShort(text: string, longest = 300): string {
  if (text.length <= longest) return visible(text);
  return `${visible(text.slice(0, longest))}… (${text.length} characters)`;
}
