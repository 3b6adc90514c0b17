// `node out/test/demo/run.js [file.vsix]`: a real VS Code with the packaged extension, in a browser of the person's own,
// until Ctrl-C. Builds nothing; without a file, it packages what was built.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launch } from '../host/vscode/launch';
import { type Run, runCommand } from '../host/vscode/run';
import { obtainServer } from '../host/vscode/server';
import { checkPackage } from '../package/check';
import { pack } from '../package/pack';
import { openInBrowser } from './openInBrowser';

const readme = `# A folder to look around in

Open **Checkpoint Permissions** in the activity bar (the bar of icons at the far left) and choose
*Open Sample Organization*. It needs no key and changes nothing outside this window.

This folder is a temporary one. It disappears when the demo ends.
`;

async function main(run: Run): Promise<number> {
  const file = process.argv[2] ? resolve(process.argv[2]) : await packed(process.cwd());
  const server = await obtainServer('current');
  const workspace = join(run.folder, 'demo');
  await mkdir(workspace);
  await writeFile(join(workspace, 'README.md'), readme);
  const running = await launch({ server, run, install: [file] });

  const address = `${running.origin}?${new URLSearchParams({ tkn: running.token, folder: workspace })}`;
  console.log(`VS Code ${server.version} with Checkpoint Permissions is at

  ${address}

In it, choose Checkpoint Permissions in the activity bar (far left), then "Open Sample Organization".
Only this machine can reach it. Press Ctrl-C here to end it; nothing of it stays behind.
`);
  openInBrowser(address);
  await running.ended;
  if (run.stopping) return 0;
  console.error(`VS Code's server ended by itself. It printed:\n${running.output()}`);
  return 1;
}

/** Packages what was built. Says only what is wrong with it: sizes are for who works on it. */
async function packed(project: string): Promise<string> {
  const { log } = console;
  // vsce lists what it packs.
  console.log = () => undefined;
  const file = await pack(project).finally(() => {
    console.log = log;
  });
  for (const problem of checkPackage(project, file).problems) console.error(`✘ ${problem}`);
  return file;
}

void runCommand(main, { endedBySignal: 0 });
