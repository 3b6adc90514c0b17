import type { Permission } from '../../../src/openai';

/** Somebody who can do the work that is timed. Each does it as its documentation says, at its best. */
export interface Peer {
  /** Every permission, by iterating over pages of so many. */
  list(checkpoint: string, limit: number): Promise<Permission[]>;
  /** Removes one permission. Resolves to the id that the server names. */
  revoke(checkpoint: string, id: string): Promise<string>;
}

export type PeerName = 'ours' | 'sdk' | 'undici';

export const adminAPIKey = 'test-admin-key';
