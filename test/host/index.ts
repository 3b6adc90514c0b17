// The module at `extensionTestsPath`: runs the host tests with mocha inside the extension host.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { phasesFolder, type Report, type Selection, selectionVariable } from './selection';

/**
 * Runs the selected tests, or without a selection (F5, desktop) all tests that need no restart.
 *
 * @throws Error when a test failed, or none was found
 */
export async function run(): Promise<void> {
  const given = process.env[selectionVariable];
  const selection: Selection = given
    ? JSON.parse(given)
    : { files: withoutPhases(), linePrefix: '', colors: false };
  const print = (text: string) => console.log(text.replace(/^/gm, selection.linePrefix));
  let report: Report;
  try {
    report = await runMocha(selection, print);
  } catch (error) {
    print(String((error as Error).stack));
    throw error;
  }
  print(JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} tests failed`);
  if (report.passed === 0) throw new Error('no test was run');
}

async function runMocha(selection: Selection, print: (text: string) => void): Promise<Report> {
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => print(format(...args));
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: selection.colors, reporter: 'spec' });
  if (selection.grep) mocha.grep(new RegExp(selection.grep));
  for (const file of selection.files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}

function withoutPhases(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && !file.startsWith(phasesFolder))
    .sort()
    .map((file) => join(__dirname, file));
}
