// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Fast path for most texts, because `unseen` is slow for many rows. */
const plainASCII = /^[\x20-\x7e]*$/;

/**
 * Text from a server or a user, safe to show: one line, without control characters or changes of writing direction, and
 * of bounded length.
 */
export function plainText(text: string, longest = 500): string {
  const line = (plainASCII.test(text) ? text : text.replace(unseen, ' ')).trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/**
 * Plain text for notifications and pickers, which turn `[text](link)` into links and `$(name)` into icons. A zero-width
 * space splits these marks, so that they look the same and do nothing.
 */
export function escapeForMessage(text: string, longest = 500): string {
  return plainText(text, longest).replace(/\]\(/g, ']\u200b(').replace(/\$\(/g, '$\u200b(');
}

// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators
// of lines, and halves of pairs.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Writes out every invisible or control character, as `\u202e`. One line. Different texts stay different. */
export function visible(text: string): string {
  return text.replace(invisible, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** Visible text of bounded length, with the original length if cut. */
export function visibleAndShort(text: string, longest = 300): string {
  if (text.length <= longest) return visible(text);
  return `${visible(text.slice(0, longest))}… (${text.length} characters)`;
}
