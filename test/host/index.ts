// The module at `extensionTestsPath`: runs the host tests with mocha inside the extension host.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { count, reportSoFar } from './report';
import { isOfRestart, phasesFolder, type Selection, selectionVariable } from './selection';
import { printSlowest, Times } from './slowest';
import { windowAsFound } from './support/window';

/**
 * Runs the selected tests, or without a selection (F5, desktop) all tests that need no restart.
 *
 * @throws Error when a test failed, or none was found
 */
export async function run(): Promise<void> {
  const given = process.env[selectionVariable];
  const selection: Selection = given
    ? JSON.parse(given)
    : { groups: [withoutPhases()], linePrefix: '', colors: false };
  const print = (text: string) => console.log(text.replace(/^/gm, selection.linePrefix));
  try {
    const restore = await windowAsFound();
    for (const files of selection.groups) await runMocha({ files, restore, print }, selection);
  } catch (error) {
    print(String((error as Error).stack));
    throw error;
  }
  const report = reportSoFar();
  print(JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} tests failed`);
  if (report.passed === 0) throw new Error('no test was run');
}

/** Tests that are loaded and run together. */
interface Group {
  readonly files: readonly string[];
  /** Makes the window what it was before the tests. */
  readonly restore: () => Promise<void>;
  readonly print: (text: string) => void;
}

async function runMocha({ files, restore, print }: Group, { colors, grep }: Selection): Promise<void> {
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => print(format(...args));
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: colors, reporter: 'spec' });
  if (grep) mocha.grep(new RegExp(grep));
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  for (const suite of mocha.suite.suites) {
    if (!isOfRestart(suite.file ?? '')) suite.afterAll('leaves the window as it was', restore);
  }
  const times = new Times();
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    count(runner);
    times.of(runner);
  });
  printSlowest(times, print);
}

function withoutPhases(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && !file.startsWith(phasesFolder))
    .sort()
    .map((file) => join(__dirname, file));
}
