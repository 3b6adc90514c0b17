import type { RequestRecord } from '../../emulator';

/** Requests of a storm, counted at the server. */
export interface Tally {
  readonly requests: number;
  /** Requests that were refused with a 429. */
  readonly refused: number;
  /** Processed requests by operation. */
  readonly processed: Readonly<Record<string, number>>;
  /** Method and path of each processed change, in order. */
  readonly changes: readonly string[];
}

export function tally(requests: readonly RequestRecord[]): Tally {
  const processed: Record<string, number> = {};
  const changes: string[] = [];
  for (const { endpoint = 'none', method, path, processed: isProcessed } of requests) {
    if (!isProcessed) continue;
    processed[endpoint] = (processed[endpoint] ?? 0) + 1;
    if (method !== 'GET') changes.push(`${method} ${path}`);
  }
  const refused = requests.filter(({ status }) => status === 429).length;
  return { requests: requests.length, refused, processed, changes };
}
