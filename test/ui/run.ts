// `node out/test/ui/run.js [--oldest] [--grep pattern] [--package file.vsix] [--renew-screens] [file.test.js …]`: the UI tests, in the
// workbench of a real VS Code that has the packaged extension installed. Builds nothing.
import { readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../host/vscode/explained';
import { newestPackage } from '../host/vscode/package';
import { failuresFolder } from '../host/vscode/paths';
import { type Run, runCommand } from '../host/vscode/run';
import { say, secondsSince } from '../host/vscode/say';
import { runFiles, sumOf } from './runFiles';
import { startSession } from './workbench/session';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oldest: { type: 'boolean', default: false },
    grep: { type: 'string' },
    package: { type: 'string' },
    'renew-screens': { type: 'boolean', default: false },
  },
});

async function main(run: Run): Promise<number> {
  const start = performance.now();
  const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : await allTests();
  const packageFile = asked.package ? resolve(asked.package) : newestPackage();
  await rm(failuresFolder('ui'), { recursive: true, force: true });
  const session = await startSession(run, asked.oldest ? 'oldest' : 'current', packageFile, {
    renewsScreens: asked['renew-screens'],
  });
  say(`UI tests in VS Code ${session.version} with ${packageFile}`);

  const results = await runFiles(files, asked.grep);
  const inVain = [...results].filter(([, { failed }]) => failed > 0).map(([file]) => file);
  if (process.env.CI && inVain.length > 0) {
    // A browser on a machine that does other things as well misses a click now and then. Where nobody can look, such a
    // file is run once more, whole and in new windows, because a test that failed leaves its window as it is. Its reason
    // stays above: a fault to be found all the same.
    const names = inVain.map((file) => basename(file, '.test.js')).join(', ');
    console.log(`${sumOf(results).failed} failed. A second run, in new windows, of: ${names}`);
    for (const [file, result] of await runFiles(inVain, asked.grep)) results.set(file, result);
  }

  const { passed, failed, skipped } = sumOf(results);
  const also = skipped ? `, ${skipped} skipped` : '';
  console.log(
    `UI tests in VS Code ${session.version}: ${passed} passed, ${failed} failed${also} (${secondsSince(start)})`,
  );
  if (passed + failed === 0) throw new Explained('No UI test was run.');
  return failed > 0 ? 1 : 0;
}

async function allTests(): Promise<string[]> {
  return (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => join(__dirname, file));
}

void runCommand(main);
