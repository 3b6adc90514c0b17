import type { RequestRecord } from '../../emulator';

/** What a storm took, counted at the server. */
export interface Tally {
  readonly requests: number;
  /** Of these, how many were refused with a 429. */
  readonly refused: number;
  /** How many of each operation the organization saw. */
  readonly processed: Readonly<Record<string, number>>;
  /** What each change that the organization saw was addressed to, in order. */
  readonly changes: readonly string[];
}

export function tally(requests: readonly RequestRecord[]): Tally {
  const processed: Record<string, number> = {};
  const changes: string[] = [];
  for (const { endpoint = 'none', method, path, processed: wasSeen } of requests) {
    if (!wasSeen) continue;
    processed[endpoint] = (processed[endpoint] ?? 0) + 1;
    if (method !== 'GET') changes.push(`${method} ${path}`);
  }
  const refused = requests.filter(({ status }) => status === 429).length;
  return { requests: requests.length, refused, processed, changes };
}
