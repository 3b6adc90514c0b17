import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFailure } from '../words/cli';
import { exitCodes, Stop } from './exitCodes';

/** Reads a text. Throws {@link Stop}. */
export async function readText(folder: string, path: string): Promise<string> {
  return readFile(resolve(folder, path), 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new Stop(exitCodes.error, 'file', fileFailure('read', path, code));
  });
}

/** Writes a text. With `isNew`, an existing file is not replaced. Throws {@link Stop}. */
export async function writeText(folder: string, path: string, text: string, isNew = false): Promise<void> {
  await writeFile(resolve(folder, path), text, { flag: isNew ? 'wx' : 'w' }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new Stop(exitCodes.error, 'file', fileFailure('write', path, code));
    },
  );
}
