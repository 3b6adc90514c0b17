/**
 * The kind of an ID found in a text. Only a `checkpoint` is managed. A `legacy` one (of the retired fine-tunes API)
 * and an `azure` one are recognized for an explanation.
 */
export type ScannedKind = 'checkpoint' | 'legacy' | 'azure';

/** An ID with its position in a text, in UTF-16 code units: `text.slice(start, end) === id`. */
export interface ScannedId {
  readonly kind: ScannedKind;
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** The maximum length of an ID, in UTF-16 code units. It bounds the search around an offset. */
export const longestId = 400;

/** The patterns of IDs, each with a sign that every match has. */
// Linear time for any text: a match can start only where no part of an ID precedes it, colons occur in no part, and
// the length of each part is bounded.
export const patterns: readonly (readonly [kind: ScannedKind, sign: string, pattern: RegExp])[] = [
  [
    // docs/api.md#how-ids-are-found-in-text, with an upper bound to each part.
    'checkpoint',
    'ft:',
    /(?<![A-Za-z0-9_-])ft:[a-z0-9][a-z0-9._-]{0,99}:[A-Za-z0-9._-]{1,100}:[A-Za-z0-9._-]{0,64}:[A-Za-z0-9]{8}(?::ckpt-step-\d{1,15})?(?![A-Za-z0-9_-]|:[A-Za-z0-9])/g,
  ],
  [
    // Includes the owner's name after another colon: `curie:ft-acme:my-name-2022-02-15-04-21-04`.
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
 * Finds every ID of a fine-tuned model or checkpoint in a text, in order, with repetitions. Strict, unlike input of a
 * person: `draft:…` and an incomplete `ft:gpt-4.1:org` are no IDs; in `openai/ft:…` the ID follows the slash. Time is
 * linear in the length of the text.
 */
export function scannedIds(text: string): ScannedId[] {
  const found: ScannedId[] = [];
  for (const [kind, sign, pattern] of patterns) {
    // Skips the pattern for the many texts without the prefix, which is much faster.
    if (!text.includes(sign)) continue;
    for (const { 0: id, index } of text.matchAll(pattern)) {
      found.push({ kind, id, start: index, end: index + id.length });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The ID at an offset of a text, or the one that ends there. Looks only as far as an ID can reach. */
export function scannedIdAt(text: string, offset: number): ScannedId | undefined {
  const from = Math.max(0, offset - longestId - 1);
  const at = offset - from;
  const near = scannedIds(text.slice(from, offset + longestId + 1));
  const found = near.find(({ start, end }) => start <= at && at < end) ?? near.find(({ end }) => end === at);
  return found && { ...found, start: found.start + from, end: found.end + from };
}

/** Whether a text is exactly one checkpoint ID by the strict rule. */
export function isStrictId(text: string): boolean {
  const [only] = scannedIds(text);
  return only?.kind === 'checkpoint' && only.id === text;
}
