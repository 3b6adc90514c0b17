import { dice } from '../dice';
import type { Survivor } from './survivor';

/** The selection for the runner in the extension host, passed as JSON in an environment variable. */
export interface Selection {
  /** Absolute paths of the test files to run. Each group is loaded when the one before it has ended. */
  groups: string[][];
  /** A regular expression that titles must match. */
  grep?: string;
  /** Prefix of the lines of the report, which separates them from other output. */
  linePrefix: string;
  colors: boolean;
  /** For tests that end their own extension host. */
  ending?: Ending;
}

/** The data for tests that end their own extension host. */
export interface Ending extends Survivor {
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

/** The folder of tests of what a restart of VS Code keeps: `phases/<name>/1-….test.js` is of the first start. */
export const phasesFolder = 'phases';

/** Needs a window in which nothing was done yet. */
const isFirst = (file: string): boolean => phaseOf(file)?.name === 'activation';

/** Ends its own extension host. */
const isLast = (file: string): boolean => phaseOf(file)?.name === 'interruption';

/** The name of a test of a restart, and the start it belongs to, from 1. Undefined for a test that needs no restart. */
function phaseOf(file: string): { readonly name: string; readonly start: number } | undefined {
  const [number, name, folder] = file.split(/[\\/]/).reverse();
  if (folder !== phasesFolder || name === undefined) return undefined;
  return { name, start: Number.parseInt(number ?? '', 10) };
}

/** Whether a test is of what a restart keeps. Such a test leaves something for a later start. */
export const isOfRestart = (file: string): boolean => phaseOf(file) !== undefined;

/**
 * Which files each start of VS Code runs, group after group, on the same data.
 *
 * The first start runs what needs an untouched window, then all that needs no restart, then what a later start finds, and
 * last what ends the extension host. A later start runs the same phases in reverse: what was shown last is found first.
 *
 * @param files paths of all test files to run
 * @param order puts the files that need no restart into the order they run in
 */
export function startsOf(
  files: readonly string[],
  order: (files: readonly string[]) => string[] = (files) => [...files],
): string[][][] {
  const inPhases = files.filter((file) => phaseOf(file));
  const others = files.filter((file) => !phaseOf(file));
  const count = Math.max(1, ...inPhases.map((file) => phaseOf(file)?.start ?? 1));
  return Array.from({ length: count }, (_, index) => {
    const own = inPhases.filter((file) => phaseOf(file)?.start === index + 1);
    if (index > 0) return [[...own.filter(isLast), ...own.filter((file) => !isLast(file))]];
    const between = own.filter((file) => !isFirst(file) && !isLast(file));
    return [own.filter(isFirst), [...order(others), ...between], own.filter(isLast)];
  })
    .map((groups) => groups.filter((group) => group.length > 0))
    .filter((groups) => groups.length > 0);
}

/** An order that only the seed decides. */
export function shuffled(files: readonly string[], seed: number): string[] {
  const roll = dice(seed);
  const left = [...files].sort();
  const order: string[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(roll() * left.length), 1));
  return order;
}
