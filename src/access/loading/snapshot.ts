import type { Listing } from './listing';

/** What failed last: to read the listing (again), or to read on. */
export interface Failure {
  readonly error: unknown;
  readonly during: 'read' | 'readMore';
}

/** What is known of one checkpoint's permissions, all of it as old as it says. Never changed in place. */
export interface Snapshot {
  /** What was read; kept when reading again fails. */
  readonly listing?: Listing;
  readonly failure?: Failure;
  /** A change was sent after the listing was read, and it has not been read back. */
  readonly beforeChange?: boolean;
  /** The person has asked for what is so now since it was read: it is read again when someone looks at it. */
  readonly outdated?: boolean;
  /** A request for this checkpoint is under way. */
  readonly reading: boolean;
}

export const nothingKnown: Snapshot = { reading: false };

/** Whether the listing is what the server has now, as far as can be known without asking: read lately, and not before a change. */
export function isCurrent(
  { listing, failure, beforeChange, outdated }: Snapshot,
  now: number,
  maxAge: number,
): boolean {
  if (!listing || beforeChange || outdated || failure?.during === 'read') return false;
  // Read in the future: the clock was turned back, so nobody knows how long ago it was.
  return listing.readAt <= now && now - listing.readAt <= maxAge;
}

/** Nobody wants the answer any more: the list was dropped, or its organization is no longer shown. */
export class NoLongerShownError extends Error {
  override readonly name = 'NoLongerShownError';

  constructor() {
    super('The list is no longer shown.');
  }
}
