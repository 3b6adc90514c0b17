/** Where a journal keeps its files: a folder, or memory for the sample organization and for tests. */
export interface JournalStorage {
  /** For messages. */
  readonly folder: string;
  /** Everything in the folder, also what is no regular file: folders, links, pipes. */
  list(): Promise<StoredFile[]>;
  has(name: string): Promise<boolean>;
  /**
   * The text of a regular file, or its last bytes. Follows no link. Rejects with code `ENOENT` if there is none, and with
   * other codes for what is no regular file, too large, or not readable.
   */
  read(name: string, last?: number): Promise<string>;
  /** Makes a file that is not there yet. Rejects with code `EEXIST` when it is, whoever made it. */
  create(name: string): Promise<LineWriter>;
  /** Makes a small file, or replaces its text. Unless told to make it, rejects with code `ENOENT` when it is gone. */
  put(name: string, text: string, make: boolean): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A larger file is not read, in bytes. */
export const largestFile = 32 * 1024 * 1024;

export interface StoredFile {
  readonly name: string;
  readonly isFile: boolean;
}

/**
 * Appends lines to one file. Each call resolves when the line is on the disk. After a call that was rejected, the file
 * is as it was before, or the next line begins on a line of its own.
 */
export interface LineWriter {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing beyond the life of the object. */
export class MemoryStorage implements JournalStorage {
  readonly folder = 'memory';
  readonly files = new Map<string, string>();

  async list(): Promise<StoredFile[]> {
    return [...this.files.keys()].map((name) => ({ name, isFile: true }));
  }

  async has(name: string): Promise<boolean> {
    return this.files.has(name);
  }

  async read(name: string, last?: number): Promise<string> {
    const text = this.files.get(name);
    if (text === undefined) throw withCode('ENOENT');
    return last === undefined ? text : text.slice(-last);
  }

  async create(name: string): Promise<LineWriter> {
    if (this.files.has(name)) throw withCode('EEXIST');
    this.files.set(name, '');
    return {
      write: async (line) => {
        this.files.set(name, `${this.files.get(name) ?? ''}${line}\n`);
      },
      close: async () => undefined,
    };
  }

  async put(name: string, text: string, make: boolean): Promise<void> {
    if (!make && !this.files.has(name)) throw withCode('ENOENT');
    this.files.set(name, text);
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}

/** An error as the file system has them. */
export function withCode(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
