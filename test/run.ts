// `node out/test/run.js`: every test there is. Builds nothing. The workbench mostly waits for its browser, so its tests
// run beside the others; each line says whose it is.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What runs side by side, each one suite after the other. */
const lanes = [['unit', 'host'], ['ui']];

const summary = /(\d+) passed, (\d+) failed/;

interface Result {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a suite, shows what it prints, and reads its summary. A suite that ends without one has failed. */
async function runSuite(name: string): Promise<Result> {
  const child = spawn(process.execPath, [join(__dirname, name, 'run.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let last: RegExpExecArray | null = null;
  const show = (line: string, print: (line: string) => void): void => {
    last = summary.exec(line) ?? last;
    print(`${name.padEnd(4)} │ ${line}`);
  };
  createInterface(child.stdout).on('line', (line) => show(line, console.log));
  createInterface(child.stderr).on('line', (line) => show(line, console.error));
  const code = await ended;
  const [passed, failed] = last ? [Number(last[1]), Number(last[2])] : [0, 0];
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function runLane(names: readonly string[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const name of names) results.push(await runSuite(name));
  return results;
}

async function main(): Promise<void> {
  const results = (await Promise.all(lanes.map(runLane))).flat();
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

void main();
