import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from './explained';
import { projectRoot } from './paths';
import type { Piece } from './pieces';
import { say } from './say';

const attempts = 3;
/** Milliseconds before the second attempt; doubled before the third. */
const usualPause = 1_000;

/** A piece could not be fetched. The message names the piece, the cause, and the next step. */
export class PieceError extends Explained {
  constructor(piece: string, cause: string, whatToDo: string) {
    super(`${piece} could not be had.\n  Cause: ${cause}\n  What to do: ${whatToDo}`);
  }
}

/**
 * Fetches the tarball of a package by npm, from the registry that the machine's npm uses, and verifies the pinned
 * integrity.
 *
 * @returns the tarball's path, inside `folder`
 * @throws PieceError if it cannot be fetched, or differs from the pinned one.
 */
export async function pack(piece: Piece, folder: string, firstPause = usualPause): Promise<string> {
  await retried(piece.spec, firstPause, async () => {
    await emptied(folder);
    await npm(
      ['pack', piece.spec, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'],
      projectRoot,
    );
  });
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.tgz'));
  if (!name)
    throw new PieceError(piece.spec, 'npm pack wrote no tarball', 'run it by hand and see what it says');
  const tarball = join(folder, name);
  const integrity = await integrityOf(tarball);
  if (integrity !== piece.integrity)
    throw new PieceError(
      piece.spec,
      `the tarball that npm fetched is not the pinned one: expected ${piece.integrity}, got ${integrity}`,
      'run "npm cache clean --force" and try again; if it stays so, do not use it: ask who runs your registry',
    );
  return tarball;
}

/**
 * Installs the packages of the lock file in `folder`. npm verifies their integrity. Scripts of packages don't run, so
 * nothing is compiled.
 *
 * @throws PieceError when npm fails
 */
export async function installLocked(what: string, folder: string): Promise<void> {
  // npm reads the .npmrc beside a package.json, which is not the project's here.
  await copyFile(join(projectRoot, '.npmrc'), join(folder, '.npmrc')).catch(ifMissing);
  // npm doesn't find a path with a symbolic link in the lock file.
  const prefix = await realpath(folder);
  await retried(what, usualPause, () =>
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', prefix], prefix),
  );
}

async function retried(what: string, firstPause: number, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const cause = (error as Error).message;
      if (attempt === attempts)
        throw new PieceError(
          what,
          `${cause} (${attempts} attempts)`,
          'check that "npm ping" reaches your registry and that the disk has room, then run the same command again',
        );
      say(`${what}: attempt ${attempt} failed (${cause.split('\n', 1)[0]}), trying again`);
      await pause(attempt * firstPause);
    }
  }
}

/** Runs the npm that started this process, else the one on the PATH. Its output becomes the error. */
export function npm(args: string[], cwd: string): Promise<void> {
  const ours = process.env.npm_execpath;
  const [command, first] = ours && /npm-cli\.c?js$/.test(ours) ? [process.execPath, [ours]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.on('close', (code) => {
      process.off('exit', end);
      if (code === 0) return resolve();
      const lines = said.split('\n').filter((line) => line.startsWith('npm error'));
      reject(
        new Error(`npm ${args[0]} failed with code ${code}\n${lines.slice(0, 6).join('\n') || said.trim()}`),
      );
    });
  });
}

async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function emptied(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) await rm(join(folder, entry), { recursive: true, force: true });
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
