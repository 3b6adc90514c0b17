import type { Runner } from 'mocha';

/** How many are listed. */
const listed = 10;

interface Timed {
  readonly title: string;
  readonly duration: number;
}

/** How long tests took, in milliseconds, and what went on before and after them. */
export class Times {
  readonly tests: Timed[] = [];
  /** All hooks together. */
  hooks = 0;

  of(runner: Runner): void {
    runner.on('test end', (test) => {
      const { duration = 0 } = test;
      this.tests.push({ title: test.fullTitle(), duration });
    });
    runner.on('hook end', ({ duration = 0 }) => {
      this.hooks += duration;
    });
  }
}

/** Prints which tests took longest, when there were so many that it matters. */
export function printSlowest({ tests, hooks }: Times, print: (text: string) => void): void {
  if (tests.length <= listed) return;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const sum = tests.reduce((all, { duration }) => all + duration, 0);
  print(
    `  ${tests.length} tests took ${seconds(sum)}, and ${seconds(hooks)} before and after them. Slowest:`,
  );
  const slowest = tests.toSorted((one, other) => other.duration - one.duration).slice(0, listed);
  for (const { title, duration } of slowest) print(`  ${seconds(duration).padStart(7)}  ${title}`);
  print('');
}
