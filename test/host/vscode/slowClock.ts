import { existsSync, readFileSync } from 'node:fs';

// Loaded by each process of VS Code before anything else. Where a file says so, its clock starts at a date of the test and
// nearly stands still, so that no date or age on a screen depends on when, and on how fast a machine, the test runs.

/** How much slower such a clock is: a test of ten minutes is less than a second. Never 0, because waits compare times. */
const slowness = 1000;

/** Makes the clock of this process start at `start`, in milliseconds since 1970, and go slowly. Timers don't change. */
function slowDown(start: number): void {
  const elapsed = performance.now.bind(performance);
  const began = elapsed();
  const passed = (): number => (elapsed() - began) / slowness;
  const now = (): number => Math.floor(start + passed());
  class SlowDate extends Date {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [now()] : parts) as [number]));
    }
    static override now = now;
  }
  globalThis.Date = SlowDate as DateConstructor;
  performance.now = () => began + passed();
  // Some dates are shown in the computer's time zone.
  process.env.TZ = 'UTC';
}

const file = process.env.SLOW_CLOCK_FILE;
if (file && existsSync(file)) slowDown(Number(readFileSync(file, 'utf8')));
