import { withoutKeys } from '../../text/redact';

/** Characters that can't be seen, or change how others are shown, apart from line breaks. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The last step of all that is printed: no key, nothing that can't be seen, and nothing that a build system takes for a
 * command. Those begin a line with two colons (GitHub), or have `##` and a name in brackets anywhere (Azure, TeamCity).
 */
export function safeForConsole(text: string): string {
  return withoutKeys(text)
    .replace(unseen, '')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/##(?=\w*\[)/g, '# #');
}

/** JSON without a key, in which everything that can't be seen is an escape. It parses to the same values. */
export function safeJSON(value: unknown): string {
  return withoutKeys(JSON.stringify(value, undefined, 2))
    .replace(unseen, (character) =>
      Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
    )
    .replace(/##(?=\w*\[)/g, '\\u0023#');
}
