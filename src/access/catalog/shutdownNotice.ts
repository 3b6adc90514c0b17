import { soonDays } from '../thresholds';
import { daysLeft, hasShutDown, type Shutdown } from './shutdown';

/** Why a shutdown is worth a word: it is over, or will be within {@link soonDays}. */
export type ShutdownNotice = 'shutDown' | 'shutsDownSoon';

/** The only function that decides what is soon. `now` in milliseconds since 1970. */
export function noticeOf(shutdown: Shutdown, now: number): ShutdownNotice | undefined {
  if (hasShutDown(shutdown, now)) return 'shutDown';
  return daysLeft(shutdown, now) <= soonDays ? 'shutsDownSoon' : undefined;
}
