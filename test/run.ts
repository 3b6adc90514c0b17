// `node out/test/run.js`: every test there is, one suite after the other. Builds nothing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const suites = ['unit', 'host', 'ui'];
const summary = /(\d+) passed, (\d+) failed/g;

interface Result {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a suite, shows what it prints, and reads its summary. A suite that ends without one has failed. */
function runSuite(name: string): Promise<Result> {
  const child = spawn(process.execPath, [join(__dirname, name, 'run.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => {
    process.stdout.write(part);
    printed += part.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const last = [...printed.matchAll(summary)].at(-1);
      const [passed, failed] = last ? [Number(last[1]), Number(last[2])] : [0, 0];
      resolve({ passed, failed: failed === 0 && code !== 0 ? 1 : failed });
    });
  });
}

async function main(): Promise<void> {
  let passed = 0;
  let failed = 0;
  for (const name of suites) {
    const result = await runSuite(name);
    passed += result.passed;
    failed += result.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

void main();
