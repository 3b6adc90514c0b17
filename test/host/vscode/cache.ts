import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './paths';
import { say, secondsSince } from './say';

const stamp = '.complete';
const unfinished = /^\.unfinished-(\d+)-/;

/**
 * Returns the cached folder of a piece, and fills it first if it is missing.
 *
 * A folder is filled under a temporary name and renamed when complete, so that an interrupted or concurrent run leaves no
 * partial piece; the run that finishes second discards its copy. The folder's name ends in a digest of the recipe, so a
 * folder never changes.
 *
 * @param name Start of the folder's name: the piece and its version.
 * @param recipe Everything that determines the contents.
 * @param fill Puts the piece into an empty folder. Throws if the piece is invalid.
 */
export async function cached(
  name: string,
  recipe: unknown,
  fill: (folder: string) => Promise<void>,
  root = cacheFolder,
): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 8);
  const place = join(root, `${name}-${digest}`);
  if (existsSync(join(place, stamp))) return place;

  await mkdir(root, { recursive: true });
  await removeUnfinished(root);
  const start = performance.now();
  const folder = await mkdtemp(join(root, `.unfinished-${process.pid}-`));
  try {
    await fill(folder);
    await writeFile(join(folder, stamp), '');
    await moveInto(folder, place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say(`${name}: ready after ${secondsSince(start)}, ${await megabytesIn(place)} MB on disk`);
  return place;
}

async function moveInto(folder: string, place: string): Promise<void> {
  // A folder without a stamp was made by hand, and a rename can't replace it.
  if (existsSync(place) && !existsSync(join(place, stamp))) await rm(place, { recursive: true, force: true });
  try {
    await rename(folder, place);
  } catch (error) {
    if (!existsSync(join(place, stamp))) throw error;
  }
}

/** Removes the partial folders of ended runs. */
async function removeUnfinished(root: string): Promise<void> {
  for (const entry of await readdir(root)) {
    const pid = unfinished.exec(entry)?.[1];
    if (pid && !isRunning(Number(pid))) await rm(join(root, entry), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function megabytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return Math.round(bytes / 1e6);
}
