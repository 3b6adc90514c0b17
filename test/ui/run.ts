// `node out/test/ui/run.js [--oldest] [--grep pattern] [--package file.vsix] [file.test.js …]`: the UI tests, in the
// workbench of a real VS Code that has the packaged extension installed. Builds nothing.
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../host/vscode/explained';
import { newestPackage } from '../host/vscode/package';
import { failuresFolder } from '../host/vscode/paths';
import { type Run, runCommand } from '../host/vscode/run';
import { say, secondsSince } from '../host/vscode/say';
import { startSession } from './workbench/session';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oldest: { type: 'boolean', default: false },
    grep: { type: 'string' },
    package: { type: 'string' },
  },
});

async function main(run: Run): Promise<number> {
  const start = performance.now();
  const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : await allTests();
  const packageFile = asked.package ? resolve(asked.package) : newestPackage();
  await rm(failuresFolder('ui'), { recursive: true, force: true });
  const session = await startSession(run, asked.oldest ? 'oldest' : 'current', packageFile);
  say(`UI tests in VS Code ${session.version} with ${packageFile}`);

  const { default: Mocha } = await import('mocha');
  // A browser on a machine that does other things as well misses a click now and then. Each second try is told below.
  const retries = process.env.CI ? 1 : 0;
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: 90_000,
    slow: 10_000,
    forbidOnly: true,
    retries,
  });
  if (asked.grep) mocha.grep(new RegExp(asked.grep));
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('retry', (test: Mocha.Test, error: Error) =>
      console.log(`      a second try, because: ${test.title}: ${error.message}`),
    );
  });

  const { passes = 0, failures = 0, pending = 0 } = stats ?? {};
  const skipped = pending ? `, ${pending} skipped` : '';
  console.log(
    `UI tests in VS Code ${session.version}: ${passes} passed, ${failures} failed${skipped} (${secondsSince(start)})`,
  );
  if (passes + failures === 0) throw new Explained('No UI test was run.');
  return failures > 0 ? 1 : 0;
}

async function allTests(): Promise<string[]> {
  return (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => join(__dirname, file));
}

void runCommand(main);
