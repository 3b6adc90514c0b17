import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The pauses between tries, in milliseconds. */
const pauses = [20, 40, 80, 160, 320, 640] as const;

/** What Windows says of a file that another program has open at the moment. */
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** What {@link replaceFile} needs of the system. */
export interface Renaming {
  /** Whether a file that somebody has open can't be renamed or replaced, as on Windows. */
  readonly isHeldByReaders: boolean;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

const ofSystem: Renaming = { isHeldByReaders: process.platform === 'win32', rename, wait: pause };

/**
 * Renames a file that was just written to a name that may be taken. On Windows, a virus scanner or an indexer opens what
 * is new for a moment, and so may another window: it is tried for a good second. Rejects with the last error of the file
 * system.
 */
export async function replaceFile(from: string, to: string, system: Renaming = ofSystem): Promise<void> {
  const { isHeldByReaders, rename: move, wait } = system;
  for (const milliseconds of isHeldByReaders ? pauses : []) {
    try {
      return await move(from, to);
    } catch (error) {
      if (!heldCodes.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    await wait(milliseconds);
  }
  await move(from, to);
}
