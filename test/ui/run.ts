// `node out/test/ui/run.js [--oldest] [--grep pattern] [--package file.vsix] [--renew-screens] [--keep-failures]
// [file.test.js …]`: the UI tests, in the workbench of a real VS Code that has the packaged extension installed. Builds
// nothing.
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../host/vscode/explained';
import { newestPackage } from '../host/vscode/package';
import { failuresFolder } from '../host/vscode/paths';
import { type Run, runCommand } from '../host/vscode/run';
import { say, secondsSince } from '../host/vscode/say';
import { testsOfWorkbench } from './files';
import { runFiles, sumOf } from './runFiles';
import { repeatsInWords, repeatsSoFar } from './workbench/gestures';
import { mostRepeats } from './workbench/repeats';
import { startSession } from './workbench/session';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oldest: { type: 'boolean', default: false },
    grep: { type: 'string' },
    package: { type: 'string' },
    'renew-screens': { type: 'boolean', default: false },
    'keep-failures': { type: 'boolean', default: false },
  },
});

async function main(run: Run): Promise<number> {
  const start = performance.now();
  const files = positionals.length > 0 ? positionals.map((file) => resolve(file)) : await testsOfWorkbench();
  const packageFile = asked.package ? resolve(asked.package) : newestPackage();
  if (!asked['keep-failures']) await rm(failuresFolder('ui'), { recursive: true, force: true });
  const session = await startSession(run, asked.oldest ? 'oldest' : 'current', packageFile, {
    renewsScreens: asked['renew-screens'],
  });
  say(`UI tests in VS Code ${session.version} with ${packageFile}`);

  const results = await runFiles(files, asked.grep);
  const { passed, failed, skipped } = sumOf(results);
  const also = skipped ? `, ${skipped} skipped` : '';
  console.log(
    `UI tests in VS Code ${session.version}: ${passed} passed, ${failed} failed${also} (${secondsSince(start)})`,
  );
  if (passed + failed === 0) throw new Explained('No UI test was run.');
  console.log(repeatsInWords(repeatsSoFar()));
  return failed > 0 || repeatsSoFar().length > mostRepeats ? 1 : 0;
}

void runCommand(main);
