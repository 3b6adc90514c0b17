import { JournalError } from '../plan/recorder';
import { pauses } from '../slices';
import { type Account, accountOf, type Part, type RecordReading } from './account';
import { forgottenName, heartbeatName, parseFileName, partName } from './fileNames';
import { parseLine } from './records';
import { codeOf, type JournalStorage } from './storage';

/** The files of one plan. */
export interface RecordFiles {
  readonly id: string;
  /** By their numbers: whether each is a regular file. */
  readonly parts: ReadonlyMap<number, boolean>;
  /** By the numbers of the parts. */
  readonly heartbeats: readonly number[];
  /** The person wants the record gone. */
  readonly isForgotten: boolean;
}

interface ListedFiles extends RecordFiles {
  readonly parts: Map<number, boolean>;
  readonly heartbeats: number[];
  isForgotten: boolean;
}

/** What the files of one plan say. */
export interface RecordRead {
  readonly files: RecordFiles;
  /** `gone`: another window has removed them since they were listed. */
  readonly reading: RecordReading | 'gone';
  /** In characters. A record that grows has somebody at it. */
  readonly length: number;
}

/** The last line of a record that has ended is not longer, in bytes. */
const longestEnd = 200;

/** So many files are read at once. */
const readAtOnce = 16;

/** The files of a journal, by plan. Methods reject with `JournalError`. */
export class RecordFolder {
  /** Plans that have ended, which they do but once. */
  readonly #ended = new Set<string>();
  /** Records whose first line is not whole: of a plan that is about to begin, or that never will. */
  readonly unbegun = new Set<string>();

  constructor(private readonly storage: JournalStorage) {}

  async names(): Promise<string[]> {
    return (await this.#orFails(this.storage.list())).map(({ name }) => name);
  }

  /** All plans by their ids, without reading a file. */
  async list(): Promise<Map<string, RecordFiles>> {
    const pause = pauses();
    const all = new Map<string, ListedFiles>();
    for (const { name, isFile } of await this.#orFails(this.storage.list())) {
      await pause();
      const file = parseFileName(name);
      if (!file) continue;
      const { id } = file;
      const found: ListedFiles = all.get(id) ?? {
        id,
        parts: new Map(),
        heartbeats: [],
        isForgotten: false,
      };
      all.set(id, found);
      if (file.kind === 'part') found.parts.set(file.part, isFile);
      else if (file.kind === 'heartbeat') found.heartbeats.push(file.part);
      else found.isForgotten = true;
    }
    return all;
  }

  /** Reads records, in the given order. One that cannot be read says so, and keeps no other from being read. */
  async read(records: readonly RecordFiles[]): Promise<RecordRead[]> {
    const pause = pauses();
    const all: RecordRead[] = [];
    for (let next = 0; next < records.length; next += readAtOnce) {
      const some = records.slice(next, next + readAtOnce);
      const texts = await Promise.all(some.map((files) => this.#textOf(files)));
      // One after the other: side by side, each of them would take a slice of its own.
      for (const [index, files] of some.entries()) {
        const text = texts[index] ?? 'gone';
        const reading = typeof text === 'string' ? text : await accountOf(files.id, text.parts, pause);
        if (reading === 'unbegun') this.unbegun.add(files.id);
        else this.unbegun.delete(files.id);
        if (typeof reading === 'object' && reading.ended) this.#ended.add(files.id);
        all.push({ files, reading, length: typeof text === 'string' ? 0 : text.length });
      }
    }
    return all;
  }

  /** The records that have not ended as far as their last lines say, in the given order. */
  async withoutEnd(records: readonly RecordFiles[]): Promise<RecordFiles[]> {
    const left: RecordFiles[] = [];
    for (let next = 0; next < records.length; next += readAtOnce) {
      const some = records.slice(next, next + readAtOnce);
      const ended = await Promise.all(some.map((each) => this.hasEnded(each)));
      left.push(...some.filter((_, index) => !ended[index]));
    }
    return left;
  }

  /** Whether the last line of a record says that it has ended. That it does not say so means nothing. Never rejects. */
  async hasEnded({ id, parts }: RecordFiles): Promise<boolean> {
    if (this.#ended.has(id)) return true;
    const last = Math.max(0, ...parts.keys());
    if (!parts.get(last)) return false;
    const text = await this.storage.read(partName(id, last), longestEnd).catch(() => '');
    const line = text.trimEnd().split('\n').at(-1) ?? '';
    if (parseLine(line)?.line.kind !== 'ended') return false;
    this.#ended.add(id);
    return true;
  }

  /** Marks a record as one that the person wants gone: its files stay for as long as somebody writes to them. */
  async forget(id: string): Promise<void> {
    try {
      const mark = await this.storage.create(forgottenName(id));
      await mark.close();
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw new JournalError(this.storage.folder, error);
    }
  }

  async remove({ id, parts, heartbeats }: RecordFiles): Promise<void> {
    const names = [
      // The last part says that the plan has ended, but without the first one there is no plan.
      ...[...parts.keys()].sort((one, other) => one - other).map((part) => partName(id, part)),
      ...heartbeats.map((part) => heartbeatName(id, part)),
      forgottenName(id),
    ];
    for (const name of names) await this.#orFails(this.storage.remove(name));
    this.#ended.delete(id);
    this.unbegun.delete(id);
  }

  async #textOf({
    id,
    parts: found,
  }: RecordFiles): Promise<{ readonly parts: Part[]; readonly length: number } | 'unreadable' | 'gone'> {
    const parts: Part[] = [];
    let length = 0;
    for (const [number, isFile] of found) {
      if (!isFile) return 'unreadable';
      try {
        const text = await this.storage.read(partName(id, number));
        parts.push({ number, text });
        length += text.length;
      } catch (error) {
        return codeOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
      }
    }
    return { parts, length };
  }

  async #orFails<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw new JournalError(this.storage.folder, error);
    }
  }
}

/** The plan that a record has; undefined where there is none, or none that can be read. */
export function accountIn({ reading }: RecordRead): Account | undefined {
  return typeof reading === 'object' ? reading : undefined;
}
