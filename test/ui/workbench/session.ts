import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../host/vscode/chromium';
import { clockFileOf, type LaunchOptions, launch, type RunningServer } from '../../host/vscode/launch';
import type { Lane } from '../../host/vscode/pieces';
import type { Run } from '../../host/vscode/run';
import { obtainServer } from '../../host/vscode/server';
import { quietSettings } from '../../host/vscode/settings';
import { replaceSettings } from './settingsEditor';

/** Shared by the tests of one run: a server with the packaged extension, and a browser. */
export interface Session {
  lane: Lane;
  /** The version of VS Code. */
  version: string;
  browser: Browser;
  /** Whether the stored screens are replaced by what is seen. */
  renewsScreens: boolean;
  /** Creates an empty folder to open. VS Code restores unsaved text in the next window of the same folder. */
  newWorkspace(): Promise<string>;
  server(): RunningServer;
  /** Replaces the user settings, in the open window or for the next one. */
  useSettings(settings: Record<string, unknown>, open?: Page): Promise<void>;
  /** The moment at which the clocks of windows opened later start, to go slowly; without one, they have the computer's. */
  useClock(start: Date | undefined): Promise<void>;
  /** Ends the server with all extension hosts, and restarts it with the same port and data. */
  restart(): Promise<void>;
}

let current: Session | undefined;

/** @throws Error outside of a run started by `test/ui/run.ts` */
export function currentSession(): Session {
  if (!current) throw new Error('UI tests are run by test/ui/run.ts, which starts VS Code first.');
  return current;
}

/** Starts the shared session. Installs the package as a user would. */
export async function startSession(
  run: Run,
  lane: Lane,
  packageFile: string,
  { renewsScreens = false } = {},
): Promise<Session> {
  const [server, browser] = await Promise.all([obtainServer(lane), launchChromium(run)]);
  const always = {
    // A sticky row would be in the page twice.
    'workbench.tree.enableStickyScroll': false,
    // Scrolls twenty rows a notch of the wheel, instead of two.
    'workbench.list.mouseWheelScrollSensitivity': 10,
    // A modal editor would cover the palette.
    'workbench.editor.useModal': 'off',
  };
  const options: LaunchOptions = { server, run };
  let running = await launch({ ...options, install: [packageFile] });
  let settings: Record<string, unknown> = always;
  let workspaces = 0;
  current = {
    lane,
    version: server.version,
    browser,
    renewsScreens,
    newWorkspace: async () => {
      workspaces += 1;
      const folder = join(run.folder, `window-${workspaces}`, 'workspace');
      await mkdir(folder, { recursive: true });
      return folder;
    },
    server: () => running,
    useSettings: async (wanted, open) => {
      settings = { ...always, ...wanted };
      if (open) await replaceSettings(open, running.settingsFile, { ...quietSettings, ...settings });
      else await running.writeSettings(settings);
    },
    useClock: async (start) => {
      const file = clockFileOf(running.dataFolder);
      if (start) await writeFile(file, `${start.getTime()}`);
      else await rm(file, { force: true });
    },
    restart: async () => {
      await running.stop();
      running = await launch({ ...options, port: running.port, settings });
    },
  };
  return current;
}
