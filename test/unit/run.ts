// `node out/test/unit/run.js [--grep pattern] [file.test.js …]`: the tests that need nothing but Node. Builds nothing.
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' } },
});

async function main(): Promise<void> {
  process.setSourceMapsEnabled(true);
  // A limit for what hangs, not for what is slow: the machine may have other things to do.
  const timeout = 30_000;
  const mocha = new Mocha({ ui: 'bdd', reporter: 'dot', forbidOnly: true, checkLeaks: true, timeout });
  if (asked.grep) mocha.grep(new RegExp(asked.grep));
  for (const file of positionals.length > 0 ? positionals : await allTests()) mocha.addFile(resolve(file));
  await mocha.loadFilesAsync();
  const runner = mocha.run(() => {
    const { passes = 0, failures = 0 } = runner.stats ?? {};
    console.log(`Unit tests: ${passes} passed, ${failures} failed`);
    process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
    // What a test leaves open keeps the process alive. That is a fault of the test, and said instead of waited for.
    setTimeout(() => {
      console.error(`Still open after the tests: ${process.getActiveResourcesInfo().join(', ')}`);
      process.exit(1);
    }, 10_000).unref();
  });
}

async function allTests(): Promise<string[]> {
  return (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => join(__dirname, file));
}

void main();
