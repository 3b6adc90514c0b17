import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether this is the first call for a profile on a day, over all windows that share the folder. An empty file says that
 * there was one, because of two windows that create it only one succeeds. Files of other days are removed.
 *
 * @param day `YYYY-MM-DD`
 * @returns true also if the folder can't be written to: a notice too many is better than none.
 */
export async function isFirstOfDay(folder: string, profile: string, day: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch {
    return true;
  }
  try {
    await writeFile(join(folder, `${day}.${profile}`), '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
  await removeFiles(folder, (name) => !name.startsWith(`${day}.`));
  return true;
}

/** Removes what {@link isFirstOfDay} keeps of a profile. Never rejects. */
export function forgetNotices(folder: string, profile: string): Promise<void> {
  return removeFiles(folder, (name) => name.endsWith(`.${profile}`));
}

async function removeFiles(folder: string, isRemoved: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const removed = names.filter(isRemoved).map((name) => rm(join(folder, name), { force: true }));
  await Promise.allSettled(removed);
}
