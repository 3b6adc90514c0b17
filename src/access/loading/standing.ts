import type { IncompleteReason } from '../../openai';
import { toDate } from '../../text/steadyClock';
import { oldAfter } from '../thresholds';
import type { Failure, Snapshot } from './snapshot';

/**
 * Why a loaded list may differ from the server, most important first. Every surface names the first one, with the
 * text of `words/standing.ts`.
 */
export const doubts = [
  /** A change was sent after the list was loaded. */
  'beforeYourChange',
  /** The last reload failed. */
  'refreshFailed',
  /** The person requested a refresh after the list was loaded. */
  'beforeYourRefresh',
  /** The responses contradict each other, so the rest cannot be loaded. */
  'brokenOff',
  /** The server has further pages. */
  'moreToLoad',
  /** It was loaded {@link oldAfter} ago or earlier, or in an earlier session. */
  'old',
] as const;
export type Doubt = (typeof doubts)[number];

/** How far the list of permissions of one checkpoint can be trusted. */
export interface Standing {
  /** `failed`: nothing is loaded, because loading failed. */
  readonly state: 'notLoaded' | 'failed' | 'loaded';
  /** Permissions loaded so far. */
  readonly count: number;
  /** The list was loaded to its end. It may still be stale, see {@link isCertain}. */
  readonly isComplete: boolean;
  /** In the order of {@link doubts}; surfaces with room for one show the first. */
  readonly doubts: readonly Doubt[];
  /** Milliseconds since 1970. */
  readonly loadedAt?: number;
  /** The last failure. */
  readonly failure?: Failure;
  /** Why the list broke off; present exactly with that doubt. */
  readonly brokenOff?: IncompleteReason;
  readonly isLoading: boolean;
}

/** How far a list can be trusted. The only function that decides it. `now` in milliseconds since 1970. */
export function standingOf(
  { listing, failure, beforeChange, outdated, restored, reading }: Snapshot,
  now: number,
): Standing {
  const known = { isLoading: reading, ...(failure && { failure }) };
  if (!listing)
    return { ...known, state: failure ? 'failed' : 'notLoaded', count: 0, isComplete: false, doubts: [] };
  const { permissions, ending } = listing;
  const loadedAt = toDate(listing.readAt);
  const holds: Readonly<Record<Doubt, boolean>> = {
    beforeYourChange: beforeChange === true,
    refreshFailed: failure?.during === 'read',
    // A refresh that failed is said as that.
    beforeYourRefresh: outdated === true && failure?.during !== 'read',
    brokenOff: ending.kind === 'incomplete',
    moreToLoad: ending.kind === 'more',
    // However short the restart, nobody looked at the server since.
    old: restored === true || isOld(loadedAt, now),
  };
  return {
    ...known,
    state: 'loaded',
    count: permissions.length,
    isComplete: ending.kind === 'complete',
    doubts: doubts.filter((doubt) => holds[doubt]),
    loadedAt,
    ...(ending.kind === 'incomplete' && { brokenOff: ending.reason }),
  };
}

/**
 * How far a response about one project can be trusted. A change or a refresh invalidates it, so only its age counts.
 * `answeredAt` by the steady clock, `now` in milliseconds since 1970.
 */
export function standingOfAnswer(count: number, answeredAt: number, now: number): Standing {
  const loadedAt = toDate(answeredAt);
  const found: readonly Doubt[] = isOld(loadedAt, now) ? ['old'] : [];
  return { state: 'loaded', count, isComplete: true, doubts: found, loadedAt, isLoading: false };
}

/**
 * The same standing at a later moment, by which the list may have become old. Pages use it, because they receive only
 * changes.
 */
export function standingAt<S extends Pick<Standing, 'doubts' | 'loadedAt'>>(standing: S, now: number): S {
  const { doubts: found, loadedAt } = standing;
  if (loadedAt === undefined || !isOld(loadedAt, now) || found.includes('old')) return standing;
  return { ...standing, doubts: [...found, 'old'] };
}

/** Whether what was loaded then is old by its age. Both in milliseconds since 1970. */
export function isOld(loadedAt: number, now: number): boolean {
  return now - loadedAt >= oldAfter;
}

/** Whether a doubt about a list lets a project have a permission that the list, as it was loaded, does not have. */
const allowsMore: Readonly<Record<Doubt, boolean>> = {
  beforeYourChange: true,
  refreshFailed: false,
  beforeYourRefresh: false,
  brokenOff: true,
  moreToLoad: true,
  old: false,
};

/**
 * Whether the list proved, when it was loaded, that a project that is not in it has no permission. It may be stale: its
 * doubts are shown beside what it says. See {@link isCertain} for what must hold now.
 */
export function provesAbsence({
  isComplete,
  doubts: found,
}: Pick<Standing, 'isComplete' | 'doubts'>): boolean {
  return isComplete && !found.some((doubt) => allowsMore[doubt]);
}

/** Doubts for a stale list: a change, a refresh or a failed reload came after it. */
const overtaken: readonly Doubt[] = ['beforeYourChange', 'refreshFailed', 'beforeYourRefresh'];

/** Whether the list is not stale: no change, refresh or failed reload came after it. It may be incomplete. */
export function isUpToDate(snapshot: Snapshot): boolean {
  const { state, doubts: found } = standingOf(snapshot, 0);
  return state === 'loaded' && !found.some((doubt) => overtaken.includes(doubt));
}

/**
 * Whether the list proves the absence of a permission: it is complete and not stale. Its age does not matter, see
 * {@link isRecent}.
 */
export function isCertain(snapshot: Snapshot): boolean {
  return snapshot.listing?.ending.kind === 'complete' && isUpToDate(snapshot);
}

/** Whether the list may decide what is sent: not stale, and loaded here at most `maxAge` milliseconds ago. */
export function isRecent(snapshot: Snapshot, now: number, maxAge: number): boolean {
  const readAt = snapshot.listing?.readAt;
  if (snapshot.restored) return false;
  // A load time in the future is of another clock, so the age is unknown.
  return readAt !== undefined && isUpToDate(snapshot) && readAt <= now && now - readAt <= maxAge;
}
