/**
 * What an id found in a text is. Only a `checkpoint` is managed; a `legacy` one (of the retired fine-tunes API) and an
 * `azure` one are recognized so that they can be explained.
 */
export type ScannedKind = 'checkpoint' | 'legacy' | 'azure';

/** An id where it stands in a text, in UTF-16 code units: `text.slice(start, end) === id`. */
export interface ScannedId {
  readonly kind: ScannedKind;
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** No id is longer, in UTF-16 code units: who looks around one place need not look further. */
export const longestId = 400;

// Linear in the length of the text, whatever it is: a match can begin only where no part of an id stands before, parts
// are told apart by colons that are in no part, and no part is longer than any real one.
const patterns: readonly (readonly [kind: ScannedKind, sign: string, pattern: RegExp])[] = [
  [
    // docs/api.md#how-ids-are-found-in-text, with an upper bound to each part.
    'checkpoint',
    'ft:',
    /(?<![A-Za-z0-9_-])ft:[a-z0-9][a-z0-9._-]{0,99}:[A-Za-z0-9._-]{1,100}:[A-Za-z0-9._-]{0,64}:[A-Za-z0-9]{8}(?::ckpt-step-\d{1,15})?(?![A-Za-z0-9_-]|:[A-Za-z0-9])/g,
  ],
  [
    // With what its owner called it after another colon: `curie:ft-acme:my-name-2022-02-15-04-21-04`.
    'legacy',
    ':ft-',
    /(?<![A-Za-z0-9._-])[a-z][a-z0-9.-]{0,99}:ft-[A-Za-z0-9-]{1,100}?(?::[A-Za-z0-9-]{1,64}?)?-\d{4}(?:-\d\d){5}(?![A-Za-z0-9_-])/g,
  ],
  [
    'azure',
    '.ft-',
    /(?<![A-Za-z0-9._-])[a-z0-9][a-z0-9.-]{0,99}\.ft-[0-9a-f]{32}(?:-[A-Za-z0-9-]{1,64})?(?![A-Za-z0-9_])/g,
  ],
];

/**
 * Every id of a fine-tuned model or checkpoint in a text, in the order they stand there and as often as they do. Strict,
 * unlike what is asked of a person: `draft:…` and an incomplete `ft:gpt-4.1:org` are none; in `openai/ft:…` the id is
 * what follows the stroke. Time is linear in the length of the text.
 */
export function scannedIds(text: string): ScannedId[] {
  const found: ScannedId[] = [];
  for (const [kind, sign, pattern] of patterns) {
    // Much faster than the pattern where there is none, as in nearly every text.
    if (!text.includes(sign)) continue;
    for (const { 0: id, index } of text.matchAll(pattern)) {
      found.push({ kind, id, start: index, end: index + id.length });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The id that stands at an offset of a text, or ends there. */
export function scannedIdAt(text: string, offset: number): ScannedId | undefined {
  const from = Math.max(0, offset - longestId - 1);
  const at = offset - from;
  const near = scannedIds(text.slice(from, offset + longestId + 1));
  const found = near.find(({ start, end }) => start <= at && at < end) ?? near.find(({ end }) => end === at);
  return found && { ...found, start: found.start + from, end: found.end + from };
}

/** Whether a text is the id of a checkpoint by the strict rule, and nothing else. */
export function isStrictId(text: string): boolean {
  const [only] = scannedIds(text);
  return only?.kind === 'checkpoint' && only.id === text;
}
