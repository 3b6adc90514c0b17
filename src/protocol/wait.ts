import type { Wait } from '../access/matrix/cell';
import { isNumber, oneOf, record, type Validator } from './validators';

// A wait before the next request, as the extension tells it to the page. The page runs by a clock of its own, so a message
// has the time that is left instead of the moment at which the wait ends. All in milliseconds.

export interface WaitMessage<Reason = Wait['reason']> {
  readonly reason: Reason;
  readonly left: number;
  readonly asked?: number;
}

/** A wait by the clock of who has it. */
interface ClockedWait<Reason> {
  readonly reason: Reason;
  readonly until: number;
  readonly asked?: number;
}

export function isWaitFor(...reasons: readonly string[]): Validator {
  return record({ reason: oneOf(...reasons), left: isNumber }, { asked: isNumber });
}

export const isWait: Validator = isWaitFor('rate-limit', 'retry');

/** Makes the message of a wait; undefined if it is over. `now` by the clock of the wait. */
export function waitMessage<Reason>(
  { reason, until, asked }: ClockedWait<Reason>,
  now: number,
): WaitMessage<Reason> | undefined {
  const left = until - now;
  return left > 0 ? { reason, left, ...(asked !== undefined && { asked }) } : undefined;
}

/** The wait of a message by the clock of the page. */
export function waitOf<Reason>({ left, ...facts }: WaitMessage<Reason>, now: number): ClockedWait<Reason> {
  return { ...facts, until: now + left };
}
