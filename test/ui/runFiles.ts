import Mocha from 'mocha';

/** How the tests of a file ended; a hook that failed counts as a test. */
export interface FileResult {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs test files one after the other, and prints each test as it ends. */
export async function runFiles(files: readonly string[], grep?: string): Promise<Map<string, FileResult>> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 90_000, slow: 10_000, forbidOnly: true });
  if (grep) mocha.grep(new RegExp(grep));
  for (const file of files) mocha.addFile(file);
  const results = new Map<string, FileResult>();
  const add = (ended: keyof FileResult) => (runnable: Mocha.Runnable) => {
    const file = runnable.file ?? runnable.parent?.file ?? '';
    const result = results.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
    results.set(file, { ...result, [ended]: result[ended] + 1 });
  };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', add('passed')).on('fail', add('failed')).on('pending', add('skipped'));
  });
  mocha.unloadFiles();
  return results;
}

/** What files came to, together. */
export function sumOf(results: ReadonlyMap<string, FileResult>): FileResult {
  const all = [...results.values()];
  const sum = (ended: keyof FileResult) => all.reduce((total, result) => total + result[ended], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
