// `node out/test/unit/run.js [--grep pattern] [file.test.js …]`: the tests that need nothing but Node and, to compare our
// client with it, the official SDK of today. Builds nothing.
import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { type Forked, forked } from '../host/vscode/fork';
import { forkForSDK } from '../host/vscode/sdk';
import { endSoon, type Outcome, runMocha } from './mocha';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' } },
});

/** Starts VS Code and process groups, as the suites do that Windows doesn't run. */
const ofHarness = `vscode${sep}`;

const conformance = join(__dirname, 'conformance');

/** A file that measures gets a process of its own: what other tests leave in memory would count as its time. */
const isMeasured = (file: string): boolean => /(?:growth|longTurns)\.test\.js$/.test(file);

async function main(): Promise<void> {
  const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : await allTests();
  const compared = files.filter((file) => file.startsWith(`${conformance}${sep}`));
  const measured = files.filter(isMeasured);
  const others = files.filter((file) => !compared.includes(file) && !measured.includes(file));
  const outcomes: Outcome[] = [];
  if (others.length > 0) outcomes.push(await runMocha(others, asked.grep));
  for (const file of measured) outcomes.push(await apart([file], forked));
  if (compared.length > 0) outcomes.push(await apart(compared, forkForSDK));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`Unit tests: ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  endSoon();
}

/** Runs tests in a process of their own. One failure more where that does not end as it should. */
async function apart(
  files: readonly string[],
  fork: (script: string, args: readonly string[]) => Promise<Forked<Outcome>>,
): Promise<Outcome> {
  try {
    const { code, sent } = await fork(join(__dirname, 'apart.js'), [asked.grep ?? '', ...files]);
    if (sent && code === 0) return sent;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return { passed: 0, failed: 1 };
}

async function allTests(): Promise<string[]> {
  return (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .filter((file) => process.platform !== 'win32' || !file.startsWith(ofHarness))
    .sort()
    .map((file) => join(__dirname, file));
}

void main();
