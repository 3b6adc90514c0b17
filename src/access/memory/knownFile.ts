import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compareIdentity, type OrganizationIdentity, parseIdentity } from '../organizationIdentity';
import { replaceFile } from '../replaceFile';
import { pauses } from '../slices';
import { type KnownAccess, KnownPieces, nothingKnown, parseLine, toLines } from './knownAccess';

/** Goes up when an older version could misunderstand the file. */
const version = 1;

/** A larger file, in bytes, was not written by this version and is dropped. */
const maxBytes = 64 * 2 ** 20;

/** What was read from a file. */
export interface KnownFileContents {
  readonly known: KnownAccess;
  /** Lines, or the whole file, that could not be understood. */
  readonly isDamaged: boolean;
}

/**
 * The file that keeps what was loaded of one organization: one JSON value a line, after a line that names the version
 * and the organization. Long lists take several lines. Readable by its owner alone, and replaced whole, so that no reader gets half of it.
 */
export class KnownFile {
  readonly #path: string;
  readonly #name: string;
  /** What this object read or wrote last, to notice the other windows. */
  #seen: string | undefined;

  /** `id`: that of the profile, unique in the folder. */
  constructor(
    private readonly folder: string,
    id: string,
  ) {
    this.#name = `${encodeURIComponent(id)}.jsonl`;
    this.#path = join(folder, this.#name);
  }

  /**
   * The contents, unless they are of another organization than `whose`, or of a newer version. Undefined without a file.
   * Rejects with the error of the file system.
   */
  async read(whose: OrganizationIdentity): Promise<KnownFileContents | undefined> {
    const state = await this.#state();
    this.#seen = state?.stamp;
    if (!state) return undefined;
    if (!state.isFile || state.size > maxBytes) return { known: nothingKnown, isDamaged: true };
    const pieces = new KnownPieces();
    let isDamaged = false;
    let isFirst = true;
    const pause = pauses();
    const file = await open(this.#path, 'r');
    try {
      for await (const line of file.readLines({ encoding: 'utf8' })) {
        await pause();
        if (isFirst) {
          isFirst = false;
          const head = parseHead(line);
          if (head === undefined) return { known: nothingKnown, isDamaged: true };
          const isOurs = head.v === version && compareIdentity(head.whose, whose) === 'same';
          if (!isOurs) return { known: nothingKnown, isDamaged: false };
          continue;
        }
        const piece = parseLine(line);
        if (!piece) pieces.breakOff();
        if (!piece || !pieces.add(piece)) isDamaged = true;
      }
    } finally {
      // Also when it was not read to its end.
      await file.close();
    }
    return { known: pieces.known, isDamaged: isDamaged || isFirst || pieces.isBroken };
  }

  /** Whether the file is not what this object read or wrote last. Never rejects. */
  async isChanged(): Promise<boolean> {
    const state = await this.#state().catch(() => undefined);
    return state?.stamp !== this.#seen;
  }

  /** Replaces the file. Rejects with the error of the file system; then the old file is still there, whole. */
  async replace(whose: OrganizationIdentity, known: KnownAccess): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.folder, `${this.#name}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.appendFile(`${JSON.stringify({ v: version, whose })}\n`);
        for (const line of toLines(known)) await file.appendFile(`${line}\n`);
        // Without it, a computer that loses power may keep the name and lose the contents.
        await file.sync();
      } finally {
        await file.close();
      }
      await replaceFile(temporary, this.#path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    this.#seen = (await this.#state())?.stamp;
  }

  /** Removes the file, and what a write that was cut off has left. Rejects with the error of the file system. */
  async remove(): Promise<void> {
    this.#seen = undefined;
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) {
      const isOurs = name === this.#name || (name.startsWith(`${this.#name}.`) && name.endsWith('.tmp'));
      if (isOurs) await rm(join(this.folder, name), { force: true, recursive: true });
    }
  }

  async #state(): Promise<{ stamp: string; size: number; isFile: boolean } | undefined> {
    try {
      // A file's number on Windows, and a time in nanoseconds, are larger than a number can hold exactly.
      const stats = await lstat(this.#path, { bigint: true });
      const stamp = `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
      return { stamp, size: Number(stats.size), isFile: stats.isFile() };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

function parseHead(line: string): { v: number; whose: OrganizationIdentity | undefined } | undefined {
  try {
    const { v, whose } = JSON.parse(line) as { v?: unknown; whose?: unknown };
    return typeof v === 'number' ? { v, whose: parseIdentity(whose) } : undefined;
  } catch {
    return undefined;
  }
}
