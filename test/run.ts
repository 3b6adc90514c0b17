// `node out/test/run.js`: every test there is. Builds nothing. VS Code mostly waits for its browser, so two suites run side
// by side; each line says whose it is.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { failuresFolder } from './host/vscode/paths';
import { testsOfWorkbench } from './ui/files';
import { mostRepeats, repeatsIn, sumOfRepeats } from './ui/workbench/repeats';

/** A suite, or some of its files. */
interface Suite {
  readonly name: 'unit' | 'host' | 'ui';
  readonly args?: readonly string[];
}

/** The share of the files for the workbench that are left when the other suites are done. */
const shareLeft = 0.12;

const summary = /(\d+) passed, (\d+) failed/;

interface Result {
  readonly passed: number;
  readonly failed: number;
  /** Gestures and waits of tests that passed, which were in vain. */
  readonly repeats: number;
}

/** Runs a suite, shows what it prints, and reads its summary. A suite that ends without one has failed. */
async function runSuite({ name, args = [] }: Suite): Promise<Result> {
  const child = spawn(process.execPath, [join(__dirname, name, 'run.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let last: RegExpExecArray | null = null;
  let repeats = 0;
  const show = (line: string, print: (line: string) => void): void => {
    last = summary.exec(line) ?? last;
    repeats += repeatsIn(line);
    print(`${name.padEnd(4)} │ ${line}`);
  };
  createInterface(child.stdout).on('line', (line) => show(line, console.log));
  createInterface(child.stderr).on('line', (line) => show(line, console.error));
  const code = await ended;
  const [passed, failed] = last ? [Number(last[1]), Number(last[2])] : [0, 0];
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, repeats };
}

async function runLane(suites: readonly Suite[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const suite of suites) results.push(await runSuite(suite));
  return results;
}

/** What runs side by side, each one suite after the other. */
async function lanes(): Promise<(readonly Suite[])[]> {
  const files = await testsOfWorkbench();
  const left = Math.round(files.length * shareLeft);
  const ui = (some: readonly string[]): Suite => ({ name: 'ui', args: ['--keep-failures', ...some] });
  return [[{ name: 'unit' }, { name: 'host' }, ui(files.slice(0, left))], [ui(files.slice(left))]];
}

async function main(): Promise<void> {
  await rm(failuresFolder('ui'), { recursive: true, force: true });
  const results = (await Promise.all((await lanes()).map(runLane))).flat();
  const sum = (of: keyof Result): number => results.reduce((all, result) => all + result[of], 0);
  console.log(sumOfRepeats(sum('repeats')));
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 || sum('repeats') > mostRepeats ? 1 : 0;
}

void main();
