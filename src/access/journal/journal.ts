import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Plan } from '../plan/plan';
import { JournalError } from '../plan/recorder';
import { type Account, accountOf, type Part } from './account';
import { PlanWriter } from './planWriter';
import { type Begun, version } from './records';
import { isAlive, isOfThisMachine, type Session, thisSession } from './session';
import type { JournalStorage, LineWriter } from './storage';

/** So many plans that have ended are kept, the latest; older ones are removed when a new one begins. */
export const plansKept = 100;

/** A file whose first line is not there yet may be about to get it: so long, in milliseconds, it counts as somebody's. */
const settling = 10_000;

/**
 * What a session of another machine has taken counts as its for so long after its last word, in milliseconds: whether it
 * has ended cannot be seen from here. Should it wake up after that, it finds that the plan is no longer its own.
 */
const silence = 60 * 60_000;

/** What a plan is begun with. */
export interface NewPlan
  extends Pick<Begun, 'profile' | 'organization' | 'whose' | 'title' | 'names' | 'undoes'> {
  readonly plan: Plan;
}

/** A plan that this session has taken over, with what the journal says of it as of now. */
export interface HeldPlan {
  readonly entry: PlanWriter;
  readonly account: Account;
}

/**
 * The written record of all plans: what was to be done, each request before it was sent and after it was answered, and
 * what was read back. One or more files a plan, each written by one session only and only ever appended to; whoever makes
 * the next file of an interrupted plan has taken it over, which the file system lets only one do. Contains no key.
 */
export class Journal {
  /** Plans that this session holds: being applied, or looked at to be continued or taken back. */
  readonly #held = new Map<string, PlanWriter>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: JournalStorage,
    private readonly now: () => number = Date.now,
    private readonly session: Session = thisSession,
  ) {}

  /** Begins the record of a plan. Rejects with `JournalError` when it cannot be written: then nothing may be sent. */
  async begin({ plan, ...details }: NewPlan): Promise<PlanWriter> {
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

  /** Every plan of a profile, the latest first, without those that were forgotten. Rejects with `JournalError`. */
  async accounts(profile: string): Promise<Account[]> {
    const { accounts, forgotten } = await this.#all();
    return accounts.filter((account) => account.profile === profile && !forgotten.has(account.id));
  }

  /** The plans of a profile that were neither brought to an end nor are being applied, here or in another window. */
  interrupted(profile: string): Promise<Account[]> {
    return this.#inTurn(() => this.#interrupted(profile));
  }

  /** The plans of a profile that another window is applying, or about to, as far as can be told. */
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
   * Takes over a plan that was interrupted, so that no other window does until it is ended or released. Undefined when it
   * has come to its end, is being dealt with, or another window was faster. Rejects with `JournalError`.
   */
  take({ id, profile }: Pick<Account, 'id' | 'profile'>): Promise<HeldPlan | undefined> {
    return this.#inTurn(async () => {
      const account = (await this.#interrupted(profile)).find((each) => each.id === id);
      if (!account) return undefined;
      const held = this.#held.get(id);
      if (held) return { entry: held, account };
      const head = JSON.stringify({ v: version, kind: 'taken', at: this.now(), session: this.session });
      const steps = account.steps.map(({ step }) => step);
      try {
        return { entry: await this.#open(id, account.part + 1, steps, head), account };
      } catch (error) {
        const code = error instanceof JournalError && (error.cause as NodeJS.ErrnoException).code;
        if (code === 'EEXIST') return undefined;
        throw error;
      }
    });
  }

  /**
   * Removes the records of a profile's plans. A plan that somebody is at, here or in another window, is shown to nobody
   * from now on and goes when it ends; resolves to those. Rejects with `JournalError`; what was removed by then is gone.
   */
  forget(profile: string): Promise<Account[]> {
    return this.#inTurn(async () => {
      for (const { id } of await this.accounts(profile)) await this.#mark(id);
      return (await this.#removeForgotten()).filter((account) => account.profile === profile);
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

  async #isFree({ ended, id, session, released, part }: Account): Promise<boolean> {
    if (ended) return false;
    const held = this.#held.get(id);
    if (held) return !held.isBusy;
    if (released) return true;
    if (session && isOfThisMachine(session)) return !isAlive(session);
    const silent = this.now() - (await this.storage.writtenAt(nameOf(id, part)).catch(() => 0));
    return silent > (session ? silence : settling);
  }

  async #open(id: string, part: number, steps: Plan['steps'], head: string): Promise<PlanWriter> {
    const { folder } = this.storage;
    let writer: LineWriter | undefined;
    try {
      writer = await this.storage.create(nameOf(id, part));
      await writer.write(head);
    } catch (error) {
      await writer?.close().catch(() => undefined);
      throw new JournalError(folder, error);
    }
    const isOurs = async (): Promise<boolean> => {
      const names = await this.storage.names();
      return (
        names.includes(nameOf(id, part)) &&
        names.includes(nameOf(id, 1)) &&
        !names.includes(nameOf(id, part + 1))
      );
    };
    const left = async (): Promise<void> => {
      this.#held.delete(id);
      await this.#tidy(id, part).catch(() => undefined);
    };
    const entry = new PlanWriter(id, steps, { writer, folder, isOurs, left }, this.now);
    this.#held.set(id, entry);
    return entry;
  }

  /** Those that were forgotten are among the accounts for as long as their files are there. */
  async #all(): Promise<{ accounts: Account[]; forgotten: ReadonlySet<string> }> {
    const parts = new Map<string, Part[]>();
    const forgotten = new Set<string>();
    try {
      for (const name of await this.storage.names()) {
        const [, marked] = /^([\w-]+)\.forgotten$/.exec(name) ?? [];
        if (marked) forgotten.add(marked);
        const [, id, number] = /^([\w-]+)\.(\d+)\.jsonl$/.exec(name) ?? [];
        if (!id || !number) continue;
        const text = await this.storage.read(name).catch(ignoreGone);
        parts.set(id, [...(parts.get(id) ?? []), { number: Number(number), text }]);
      }
    } catch (error) {
      throw new JournalError(this.storage.folder, error);
    }
    const accounts = [...parts]
      .map(([id, files]) => accountOf(id, files))
      .filter((account) => account !== undefined)
      .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
    return { accounts, forgotten };
  }

  /** Its files may have to stay for as long as somebody writes to them. */
  async #mark(id: string): Promise<void> {
    try {
      const mark = await this.storage.create(markOf(id));
      await mark.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new JournalError(this.storage.folder, error);
    }
  }

  /** Removes what was forgotten while this session was at it, and a file that came too late to be part of a plan. */
  async #tidy(id: string, part: number): Promise<void> {
    const names = await this.storage.names();
    if (!names.includes(nameOf(id, 1))) await this.storage.remove(nameOf(id, part));
    if (names.includes(markOf(id))) await this.#removeForgotten();
  }

  /** Resolves to those that somebody is still at. */
  async #removeForgotten(): Promise<Account[]> {
    const { accounts, forgotten } = await this.#all();
    const stay: Account[] = [];
    for (const account of accounts.filter(({ id }) => forgotten.has(id))) {
      if (account.ended || (await this.#isFree(account))) await this.#remove(account);
      else stay.push(account);
    }
    return stay;
  }

  async #remove({ id, part }: Account): Promise<void> {
    try {
      // The last one says that the plan has ended, but without the first one there is no plan.
      for (let number = 1; number <= part; number += 1) await this.storage.remove(nameOf(id, number));
      await this.storage.remove(markOf(id));
    } catch (error) {
      throw new JournalError(this.storage.folder, error);
    }
  }

  /** Never rejects: that old records could not be removed is no reason to change nothing. */
  async #prune(): Promise<void> {
    try {
      await this.#removeForgotten();
      const { accounts } = await this.#all();
      for (const old of accounts.filter(({ ended }) => ended).slice(plansKept)) await this.#remove(old);
    } catch {
      // The next plan tries again.
    }
  }
}

function nameOf(id: string, part: number): string {
  return `${id}.${part}.jsonl`;
}

/** An empty file of this name says that the person wants the plan's record gone. */
function markOf(id: string): string {
  return `${id}.forgotten`;
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
