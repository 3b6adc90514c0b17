import type { Goal } from '../goals';
import type { LargeResult } from '../large/result';
import type { LoadResult } from '../loading/loads';
import type { MatrixFigure } from '../matrix/measure';
import { type RequestCount, takesTooMany } from '../requests/count';
import type { TimingRow } from '../timing/rows';

/** Everything that a run of the bench found out; written as it is as JSON. */
export interface Report {
  readonly versions: Readonly<Record<string, string>>;
  readonly cpus: number;
  /** The average over the last minute of how many processes wanted a CPU, at the beginning or the end: the higher one. */
  readonly load: number;
  readonly seconds: number;
  readonly timings: readonly TimingRow[];
  readonly requests: readonly RequestCount[];
  readonly loads: readonly LoadResult[];
  /** Absent when VS Code could not be had. */
  readonly large?: LargeResult;
  /** Of the page of a matrix of 200 × 500; absent when no browser could be had. */
  readonly matrix?: readonly MatrixFigure[];
  readonly goals: readonly Goal[];
  /** Why the bench failed; empty when it did not. Goals are no reason: a bench is not a test. */
  readonly failures: readonly string[];
}

/** Requests that should not have been made. Counts are exact, so they may fail a run. */
export function failuresOf(timings: readonly TimingRow[], requests: readonly RequestCount[]): string[] {
  const inContests = timings.filter(({ contest, latency, requests: own }) => {
    const baseline = timings.find((row) => row.contest === contest && row.latency === latency);
    return own > (baseline?.requests ?? 0);
  });
  return [
    ...inContests.map((row) => `Too many requests (${row.requests}): ${row.contest}, ${row.contender}.`),
    ...requests
      .filter(takesTooMany)
      .map(({ title, ours, sdk }) => `Too many requests (${ours}, SDK ${sdk}): ${title}.`),
  ];
}
