import type { Survivor } from './survivor';

/** The selection for the runner in the extension host, passed as JSON in an environment variable. */
export interface Selection {
  /** Absolute paths of the test files to run. */
  files: string[];
  /** A regular expression that titles must match. */
  grep?: string;
  /** Prefix of the lines of the report, which separates them from other output. */
  linePrefix: string;
  colors: boolean;
  /** The number of the start, from 1, for tests with several starts. */
  restarts?: Restarts;
}

/** The data for tests that end their own extension host. */
export interface Restarts extends Survivor {
  start: number;
  starts: number;
  /** The file for the report so far, written before the end. Without it, the end counts as a crash. */
  lastWords: string;
}

/** The last line of a report, as JSON. A run without it is incomplete. */
export interface Report {
  passed: number;
  failed: number;
  skipped: number;
}

export const selectionVariable = 'CHECKPOINT_PERMISSIONS_HOST_TESTS';

/** The folder of tests that restart VS Code between their files. */
export const phasesFolder = 'phases';

/** Number of starts of such a test file: two for `1-….2starts.test.js`, the second on the data of the first. */
export function startsOf(file: string): number {
  return Number(/\.(\d+)starts\.test\.js$/.exec(file)?.[1] ?? 1);
}
