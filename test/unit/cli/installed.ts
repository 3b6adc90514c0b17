import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { accessFilePath } from '../../../src/access/accessFile/accessFilePath';
import type { Emulator } from '../../emulator';
import { npm } from '../../host/vscode/npm';
import { type PackedTool, packTool, toolName } from '../../package/tool';

/** The tool as its users have it: packed, and installed into an empty folder, without a network. */
interface InstalledTool extends PackedTool {
  readonly folder: string;
  /** Its script, which the command starts. */
  readonly script: string;
}

let installing: Promise<InstalledTool> | undefined;

/** The same for all tests of this process. */
export function installedTool(): Promise<InstalledTool> {
  installing ??= install();
  return installing;
}

async function install(): Promise<InstalledTool> {
  const root = await mkdtemp(join(tmpdir(), 'checkpoint-access-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const packed = await packTool(process.cwd(), join(root, 'package'), root);
  const folder = join(root, 'installed');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await npm(
    ['install', '--offline', '--no-audit', '--no-fund', '--no-update-notifier', packed.tarball],
    folder,
  );
  const script = join(folder, 'node_modules', toolName, 'dist', `${toolName}.js`);
  return { ...packed, folder, script };
}

/** A run of the tool that has ended. */
export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that is under way. */
export interface RunningTool {
  readonly child: ChildProcess;
  readonly ended: Promise<ToolRun>;
}

export interface RunOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the installed tool as a build system does: by its command, with an environment of its own. */
export async function startTool(
  args: readonly string[],
  { folder, env = {} }: RunOptions,
): Promise<RunningTool> {
  const tool = await installedTool();
  const isWindows = process.platform === 'win32';
  const command = isWindows ? process.execPath : join(tool.folder, 'node_modules', '.bin', toolName);
  const child = spawn(command, isWindows ? [tool.script, ...args] : args, {
    cwd: folder,
    // Nothing of the system that these tests run in, which may be a build for a pull request.
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]): ToolRun => ({ code: code as number | null, stdout, stderr }),
  );
  return { child, ended };
}

/** A repository of a team, with an access file, whose builds use an emulator. */
export class Workplace {
  readonly folder: string;

  private constructor(
    folder: string,
    readonly emulator: Emulator,
  ) {
    this.folder = folder;
  }

  static async open(emulator: Emulator): Promise<Workplace> {
    return new Workplace(await mkdtemp(join(tmpdir(), 'access-repository-')), emulator);
  }

  path(name: string): string {
    return join(this.folder, ...name.split('/'));
  }

  async write(content: string, name: string = accessFilePath): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
  }

  read(name: string = accessFilePath): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  /** Starts the tool with the key and the base URL. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<RunningTool> {
    const { baseURL, adminAPIKey } = this.emulator;
    return startTool([...args, '--base-url', baseURL], {
      folder: this.folder,
      env: { OPENAI_ADMIN_KEY: adminAPIKey, ...env },
    });
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ToolRun> {
    return (await this.start(args, env)).ended;
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
