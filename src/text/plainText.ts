import { beginningWithoutKeys, containsKey, redacted } from './redact';

// Unicode's own classes: control characters, format characters (changes of writing direction, zero width), separators.
// Bounded, because the stack of a pattern is.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,1000}/gu;

/** Fast path for most texts, because `unseen` is slow for many rows. */
const plainASCII = /^[\x20-\x7e]*$/;

/**
 * Text from a server or a user, safe to show: one line, without the keys in use, without control characters or changes
 * of writing direction, and of bounded length. Only the beginning of a long text is looked at, so that time is bounded.
 */
export function plainText(text: string, longest = 500): string {
  const clean = beginningWithoutKeys(text, longest * 8);
  const line = (plainASCII.test(clean) ? clean : clean.replace(unseen, ' ')).trim();
  if (line.length > longest) return `${line.slice(0, longest - 1)}…`;
  return text.length > longest * 8 ? `${line}…` : line;
}

/** A pasted ID for a message. Not shown if it contains a key, which people paste by mistake. */
export function pastedForMessage(id: string, longest: number): string {
  return containsKey(id) ? redacted : escapeForMessage(id, longest);
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
