// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Most text has nothing that would have to be looked for with those, which takes long where there are many rows. */
const plainASCII = /^[\x20-\x7e]*$/;

/**
 * Text from a server or a person, made safe to show as it is: one line, without control characters or changes of
 * writing direction, and of bounded length.
 */
export function plainText(text: string, longest = 500): string {
  const line = (plainASCII.test(text) ? text : text.replace(unseen, ' ')).trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/**
 * The same for notifications and pickers, which turn `[text](link)` into links and `$(name)` into icons: the marks are
 * kept apart with a zero-width space, so that they read the same and do nothing.
 */
export function escapeForMessage(text: string, longest = 500): string {
  return plainText(text, longest).replace(/\]\(/g, ']\u200b(').replace(/\$\(/g, '$\u200b(');
}

// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators
// of lines, and halves of pairs.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** With every character that is not seen, or steers what is, written out: `\u202e`. One line; two texts stay two. */
export function visible(text: string): string {
  return text.replace(invisible, escaped);
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
