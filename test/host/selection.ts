import type { Survivor } from './survivor';

/** What the runner outside tells the one inside the extension host, as JSON in an environment variable. */
export interface Selection {
  /** The test files to run, absolute paths. */
  files: string[];
  /** A regular expression that titles have to match. */
  grep?: string;
  /** Put before every line of the report, to tell it from all else that is printed. */
  linePrefix: string;
  colors: boolean;
  /** For tests that are started several times over: which start this is, from 1 on. */
  restarts?: Restarts;
}

/** What tests are told that end their own extension host. */
export interface Restarts extends Survivor {
  start: number;
  starts: number;
  /** A file that they write before they end it, with the report so far: else it counts as a crash. */
  lastWords: string;
}

/** The last line of a report, as JSON: without it a run has not come to its end. */
export interface Report {
  passed: number;
  failed: number;
  skipped: number;
}

export const selectionVariable = 'CHECKPOINT_PERMISSIONS_HOST_TESTS';

/** The folder of the tests that need VS Code to be started anew between their files. */
export const phasesFolder = 'phases';

/** How often a test file of that folder is started: `1-….2starts.test.js` twice, the second time on what the first left. */
export function startsOf(file: string): number {
  return Number(/\.(\d+)starts\.test\.js$/.exec(file)?.[1] ?? 1);
}
