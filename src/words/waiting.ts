import type { Wait } from '../access/matrix/cell';
import { lasting } from '../text/dates';
import { plural } from '../text/numbers';

/** An accepted change isn't listed yet, so the list is read again at `until`, by the steady clock. */
export interface ListWait {
  readonly reason: 'list';
  readonly until: number;
}

/** A wait before a request, for progress notifications. `now` by the clock of the wait. */
export function waitInWords(wait: Wait | ListWait, now: number): string {
  const left = timeLeft(wait, now);
  return !('asked' in wait) || wait.asked === undefined
    ? left
    : `${left}. The API asked for a longer wait: ${lasting(wait.asked)}.`;
}

function timeLeft({ reason, until }: Wait | ListWait, now: number): string {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  if (reason === 'list')
    return plural(
      seconds,
      'Waiting for the list to show the change (about 1 second left)',
      (left) => `Waiting for the list to show the change (about ${left} seconds left)`,
    );
  return reason === 'rate-limit'
    ? plural(
        seconds,
        'Waiting for the rate limit (about 1 second left)',
        (left) => `Waiting for the rate limit (about ${left} seconds left)`,
      )
    : plural(
        seconds,
        'Waiting to try again (about 1 second left)',
        (left) => `Waiting to try again (about ${left} seconds left)`,
      );
}

/** Titles of notifications about waits. */
export const waitingFor = {
  permissions: 'Loading who has access',
  sample: 'Sample organization',
} as const;
