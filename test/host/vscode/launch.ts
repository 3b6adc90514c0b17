import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from './explained';
import { obtainNode } from './node';
import { pieces } from './pieces';
import { endGroup } from './processGroup';
import type { Run } from './run';
import type { Server } from './server';
import { quietSettings } from './settings';

/** Options of a server. */
export interface LaunchOptions {
  server: Server;
  run: Run;
  /** Name of its data folder within the run's. Servers with the same one share their data. */
  data?: string;
  /** With the same port, a browser finds its stored data for this origin. Default: a free port. */
  port?: number;
  /** User settings, added to the default ones of the tests. */
  settings?: Record<string, unknown>;
  /** Allows a page to run tests in the extension host; hides toasts. */
  testDriver?: boolean;
  /** Variables added to the environment of the server and its extension hosts. */
  env?: Record<string, string>;
  /** Packages to install before it starts. */
  install?: string[];
}

/** Where it is written when the clock of windows opened later starts: see `slowClock.ts`. */
export function clockFileOf(dataFolder: string): string {
  return join(dataFolder, 'clock');
}

/** A running VS Code server. */
export interface RunningServer {
  port: number;
  /** Its URL, with a slash at the end. */
  origin: string;
  /** The connection token, for the parameter `tkn` of the first URL, which sets a cookie. */
  token: string;
  /** Its `--server-data-dir`. */
  dataFolder: string;
  /** Its output so far. */
  output(): string;
  /** Resolves when it has ended. */
  ended: Promise<void>;
  /** Path of the user settings. */
  settingsFile: string;
  /** Replaces the user settings for windows opened later; open windows don't watch the file. */
  writeSettings(settings: Record<string, unknown>): Promise<void>;
  /** Installs a packaged extension for windows opened later. */
  install(file: string): Promise<void>;
  /** Uninstalls an extension by its ID. */
  uninstall(extension: string): Promise<void>;
  /** Ends it with all processes it started, also hung ones. */
  stop(): Promise<void>;
}

const startLimit = 60_000;

/**
 * Starts a VS Code server on the loopback interface in its own process group. Resolves when it responds.
 *
 * @throws Error with its output, if it ends or does not respond within a minute.
 */
export async function launch(options: LaunchOptions): Promise<RunningServer> {
  const { run, server } = options;
  if (process.platform === 'win32')
    throw new Explained(
      'VS Code is started this way on Linux and macOS. On Windows use WSL, or "npm run test:desktop".',
    );
  const dataFolder = join(run.folder, options.data ?? 'data');
  const settingsFile = join(dataFolder, 'data/User/settings.json');
  const writeSettings = (settings: Record<string, unknown>) =>
    writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  await mkdir(join(dataFolder, 'data/User'), { recursive: true });
  await writeSettings(options.settings ?? {});

  const node = await obtainNode(`VS Code ${server.version}`, pieces[server.lane].minimumNode);
  const install = (file: string) =>
    changeExtensions(node, options, dataFolder, ['--install-extension', file, '--force']);
  for (const file of options.install ?? []) await install(file);

  const tokenFile = join(dataFolder, 'token');
  const token = await readFile(tokenFile, 'utf8').catch(() => randomBytes(16).toString('hex'));
  await writeFile(tokenFile, token, { mode: 0o600 });
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(options.port ?? 0),
    '--connection-token-file',
    tokenFile,
  ];
  if (options.testDriver) args.push('--enable-smoke-test-driver');
  const child = start(node, options, dataFolder, args);
  const stop = () => end(child);

  let printed = '';
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      printed += `${error.message}\n`;
      resolve();
    });
    child.on('exit', () => resolve());
  });
  const listening = new Promise<number>((resolve) => {
    const read = (chunk: Buffer) => {
      printed += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const port = await Promise.race([listening, ended, pause(startLimit, undefined, { ref: false })]);
  if (port === undefined) {
    await stop();
    throw new Explained(`VS Code ${server.version} did not start. It printed:\n${printed}`);
  }
  return {
    port,
    origin: `http://127.0.0.1:${port}/`,
    token,
    dataFolder,
    output: () => printed,
    ended,
    settingsFile,
    writeSettings,
    install,
    uninstall: (extension) =>
      changeExtensions(node, options, dataFolder, ['--uninstall-extension', extension]),
    stop,
  };
}

/** Installs or uninstalls an extension in the data folder by the server's command line. */
async function changeExtensions(
  node: string,
  options: LaunchOptions,
  dataFolder: string,
  args: string[],
): Promise<void> {
  const child = start(node, options, dataFolder, args);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk;
    });
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  if (code !== 0) throw new Explained(`VS Code did not do ${args.join(' ')}. It printed:\n${printed}`);
}

function start(node: string, options: LaunchOptions, dataFolder: string, args: string[]): ChildProcess {
  const { run, server, env } = options;
  const ours = [server.main, dataFolder, run.folder];
  const always = [
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    dataFolder,
  ];
  // The server passes the options of its Node.js on to its extension hosts.
  const preload = ['--require', join(__dirname, 'preload.js')];
  const child = spawn(node, [...preload, join(__dirname, 'serverProcess.js'), ...ours, ...always, ...args], {
    cwd: run.folder,
    detached: true,
    env: { ...environment(run.folder), CLOCK_FILE: clockFileOf(dataFolder), ...env },
    // The server process exits when its standard input closes, which means that this process has ended.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  run.atEnd(() => end(child));
  return child;
}

/** Our environment without the variables of a surrounding VS Code, and with short socket paths (at most 107 bytes). */
function environment(folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }),
    XDG_RUNTIME_DIR: folder,
    TMPDIR: join(folder, 'tmp'),
  };
}

async function end({ pid }: ChildProcess): Promise<void> {
  if (pid) await endGroup(pid);
}
