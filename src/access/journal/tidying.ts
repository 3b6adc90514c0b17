import { compareIds } from './fileNames';
import { accountIn, type RecordFiles, type RecordFolder, type RecordRead } from './recordFolder';

/** So many plans that have ended are kept, the latest. Older ones are removed after a new one has begun. */
export const plansKept = 100;

/** So many records are looked at in one go. */
const atOnce = 200;

/** Removes records that have to go, some at a time. */
export class Tidying {
  /** Old records that have to stay as far as this session knows: they were not brought to an end, or cannot be read. */
  readonly #staying = new Set<string>();

  constructor(
    private readonly records: RecordFolder,
    /** Who is at a record that has no end. */
    private readonly holderOf: (read: RecordRead) => Promise<'nobody' | 'somebody' | 'unsure'>,
  ) {}

  /** Resolves to whether there may be more to remove. Rejects with `JournalError` when the files cannot be listed. */
  async some(): Promise<boolean> {
    const all = [...(await this.records.list()).values()];
    const isRemaining = await this.#removeRemains(all);
    return (await this.#prune(all)) || isRemaining;
  }

  /** A plan whose end was written down may have been one that had to stay. */
  ended(id: string): void {
    this.#staying.delete(id);
  }

  /** What the person wants gone, and what a crash has left of plans that never began, once nobody is at it. */
  async #removeRemains(all: readonly RecordFiles[]): Promise<boolean> {
    const { unbegun } = this.records;
    const remains = all.filter(
      ({ id, parts, isForgotten }) => isForgotten || !parts.has(1) || unbegun.has(id),
    );
    let isUnsure = remains.length > atOnce;
    for (const read of await this.records.read(remains.slice(0, atOnce))) {
      const { files, reading } = read;
      if (!files.isForgotten && reading !== 'unbegun') continue;
      const holder = accountIn(read)?.ended ? 'nobody' : await this.holderOf(read);
      if (holder === 'nobody') await this.#remove(files);
      else if (holder === 'unsure') isUnsure = true;
    }
    return isUnsure;
  }

  /** Keeps the latest plans that have ended, by their order and not by the clock, and all others. */
  async #prune(all: readonly RecordFiles[]): Promise<boolean> {
    if (all.length <= plansKept) return false;
    const newestFirst = all.toSorted((one, other) => compareIds(one.id, other.id));
    let kept = 0;
    let next = 0;
    for (; kept < plansKept && next < newestFirst.length; next += 1) {
      const files = newestFirst[next];
      if (files && (await this.records.hasEnded(files))) kept += 1;
    }
    const oldestFirst = newestFirst
      .slice(next)
      .reverse()
      .filter(({ id }) => !this.#staying.has(id));
    for (const read of await this.records.read(oldestFirst.slice(0, atOnce))) {
      if (!accountIn(read)?.ended || !(await this.#remove(read.files))) this.#staying.add(read.files.id);
    }
    return oldestFirst.length > atOnce;
  }

  async #remove(files: RecordFiles): Promise<boolean> {
    return this.records.remove(files).then(
      () => true,
      () => false,
    );
  }
}
