/** What the runner outside tells the one inside the extension host, as JSON in an environment variable. */
export interface Selection {
  /** The test files to run, absolute paths. */
  files: string[];
  /** A regular expression that titles have to match. */
  grep?: string;
  /** Put before every line of the report, to tell it from all else that is printed. */
  linePrefix: string;
  colors: boolean;
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
