import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFailure, notRegularFile } from '../words/cli';
import { exitCodes, Stop } from './exitCodes';

/**
 * Reads a text in UTF-8, with its byte order mark. Undefined for anything else. Throws {@link Stop}, also for what is no
 * regular file: a device or a pipe, which a link can lead to, may have no end.
 */
export async function readText(folder: string, path: string): Promise<string | undefined> {
  const full = resolve(folder, path);
  const failed = ({ code }: NodeJS.ErrnoException): never => {
    throw new Stop(exitCodes.error, 'file', fileFailure('read', path, code));
  };
  if (!(await stat(full).catch(failed)).isFile())
    throw new Stop(exitCodes.error, 'file', notRegularFile(path));
  const bytes = await readFile(full).catch(failed);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether two paths are of one file, also by a link. */
export async function areSameFile(folder: string, one: string, other: string): Promise<boolean> {
  const paths = [resolve(folder, one), resolve(folder, other)] as const;
  if (paths[0] === paths[1]) return true;
  const [first, second] = await Promise.all(
    paths.map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  // Some file systems number no files.
  return first !== undefined && first.ino !== 0n && first.ino === second?.ino && first.dev === second.dev;
}

/** Writes a text. With `isNew`, an existing file is not replaced. Throws {@link Stop}. */
export async function writeText(folder: string, path: string, text: string, isNew = false): Promise<void> {
  await writeFile(resolve(folder, path), text, { flag: isNew ? 'wx' : 'w' }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new Stop(exitCodes.error, 'file', fileFailure('write', path, code));
    },
  );
}
