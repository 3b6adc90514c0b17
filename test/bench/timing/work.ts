/** The timed work: reading a list, and revoking permissions concurrently. */
export const listSize = 10_000;
export const pageSize = 100;
export const revokeCount = 1000;
export const concurrency = 16;

export const checkpoint = 'ft:gpt-4.1-2025-04-14:bench:timing:AAAAAAAA';

/** An ID as long as real ones. Its number is the index in the list, from the oldest. */
export const idOf = (prefix: 'cp' | 'proj', index: number) => `${prefix}_${String(index).padStart(24, '0')}`;

export type PeerName = 'sdk' | 'ours';

/** Work for a client, with the server. */
export interface Order {
  readonly baseURL: string;
  readonly work: 'list' | 'revoke';
}

/** Duration and result of the work. */
export interface Delivery {
  readonly ms: number;
  /** Digest of the result. */
  readonly digest: string;
}

/** Counts of the server since the last query. */
export interface Seen {
  readonly requests: number;
  /** Number of deleted permissions. */
  readonly deleted: number;
}
