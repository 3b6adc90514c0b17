import { spawnSync } from 'node:child_process';
import type { NewPlan } from '../../../../src/access/journal/journal';
import type { Session } from '../../../../src/access/journal/session';
import { type JournalStorage, type LineWriter, MemoryStorage } from '../../../../src/access/journal/storage';
import type { Plan } from '../../../../src/access/plan/plan';

/** A session whose process has ended. */
export const dead: Session = { id: 'a session before', pid: spawnSync(process.execPath, ['--version']).pid };

export const newPlan = (plan: Plan, more: Partial<NewPlan> = {}): NewPlan => ({
  profile: 'test',
  organization: 'Test',
  title: 'Grant',
  names: {},
  plan,
  ...more,
});

/** Memory that ends with the process in the middle of what it writes: after so many bytes nothing answers any more. */
export class MortalStorage extends MemoryStorage {
  /** Resolves when the process has ended. */
  readonly death: Promise<void>;
  #die: () => void = () => undefined;

  /** @param acknowledges whether the write that fits exactly is still answered */
  constructor(
    private left: number,
    private readonly acknowledges: boolean,
  ) {
    super();
    this.death = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  override async create(name: string): Promise<LineWriter> {
    await super.create(name);
    return {
      write: (line) => this.#write(name, `${line}\n`),
      close: async () => undefined,
    };
  }

  async #write(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const written = bytes.subarray(0, this.left);
    this.left -= written.length;
    const before = Buffer.from(this.files.get(name) ?? '');
    this.files.set(name, Buffer.concat([before, written]).toString());
    if (written.length === bytes.length && (this.left > 0 || this.acknowledges)) return;
    this.#die();
    await new Promise(() => undefined);
  }
}

/** The same files, for the process that comes after. */
export function survivorOf({ files }: MemoryStorage): JournalStorage & MemoryStorage {
  const storage = new MemoryStorage();
  for (const [name, text] of files) storage.files.set(name, text);
  return storage;
}
