/** How many repeats a run may have. */
export const mostRepeats = 5;

const label = 'Gestures and waits in vain of tests that passed';
const sum = new RegExp(`${label}: (\\d+)`);

/** The number of repeats of a run, in words. */
export function sumOfRepeats(repeats: number): string {
  return `${label}: ${repeats}${repeats > mostRepeats ? `. More than ${mostRepeats} fail the run` : ''}`;
}

/** The number of repeats that a line of {@link sumOfRepeats} tells; 0 for any other line. */
export function repeatsIn(line: string): number {
  return Number(sum.exec(line)?.[1] ?? 0);
}
