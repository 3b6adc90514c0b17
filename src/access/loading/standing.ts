import type { IncompleteReason } from '../../openai';
import { oldAfter } from '../thresholds';
import type { Failure, Snapshot } from './snapshot';

/**
 * Why a loaded list may not be what the server has now, most important first. Every surface names the first one, in the
 * words of `words/standing.ts`.
 */
export const doubts = [
  /** A change was sent after the list was loaded. */
  'beforeYourChange',
  /** The last attempt to load it again failed. */
  'refreshFailed',
  /** The person asked for a refresh after it was loaded. */
  'beforeYourRefresh',
  /** The server contradicted itself, so the rest cannot be loaded. */
  'brokenOff',
  /** The server has further pages. */
  'moreToLoad',
  /** It was loaded {@link oldAfter} ago or earlier. */
  'old',
] as const;
export type Doubt = (typeof doubts)[number];

/** How far the list of permissions of one checkpoint can be trusted. */
export interface Standing {
  /** `failed`: nothing is loaded, because loading failed. */
  readonly state: 'notLoaded' | 'failed' | 'loaded';
  /** Permissions loaded so far. */
  readonly count: number;
  /** The list was loaded to its end. It may still be from before a change or a refresh, see {@link isCertain}. */
  readonly isComplete: boolean;
  /** In the order of {@link doubts}; surfaces with room for one show the first. */
  readonly doubts: readonly Doubt[];
  /** Milliseconds since 1970. */
  readonly loadedAt?: number;
  /** What failed last: loading the list, or loading more of it. */
  readonly failure?: Failure;
  /** Why the list broke off; present exactly with that doubt. */
  readonly brokenOff?: IncompleteReason;
  readonly isLoading: boolean;
}

/** How far a list can be trusted. The only place that decides it; `now` in milliseconds since 1970. */
export function standingOf(
  { listing, failure, beforeChange, outdated, reading }: Snapshot,
  now: number,
): Standing {
  const known = { isLoading: reading, ...(failure && { failure }) };
  if (!listing)
    return { ...known, state: failure ? 'failed' : 'notLoaded', count: 0, isComplete: false, doubts: [] };
  const { permissions, ending, readAt } = listing;
  const holds: Readonly<Record<Doubt, boolean>> = {
    beforeYourChange: beforeChange === true,
    refreshFailed: failure?.during === 'read',
    beforeYourRefresh: outdated === true,
    brokenOff: ending.kind === 'incomplete',
    moreToLoad: ending.kind === 'more',
    old: isOld(readAt, now),
  };
  return {
    ...known,
    state: 'loaded',
    count: permissions.length,
    isComplete: ending.kind === 'complete',
    doubts: doubts.filter((doubt) => holds[doubt]),
    loadedAt: readAt,
    ...(ending.kind === 'incomplete' && { brokenOff: ending.reason }),
  };
}

/**
 * How far an answer about one project can be trusted: a change or a refresh drops it, so only its age counts. `answeredAt`
 * and `now` in milliseconds since 1970.
 */
export function standingOfAnswer(count: number, answeredAt: number, now: number): Standing {
  const found: readonly Doubt[] = isOld(answeredAt, now) ? ['old'] : [];
  return { state: 'loaded', count, isComplete: true, doubts: found, loadedAt: answeredAt, isLoading: false };
}

/**
 * The same standing at a later moment: a list grows old while nothing else happens to it. Pages use it, which are told
 * only of what changes.
 */
export function standingAt<S extends Pick<Standing, 'doubts' | 'loadedAt'>>(standing: S, now: number): S {
  const { doubts: found, loadedAt } = standing;
  if (loadedAt === undefined || !isOld(loadedAt, now) || found.includes('old')) return standing;
  return { ...standing, doubts: [...found, 'old'] };
}

function isOld(loadedAt: number, now: number): boolean {
  return now - loadedAt >= oldAfter;
}

/** Doubts that a list was overtaken by something the person did or asked for. */
const overtaken: readonly Doubt[] = ['beforeYourChange', 'refreshFailed', 'beforeYourRefresh'];

/** Whether what is loaded still counts: nothing was sent, refreshed or tried again since. It may be only a part. */
export function isUpToDate(snapshot: Snapshot): boolean {
  const { state, doubts: found } = standingOf(snapshot, 0);
  return state === 'loaded' && !found.some((doubt) => overtaken.includes(doubt));
}

/**
 * Whether the list proves what is not in it: loaded to its end, and nothing has overtaken it. How long ago does not
 * matter, see {@link isRecent}.
 */
export function isCertain(snapshot: Snapshot): boolean {
  return snapshot.listing?.ending.kind === 'complete' && isUpToDate(snapshot);
}

/** Whether the list may decide what is sent: up to date, and loaded at most `maxAge` milliseconds ago. */
export function isRecent(snapshot: Snapshot, now: number, maxAge: number): boolean {
  const readAt = snapshot.listing?.readAt;
  // A list from the future means that the clock was set back, so its age is unknown.
  return readAt !== undefined && isUpToDate(snapshot) && readAt <= now && now - readAt <= maxAge;
}
