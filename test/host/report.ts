import type { Runner } from 'mocha';
import type { Report } from './selection';

const ended: Report = { passed: 0, failed: 0, skipped: 0 };
let running: Runner | undefined;

/** Counts what this runner runs, from now on. */
export function count(runner: Runner): void {
  Object.assign(ended, reportSoFar());
  running = runner;
}

/** The figures of all tests that have ended in this extension host, also while others run. */
export function reportSoFar(): Report {
  const { passes = 0, failures = 0, pending = 0 } = running?.stats ?? {};
  return {
    passed: ended.passed + passes,
    failed: ended.failed + failures,
    skipped: ended.skipped + pending,
  };
}
