// `node out/test/bench/large/run.js`: measures a large organization in the extension host of a real VS Code and prints
// the result as a line of JSON. Builds nothing: dist/ and out/ have to be there.
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLargeSampleOrganization } from '../../emulator';
import { launchChromium } from '../../host/vscode/chromium';
import { launch } from '../../host/vscode/launch';
import { projectRoot } from '../../host/vscode/paths';
import { type Run, runCommand } from '../../host/vscode/run';
import { obtainServer } from '../../host/vscode/server';
import { runTestWindow } from '../../host/vscode/testWindow';
import { type LargeSetting, resultPrefix, settingVariable } from './result';

/** A process of its own, so that its work is not taken for the extension host's. Resolves to its base URL and its key. */
async function startEmulator(run: Run): Promise<Pick<LargeSetting, 'baseURL' | 'adminAPIKey'>> {
  const main = join(__dirname, '../../emulator/main.js');
  const emulator = fork(main, ['--organization', 'large'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  run.atEnd(async () => void emulator.kill());
  return new Promise((resolve, reject) => {
    let said = '';
    emulator.once('exit', (code) => reject(new Error(`The emulator ended (${code}).`)));
    emulator.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const [, baseURL, adminAPIKey] = /^Base URL: (\S+)\nAdmin API key: (\S+) /m.exec(said) ?? [];
      if (baseURL && adminAPIKey) resolve({ baseURL, adminAPIKey });
    });
  });
}

async function main(run: Run): Promise<number> {
  // Made alike in each process.
  const { checkpoints } = createLargeSampleOrganization();
  const setting: LargeSetting = { ...(await startEmulator(run)), checkpoints };
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
      print: (line) => console.log(line),
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
