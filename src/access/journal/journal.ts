import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Plan } from '../plan';
import { JournalError } from '../recorder';
import { type Account, accountOf, type Part } from './account';
import { Entry } from './entry';
import { type Begun, version } from './records';
import { isAlive, type Session, thisSession } from './session';
import type { JournalStorage, LineWriter } from './storage';

/** So many plans that have ended are kept, the latest; older ones are removed when a new one begins. */
export const plansKept = 100;

/** A file whose first line is not there yet may be about to get it: so long, in milliseconds, it counts as somebody's. */
const settling = 10_000;

/** What a plan is begun with. */
export interface NewPlan extends Pick<Begun, 'profile' | 'organization' | 'title' | 'names' | 'undoes'> {
  readonly plan: Plan;
}

/**
 * The written record of all plans: what was to be done, each request before it was sent and after it was answered, and
 * what was read back. One or more files a plan, each written by one session only and only ever appended to; whoever makes
 * the next file of an interrupted plan has taken it over, which the file system lets only one do. Contains no key.
 */
export class Journal {
  /** Plans that this session holds: being applied, or offered to the person. */
  readonly #held = new Map<string, Entry>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: JournalStorage,
    private readonly now: () => number = Date.now,
    private readonly session: Session = thisSession,
  ) {}

  /** Begins the record of a plan. Rejects with `JournalError` when it cannot be written: then nothing may be sent. */
  async begin({ plan, ...details }: NewPlan): Promise<Entry> {
    const at = this.now();
    const id = `${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
    const { session } = this;
    const { steps } = plan;
    const head: Begun = { v: version, kind: 'begun', ...details, by: userName(), at, session, steps };
    return this.#inTurn(async () => {
      const entry = await this.#open(id, 1, steps, JSON.stringify(head));
      await this.#prune();
      return entry;
    });
  }

  /** Every plan of a profile, the latest first. Rejects with `JournalError`. */
  async accounts(profile: string): Promise<Account[]> {
    return (await this.#all()).filter((account) => account.profile === profile);
  }

  /** The plans of a profile that were neither brought to an end nor are being applied, here or in another window. */
  interrupted(profile: string): Promise<Account[]> {
    return this.#inTurn(() => this.#interrupted(profile));
  }

  /** The plans of a profile that another window is applying, or offering, as far as can be told. */
  elsewhere(profile: string): Promise<Account[]> {
    return this.#inTurn(async () => {
      const accounts = (await this.accounts(profile)).filter(
        ({ ended, id }) => !ended && !this.#held.has(id),
      );
      const free = await Promise.all(accounts.map((account) => this.#isFree(account)));
      return accounts.filter((_, index) => !free[index]);
    });
  }

  /**
   * Takes over a plan that was interrupted, so that no other window offers it; the same one again while this session
   * holds it. Undefined when it has come to its end, or another window was faster. Rejects with `JournalError`.
   */
  take({ id, profile }: Pick<Account, 'id' | 'profile'>): Promise<Entry | undefined> {
    return this.#inTurn(async () => {
      const held = this.#held.get(id);
      if (held) return held;
      const account = (await this.#interrupted(profile)).find((each) => each.id === id);
      if (!account) return undefined;
      const head = JSON.stringify({ v: version, kind: 'taken', at: this.now(), session: this.session });
      const steps = account.steps.map(({ step }) => step);
      try {
        return await this.#open(id, account.part + 1, steps, head);
      } catch (error) {
        const code = error instanceof JournalError && (error.cause as NodeJS.ErrnoException).code;
        if (code === 'EEXIST') return undefined;
        throw error;
      }
    });
  }

  /** One after the other: what is being taken over looks like another window's until it is. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastTurn.then(work);
    this.#lastTurn = result.catch(() => undefined);
    return result;
  }

  async #interrupted(profile: string): Promise<Account[]> {
    const accounts = await this.accounts(profile);
    const free = await Promise.all(accounts.map((account) => this.#isFree(account)));
    return accounts.filter((_, index) => free[index]);
  }

  async #isFree({ ended, id, session, part }: Account): Promise<boolean> {
    if (ended) return false;
    const held = this.#held.get(id);
    if (held) return !held.isBusy;
    if (session) return !isAlive(session);
    return this.now() - (await this.storage.writtenAt(nameOf(id, part)).catch(() => 0)) > settling;
  }

  async #open(id: string, part: number, steps: Plan['steps'], head: string): Promise<Entry> {
    const { folder } = this.storage;
    let writer: LineWriter | undefined;
    try {
      writer = await this.storage.create(nameOf(id, part));
      await writer.write(head);
    } catch (error) {
      await writer?.close().catch(() => undefined);
      throw new JournalError(folder, error);
    }
    const entry = new Entry(id, steps, writer, folder, this.now, () => this.#held.delete(id));
    this.#held.set(id, entry);
    return entry;
  }

  async #all(): Promise<Account[]> {
    const parts = new Map<string, Part[]>();
    try {
      for (const name of await this.storage.names()) {
        const [, id, number] = /^([\w-]+)\.(\d+)\.jsonl$/.exec(name) ?? [];
        if (!id || !number) continue;
        const text = await this.storage.read(name).catch(ignoreGone);
        parts.set(id, [...(parts.get(id) ?? []), { number: Number(number), text }]);
      }
    } catch (error) {
      throw new JournalError(this.storage.folder, error);
    }
    return [...parts]
      .map(([id, files]) => accountOf(id, files))
      .filter((account) => account !== undefined)
      .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
  }

  /** Never rejects: that old records could not be removed is no reason to change nothing. */
  async #prune(): Promise<void> {
    try {
      const old = (await this.#all()).filter(({ ended }) => ended).slice(plansKept);
      for (const { id, part } of old) {
        // The last one first: it says that the plan has ended, but without the first one there is no plan.
        await this.storage.remove(nameOf(id, 1));
        for (let number = 2; number <= part; number += 1) await this.storage.remove(nameOf(id, number));
      }
    } catch {
      // The next plan tries again.
    }
  }
}

function nameOf(id: string, part: number): string {
  return `${id}.${part}.jsonl`;
}

/** Another window may have removed what was listed a moment ago. */
function ignoreGone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
