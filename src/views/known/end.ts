import { hasEnded, inWords, retirementOf } from '../../access/retirement';
import { sourceOf } from '../retirementWords';

/** The end of a model in words: when, and how that is known. */
export interface KnownEnd {
  readonly hasEnded: boolean;
  /** Such as `ends 14 Jan 2027, 54 days left`. */
  readonly when: string;
  /** Such as `as announced for its base model, known as of 2026-11-21`. */
  readonly source: string;
}

/**
 * When a checkpoint of a base model ends, by the server's own date where one was read; `now` in milliseconds since 1970.
 * Undefined when no end is known, which does not mean that there is none.
 */
export function knownEnd(
  baseModel: string,
  shutdownDate: string | undefined,
  now: number,
): KnownEnd | undefined {
  const retirement = retirementOf(baseModel, shutdownDate);
  return (
    retirement && {
      hasEnded: hasEnded(retirement, now),
      when: inWords(retirement, now),
      source: sourceOf(retirement),
    }
  );
}
