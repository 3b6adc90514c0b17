import type { Listing } from './listing';

/** The last failure: of loading the list, or of loading more of it. */
export interface Failure {
  readonly error: unknown;
  readonly during: 'read' | 'readMore';
}

/** The loaded permissions of one checkpoint. Immutable. */
export interface Snapshot {
  /** The loaded list. Kept if a reload fails. */
  readonly listing?: Listing;
  readonly failure?: Failure;
  /** A change was sent after the list was loaded, and the list has not been reloaded. */
  readonly beforeChange?: boolean;
  /** A refresh was requested after the list was loaded. The list is reloaded when it is shown next. */
  readonly outdated?: boolean;
  /** The list was loaded in an earlier session or by another window, and not since. It never decides what is sent. */
  readonly restored?: boolean;
  /** A request for this list is in flight. */
  readonly reading: boolean;
}

export const nothingKnown: Snapshot = { reading: false };

/** The list was dropped, or its organization is no longer shown. */
export class NoLongerShownError extends Error {
  override readonly name = 'NoLongerShownError';

  constructor() {
    super('The list is no longer shown.');
  }
}
