import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalStorage, LineWriter } from './storage';

/** A journal's files in a folder, readable by their owner alone. The folder is made when the first file is. */
export class FileStorage implements JournalStorage {
  constructor(readonly folder: string) {}

  async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  async writtenAt(name: string): Promise<number> {
    return (await stat(join(this.folder, name))).mtimeMs;
  }

  async create(name: string): Promise<LineWriter> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(join(this.folder, name), 'ax', 0o600);
    await keepNames(this.folder);
    return {
      async write(line) {
        await file.appendFile(`${line}\n`);
        await file.datasync();
      },
      close: () => file.close(),
    };
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
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
