import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  codeOf,
  type JournalStorage,
  type LineWriter,
  largestFile,
  type StoredFile,
  withCode,
} from './storage';

/** No link is followed, and a pipe does not keep anybody waiting. Windows has neither flag: there, a look before decides. */
const { O_RDONLY, O_WRONLY, O_CREAT } = constants;
const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A journal's files in a folder, readable by their owner alone. The folder is made when the first file is. */
export class FileStorage implements JournalStorage {
  constructor(
    readonly folder: string,
    /** How a file that lines are appended to is opened. */
    private readonly openNew: (path: string) => Promise<LineFile> = (path) => open(path, 'ax', 0o600),
  ) {}

  async list(): Promise<StoredFile[]> {
    try {
      const found: StoredFile[] = [];
      // Some at a time: thousands of names at once would keep others waiting.
      for await (const entry of await opendir(this.folder, { bufferSize: 256 }))
        found.push({ name: entry.name, isFile: entry.isFile() });
      return found;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async has(name: string): Promise<boolean> {
    try {
      await lstat(join(this.folder, name));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async read(name: string, last?: number): Promise<string> {
    const path = join(this.folder, name);
    if (!(await lstat(path)).isFile()) throw withCode('EINVAL');
    const file = await open(path, O_RDONLY | careful);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw withCode('EINVAL');
      if (last !== undefined && last < stat.size) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(last), 0, last, stat.size - last);
        return buffer.toString('utf8', 0, bytesRead);
      }
      if (stat.size > largestFile) throw withCode('EFBIG');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  }

  async create(name: string): Promise<LineWriter> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await this.openNew(join(this.folder, name));
    await keepNames(this.folder);
    return new FileLines(file);
  }

  async put(name: string, text: string, make: boolean): Promise<void> {
    const path = join(this.folder, name);
    // Where no flag keeps from following a link.
    const known = await lstat(path).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    if (known && !known.isFile()) throw withCode('EINVAL');
    const file = await open(path, O_WRONLY | careful | (make ? O_CREAT : 0), 0o600);
    try {
      await file.write(text, 0);
    } finally {
      await file.close();
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }
}

/** What {@link FileLines} needs of a file that is opened for appending. */
export type LineFile = Pick<FileHandle, 'appendFile' | 'datasync' | 'truncate' | 'close'>;

/** Makes sure that a line which was cut, but only of its end, is not read as a whole one. */
const endOfCutLine = ' cut\n';

class FileLines implements LineWriter {
  /** The bytes that were acknowledged; undefined since something else is among them that could not be taken back. */
  #length: number | undefined = 0;
  /** The last write failed, and is not taken back. */
  #isCut = false;

  constructor(private readonly file: LineFile) {}

  async write(line: string): Promise<void> {
    const bytes = Buffer.from(`${this.#isCut ? endOfCutLine : ''}${line}\n`);
    try {
      await this.file.appendFile(bytes);
      await this.file.datasync();
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
    this.#isCut = false;
    if (this.#length !== undefined) this.#length += bytes.length;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** What was not acknowledged is not to be read later as if it had been. */
  async #takeBack(): Promise<void> {
    const length = this.#length;
    this.#length = undefined;
    this.#isCut = true;
    if (length === undefined) return;
    await this.file.truncate(length).then(
      () => {
        this.#length = length;
        this.#isCut = false;
      },
      () => undefined,
    );
  }
}

/** A new file's name is on the disk only when its folder is; where that cannot be asked for (Windows), it needs not. */
async function keepNames(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file system sees to it by itself, or not at all.
  }
}
