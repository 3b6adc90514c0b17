import { userInfo } from 'node:os';
import type { Plan } from '../plan/plan';
import { JournalError } from '../plan/recorder';
import type { Account } from './account';
import { compareIds, heartbeatName, newId, partName } from './fileNames';
import { beat, beatEvery, Pulses, realTiming, type Timing } from './heartbeat';
import { PlanWriter } from './planWriter';
import { accountIn, RecordFolder, type RecordRead } from './recordFolder';
import { type Begun, version } from './records';
import { hasSurelyEnded, type Session, thisSession } from './session';
import { codeOf, type JournalStorage, type LineWriter, largestFile, withCode } from './storage';
import { Tidying } from './tidying';

/** What a plan is begun with. */
export interface NewPlan
  extends Pick<Begun, 'profile' | 'organization' | 'whose' | 'names' | 'undoes' | 'undoesTries'> {
  readonly plan: Plan;
}

/** A plan that this session has taken over, with what the journal says of it as of now. */
export interface HeldPlan {
  readonly entry: PlanWriter;
  readonly account: Account;
}

/** What the journal has of a profile. */
export interface Accounts {
  /** The latest first, without those that were forgotten. */
  readonly accounts: readonly Account[];
  /** How many records of plans cannot be read. Whose they are is not known. */
  readonly unreadable: number;
}

/** The plans of a profile that were not brought to an end, the latest first. */
export interface OpenPlans {
  /** Nobody is at them any more. */
  readonly interrupted: readonly Account[];
  /** Somebody is at them, in this window or another. */
  readonly busy: readonly Account[];
  /** Their window may have ended or still be at them. {@link Journal.watch} finds out. */
  readonly unsure: readonly Account[];
  /** As {@link Accounts.unreadable}. */
  readonly unreadable: number;
}

/**
 * The written record of all plans: what was to be done, each request before it was sent and after it was answered, and
 * what was read back. One or more files a plan, each written by one session only and only ever appended to; whoever makes
 * the next file of an interrupted plan has taken it over, which the file system lets only one do. Contains no key.
 */
export class Journal {
  /** Plans that this session holds: being applied, or looked at to be continued or taken back. */
  readonly #held = new Map<string, PlanWriter>();
  readonly #pulses = new Pulses();
  readonly #records: RecordFolder;
  readonly #tidying: Tidying;
  /** More is removed after a pause. */
  #goesOnTidying = false;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: JournalStorage,
    private readonly now: () => number = Date.now,
    private readonly session: Session = thisSession,
    private readonly timing: Timing = realTiming,
  ) {
    this.#records = new RecordFolder(storage);
    this.#tidying = new Tidying(this.#records, (read) => this.#holderOf(read));
  }

  /** Begins the record of a plan. Rejects with `JournalError` when it cannot be written: then nothing may be sent. */
  async begin({ plan, ...details }: NewPlan): Promise<PlanWriter> {
    const entry = await this.#inTurn(async () => {
      const at = this.now();
      const id = newId(await this.#records.names(), at);
      const { session } = this;
      const { steps } = plan;
      const head: Begun = { v: version, kind: 'begun', ...details, by: userName(), at, session, steps };
      return this.#hold(id, 1, steps, JSON.stringify(head));
    });
    this.#tidyLater();
    return entry;
  }

  /** Every plan of a profile. Rejects with `JournalError` when not even the names of the records can be read. */
  read(profile: string): Promise<Accounts> {
    return this.#inTurn(async () => {
      const all = await this.#read();
      return { accounts: accountsOf(all, profile), unreadable: unreadableIn(all) };
    });
  }

  /** The plans of a profile that have no end, as far as can be told at once. Rejects as {@link read} does. */
  open(profile: string): Promise<OpenPlans> {
    return this.#inTurn(async () => {
      const records = [...(await this.#records.list()).values()];
      const all = await this.#records.read(await this.#records.withoutEnd(records));
      this.#tidyIfNeeded();
      const plans = { nobody: [] as Account[], somebody: [] as Account[], unsure: [] as Account[] };
      const reads = new Map(all.map((read) => [read.files.id, read]));
      for (const account of accountsOf(all, profile)) {
        const read = reads.get(account.id);
        if (read && !account.ended) plans[await this.#holderOf(read)].push(account);
      }
      const { nobody: interrupted, somebody: busy, unsure } = plans;
      return { interrupted, busy, unsure, unreadable: unreadableIn(all) };
    });
  }

  /**
   * The same when it is known of each whether somebody is at it: for a plan whose window may have ended, that takes as
   * long as it takes to see that its heartbeat has stopped. An abort ends it with what is known by then.
   */
  async watch(profile: string, signal?: AbortSignal): Promise<OpenPlans> {
    for (;;) {
      const plans = await this.open(profile);
      if (plans.unsure.length === 0 || signal?.aborted) return plans;
      await this.timing.wait(beatEvery, signal);
    }
  }

  /**
   * Takes over a plan that was interrupted, so that no other window does until it is ended or released. Undefined when it
   * has come to its end, somebody is or may be at it, or another window was faster. Rejects with `JournalError`.
   */
  take({ id, profile }: Pick<Account, 'id' | 'profile'>): Promise<HeldPlan | undefined> {
    return this.#inTurn(async () => {
      const files = (await this.#records.list()).get(id);
      const [read] = files ? await this.#records.read([files]) : [];
      const [account] = read ? accountsOf([read], profile) : [];
      if (!read || !account || account.ended || (await this.#holderOf(read)) !== 'nobody') return undefined;
      const held = this.#held.get(id);
      if (held) return { entry: held, account };
      const head = JSON.stringify({ v: version, kind: 'taken', at: this.now(), session: this.session });
      const steps = account.steps.map(({ step }) => step);
      try {
        const entry = await this.#hold(id, account.part + 1, steps, head);
        await this.storage.remove(heartbeatName(id, account.part)).catch(() => undefined);
        return { entry, account };
      } catch (error) {
        if (error instanceof JournalError && codeOf(error.cause) === 'EEXIST') return undefined;
        throw error;
      }
    });
  }

  /**
   * Removes the records of a profile's plans. A plan that somebody is or may be at, here or in another window, is shown to
   * nobody from now on, and goes when nobody is at it; resolves to those. Rejects with `JournalError`; what was removed by
   * then is gone.
   */
  async forget(profile: string): Promise<Account[]> {
    const stay = await this.#inTurn(async () => {
      for (const { id } of accountsOf(await this.#read(), profile)) await this.#records.forget(id);
      const left: Account[] = [];
      for (const read of await this.#read()) {
        const account = accountIn(read);
        if (!account || account.profile !== profile) continue;
        if (account.ended || (await this.#holderOf(read)) === 'nobody')
          await this.#records.remove(read.files);
        else left.push(account);
      }
      return left;
    });
    if (stay.length > 0) this.#tidyLater();
    return stay;
  }

  /** One after the other: what is being taken over looks like another window's until it is. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastTurn.then(work);
    this.#lastTurn = result.catch(() => undefined);
    return result;
  }

  async #read(): Promise<RecordRead[]> {
    const all = await this.#records.read([...(await this.#records.list()).values()]);
    this.#tidyIfNeeded();
    return all;
  }

  /** Who is at a record that has no end. */
  async #holderOf(read: RecordRead): Promise<'nobody' | 'somebody' | 'unsure'> {
    const { id, parts } = read.files;
    const held = this.#held.get(id);
    if (held) return held.isBusy ? 'somebody' : 'nobody';
    const account = accountIn(read);
    if (account?.released || (account?.session && hasSurelyEnded(account.session))) return 'nobody';
    const name = heartbeatName(id, Math.max(1, ...parts.keys()));
    const text = await this.storage.read(name).catch(() => '');
    const pulse = this.#pulses.look(name, `${text}${read.length}`, this.timing.now());
    return pulse === 'stopped' ? 'nobody' : pulse === 'changing' ? 'somebody' : 'unsure';
  }

  /** Makes a part of a plan's record, and keeps its heartbeat going. */
  async #hold(id: string, part: number, steps: Plan['steps'], head: string): Promise<PlanWriter> {
    const { storage, session, timing } = this;
    const { folder } = storage;
    const name = partName(id, part);
    const heartbeat = heartbeatName(id, part);
    // What cannot be read again must not be begun.
    if (head.length > largestFile / 4) throw new JournalError(folder, withCode('EFBIG'));
    let writer: LineWriter | undefined;
    let stopBeating = (): void => undefined;
    try {
      writer = await storage.create(name);
      stopBeating = await beat(storage, heartbeat, session.id, timing);
      await writer.write(head);
    } catch (error) {
      stopBeating();
      if (writer) {
        await writer.close().catch(() => undefined);
        for (const each of [heartbeat, name]) await storage.remove(each).catch(() => undefined);
      }
      throw new JournalError(folder, error);
    }
    const isOurs = async (): Promise<boolean> => {
      const [first, own, next] = await Promise.all(
        [partName(id, 1), name, partName(id, part + 1)].map((each) => storage.has(each)),
      );
      return Boolean(first && own && !next);
    };
    const left = async (): Promise<void> => {
      stopBeating();
      this.#held.delete(id);
      this.#tidying.ended(id);
      await this.#afterLeaving(id, part).catch(() => undefined);
    };
    const entry = new PlanWriter(id, steps, { writer, folder, isOurs, left }, this.now);
    this.#held.set(id, entry);
    return entry;
  }

  /** Removes what was forgotten while this session was at it, and a file that came too late to be part of a plan. */
  async #afterLeaving(id: string, part: number): Promise<void> {
    await this.storage.remove(heartbeatName(id, part));
    const files = (await this.#records.list()).get(id);
    if (!files?.parts.has(1)) await this.storage.remove(partName(id, part));
    if (!files?.isForgotten) return;
    const [read] = await this.#records.read([files]);
    if (!read) return;
    if (accountIn(read)?.ended || (await this.#holderOf(read)) === 'nobody')
      await this.#records.remove(files);
  }

  #tidyIfNeeded(): void {
    if (this.#records.unbegun.size > 0) this.#tidyLater();
  }

  /**
   * Removes what has to go in the background, in turn with everything else. That old records cannot be removed is no
   * reason to change nothing: the next plan tries again.
   */
  #tidyLater(): void {
    const goOn = (isMore: boolean): void => {
      if (!isMore || this.#goesOnTidying) return;
      this.#goesOnTidying = true;
      void this.timing.wait(beatEvery).then(() => {
        this.#goesOnTidying = false;
        this.#tidyLater();
      });
    };
    this.#inTurn(() => this.#tidying.some()).then(goOn, () => undefined);
  }
}

/** The plans of a profile that were not forgotten, the latest first. */
function accountsOf(all: readonly RecordRead[], profile: string): Account[] {
  return all
    .filter(({ files }) => !files.isForgotten)
    .flatMap((read) => accountIn(read) ?? [])
    .filter((account) => account.profile === profile)
    .sort((one, other) => compareIds(one.id, other.id));
}

function unreadableIn(all: readonly RecordRead[]): number {
  return all.filter(({ reading, files }) => reading === 'unreadable' && !files.isForgotten).length;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
