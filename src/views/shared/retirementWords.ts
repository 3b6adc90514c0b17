import {
  hasEnded,
  inWords,
  type Retirement,
  retirementOf,
  tableKnownAsOf,
} from '../../access/catalog/retirement';
import type { Organization } from '../../access/organization';
import type { CheckpointNode } from './nodes';

/** When a checkpoint ends and what is said of it. */
export interface End {
  readonly retirement: Retirement;
  /** `ends 14 Jan 2027, 54 days left`. */
  readonly words: string;
  readonly ended: boolean;
}

/** Undefined when no end is known, which does not mean that there is none. */
export function endOf(
  { organization, checkpoint }: Pick<CheckpointNode, 'organization' | 'checkpoint'>,
  now: number,
): End | undefined {
  const retirement = retirementOf(checkpoint.baseModel, shutdownDate(organization, checkpoint.id));
  if (!retirement) return undefined;
  return { retirement, words: inWords(retirement, now), ended: hasEnded(retirement, now) };
}

function shutdownDate({ catalog }: Organization, checkpoint: string): string | undefined {
  return catalog.entry(checkpoint)?.shutdownDate;
}

/** How an end is known, for a tooltip. */
export function sourceOf({ source }: Retirement): string {
  return source === 'models'
    ? 'by the shutdown date that the server gives for the model'
    : `as announced for its base model, known as of ${tableKnownAsOf}`;
}

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
