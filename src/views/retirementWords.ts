import type { Organization } from '../access/organization';
import { hasEnded, inWords, type Retirement, retirementOf, tableKnownAsOf } from '../access/retirement';
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
