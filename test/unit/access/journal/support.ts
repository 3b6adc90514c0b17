import { spawnSync } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Account, accountOf, type Part } from '../../../../src/access/journal/account';
import type { Timing } from '../../../../src/access/journal/heartbeat';
import type { Journal, NewPlan } from '../../../../src/access/journal/journal';
import { type Session, thisSession } from '../../../../src/access/journal/session';
import { type JournalStorage, type LineWriter, MemoryStorage } from '../../../../src/access/journal/storage';
import type { Plan } from '../../../../src/access/plan/plan';

/** A session whose process has ended. */
export const dead: Session = {
  ...thisSession,
  id: 'a session before',
  pid: spawnSync(process.execPath, ['--version']).pid,
  began: 'before',
};

/** A session of which nothing can be known but its heartbeat: of another machine, or of another system. */
export const unknown = (id: string): Session => ({ id, pid: process.pid, host: 'elsewhere' });

/** The plans that a journal has of a profile. */
export async function accountsIn(journal: Journal, profile = 'test'): Promise<readonly Account[]> {
  return (await journal.read(profile)).accounts;
}

/** Those that it offers. */
export async function interruptedIn(journal: Journal, profile = 'test'): Promise<readonly Account[]> {
  return (await journal.open(profile)).interrupted;
}

/** Those that somebody is or may be at. */
export async function othersIn(journal: Journal, profile = 'test'): Promise<readonly Account[]> {
  const { busy, unsure } = await journal.open(profile);
  return [...busy, ...unsure];
}

/** What the files of a plan say; undefined where that is no plan. */
export async function planIn(...parts: (Part | string)[]): Promise<Account | undefined> {
  const files = parts.map((part, index) =>
    typeof part === 'string' ? { number: index + 1, text: part } : part,
  );
  const reading = await accountOf('id', files, () => undefined);
  return typeof reading === 'object' ? reading : undefined;
}

/** A time that passes when the test says so, for windows that all live by it. */
export class SharedTime {
  now = 0;
  readonly #timers = new Set<{ due: number; every: number; act: () => void }>();

  /** How many clocks tick, without those that somebody waits for once. */
  get ticking(): number {
    return [...this.#timers].filter(({ every }) => every !== Number.POSITIVE_INFINITY).length;
  }

  /** Of one window. A window that sleeps or has crashed does nothing at its times. */
  window(): Timing & { isAsleep: boolean } {
    const add = (due: number, every: number, act: () => void): (() => void) => {
      const timer = { due: this.now + due, every, act };
      this.#timers.add(timer);
      return () => void this.#timers.delete(timer);
    };
    const timing = {
      isAsleep: false,
      now: () => this.now,
      wait: (milliseconds: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          add(milliseconds, Number.POSITIVE_INFINITY, resolve);
          signal?.addEventListener('abort', () => resolve());
        }),
      every: (milliseconds: number, act: () => void) =>
        add(milliseconds, milliseconds, () => timing.isAsleep || act()),
    };
    return timing;
  }

  async pass(milliseconds: number): Promise<void> {
    for (const end = this.now + milliseconds; this.now < end; ) {
      this.now = Math.min(end, ...[...this.#timers].map(({ due }) => due));
      for (const timer of this.#timers) {
        if (timer.due > this.now) continue;
        timer.due += timer.every;
        timer.act();
      }
      // What they wrote is there, and who waited has gone on.
      await nextTurn();
    }
  }

  /** Lets time pass until something has come to its end. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    work.then(end, end);
    for (let turns = 0; !isOver && turns < 1000; turns += 1) {
      await nextTurn();
      if (!isOver) await this.pass(100);
    }
    return work;
  }
}

export const newPlan = (plan: Plan, more: Partial<NewPlan> = {}): NewPlan => ({
  profile: 'test',
  organization: 'Test',
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
