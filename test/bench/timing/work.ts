/** What is timed: a list that is read, and permissions that are revoked, some of them at a time. */
export const listSize = 10_000;
export const pageSize = 100;
export const revokeCount = 1000;
export const concurrency = 16;

export const checkpoint = 'ft:gpt-4.1-2025-04-14:bench:timing:AAAAAAAA';

/** An ID of the length that real ones have; the number in it is the place in the list, counted from the oldest. */
export const idOf = (prefix: 'cp' | 'proj', index: number) => `${prefix}_${String(index).padStart(24, '0')}`;

export type PeerName = 'sdk' | 'ours';

/** What a client is asked to do, and where. */
export interface Order {
  readonly baseURL: string;
  readonly work: 'list' | 'revoke';
}

/** How long it took, and what came of it. */
export interface Delivery {
  readonly ms: number;
  /** Digest of everything that came of it. */
  readonly digest: string;
}

/** What the server has seen since it was last asked. */
export interface Seen {
  readonly requests: number;
  /** How many permissions were deleted. */
  readonly deleted: number;
}
