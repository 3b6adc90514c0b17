// `node out/test/bench/large/run.js`: measures a large organization in the extension host of a real VS Code and prints
// the result as JSON.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLargeSampleOrganization, startEmulator } from '../../emulator';
import { launchChromium } from '../../host/vscode/chromium';
import { launch } from '../../host/vscode/launch';
import { projectRoot } from '../../host/vscode/paths';
import { type Run, runCommand } from '../../host/vscode/run';
import { obtainServer } from '../../host/vscode/server';
import { runTestWindow } from '../../host/vscode/testWindow';
import { resultPrefix } from '../child';
import { type LargeSetting, settingVariable } from './result';

async function main(run: Run): Promise<number> {
  const emulator = await startEmulator({ create: createLargeSampleOrganization });
  run.atEnd(() => emulator.stop());
  const { baseURL, adminAPIKey, organization } = emulator;
  const setting: LargeSetting = { baseURL, adminAPIKey, checkpoints: organization.checkpoints };
  const file = join(run.folder, 'large.json');
  await writeFile(file, JSON.stringify(setting));
  const workspace = join(run.folder, 'workspace');
  await mkdir(workspace);
  const server = await obtainServer('current');
  const browser = await launchChromium(run);
  const running = await launch({ server, run, testDriver: true, env: { [settingVariable]: file } });
  const said: string[] = [];
  try {
    await runTestWindow({
      server: running,
      context: await browser.newContext(),
      extension: projectRoot,
      workspace,
      module: join(__dirname, 'inHost.js'),
      keepsState: false,
      linePrefix: resultPrefix,
      limit: 240_000,
      print: (line) => console.log(`${resultPrefix}${line}`),
      log: (line) => said.push(line),
    });
  } catch (error) {
    console.error(said.slice(-40).join('\n'));
    throw error;
  } finally {
    await running.stop();
  }
  return 0;
}

void runCommand(main);
