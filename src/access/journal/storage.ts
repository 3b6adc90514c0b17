/** Where a journal keeps its files: a folder, or memory for the sample organization and for tests. */
export interface JournalStorage {
  /** For messages. */
  readonly folder: string;
  names(): Promise<string[]>;
  read(name: string): Promise<string>;
  /** When it was last written, in milliseconds since 1970. */
  writtenAt(name: string): Promise<number>;
  /** Makes a file that is not there yet. Rejects with code `EEXIST` when it is, whoever made it. */
  create(name: string): Promise<LineWriter>;
  remove(name: string): Promise<void>;
}

/** Appends lines to one file; each call resolves when the line is on the disk. */
export interface LineWriter {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing beyond the life of the object. */
export class MemoryStorage implements JournalStorage {
  readonly folder = 'memory';
  readonly files = new Map<string, string>();

  async names(): Promise<string[]> {
    return [...this.files.keys()];
  }

  async read(name: string): Promise<string> {
    return this.files.get(name) ?? '';
  }

  async writtenAt(): Promise<number> {
    return 0;
  }

  async create(name: string): Promise<LineWriter> {
    if (this.files.has(name)) throw Object.assign(new Error(`${name} exists`), { code: 'EEXIST' });
    this.files.set(name, '');
    return {
      write: async (line) => {
        this.files.set(name, `${this.files.get(name) ?? ''}${line}\n`);
      },
      close: async () => undefined,
    };
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}
