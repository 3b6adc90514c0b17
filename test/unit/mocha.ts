import Mocha from 'mocha';

/** How many tests passed, and how many did not. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Runs the tests of these files in this process. */
export async function runMocha(files: readonly string[], grep?: string): Promise<Outcome> {
  process.setSourceMapsEnabled(true);
  // A limit for what hangs, not for what is slow: the machine may have other things to do.
  const timeout = 30_000;
  const mocha = new Mocha({ ui: 'bdd', reporter: 'dot', forbidOnly: true, checkLeaks: true, timeout });
  if (grep) mocha.grep(new RegExp(grep));
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures });
    });
  });
}

/** What a test leaves open keeps the process alive. That is a fault of the test, and said instead of waited for. */
export function endSoon(): void {
  setTimeout(() => {
    console.error(`Still open after the tests: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  }, 10_000).unref();
}
