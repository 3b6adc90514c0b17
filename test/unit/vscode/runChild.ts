// A command of ours in a process of its own, for the tests of how it ends: starts the stand-in for a server, says where
// its folder is, and goes on until it is ended.
import { join } from 'node:path';
import { launch } from '../../host/vscode/launch';
import { runCommand } from '../../host/vscode/run';

void runCommand(async (run) => {
  const main = join(__dirname, 'fakeServer.js');
  const running = await launch({ server: { lane: 'oldest', version: '1.0.0', main }, run });
  const { group } = (await (await fetch(running.origin)).json()) as { group: number };
  console.log(JSON.stringify({ folder: run.folder, group }));
  if (process.argv[2] === 'fail') throw new Error('as it was told to');
  await running.ended;
  return 0;
});
