import { fromDate, toDate } from '../../text/steadyClock';
import { Emitter, type Unsubscribe } from '../emitter';
import type { Listing } from '../loading/listing';
import type { Organization } from '../organization';
import type { OrganizationIdentity } from '../organizationIdentity';
import type { Meanwhile } from '../plan/meanwhile';
import { meanwhile } from '../plan/meanwhile';
import {
  type KnownAccess,
  type KnownList,
  mergeKnown,
  nothingKnown,
  withinLimits,
  withoutFuture,
} from './knownAccess';
import type { KnownFile, KnownFileContents } from './knownFile';

/** What is kept between sessions, and where it is shown. */
export type MemorySource = Pick<Organization, 'catalog' | 'permissions' | 'projects' | 'trail' | 'usage'>;

export interface AccessMemoryParts {
  readonly source: MemorySource;
  readonly whose: OrganizationIdentity;
  readonly file: Pick<KnownFile, 'read' | 'replace' | 'isChanged' | 'remove'>;
  /** Calls back later, in milliseconds. The returned function cancels. Default: a timer that keeps no process alive. */
  readonly later?: (ms: number, callback: () => void) => () => void;
  /** Hears why the file could not be read, written or removed. */
  readonly onFailure?: (error: unknown) => void;
}

/** How long after a change the file is written, in milliseconds. Changes come in bursts. */
const saveDelayMs = 3000;

/** When the file is looked at again after it was written, in milliseconds: two windows may have written at once. */
const checkDelayMs = 7000;

/** The permissions of a checkpoint that were granted or revoked since an earlier session. */
export interface ChangedSince {
  readonly checkpoint: string;
  /** When the list of the earlier session was loaded, in milliseconds since 1970. */
  readonly since: number;
  readonly changes: readonly Meanwhile[];
}

/**
 * Keeps what was loaded of an organization between sessions, in a file. Restoring it sends no request, and what was
 * restored never decides what is sent. Windows with the same organization share the file: the later reading of each
 * list wins.
 */
export class AccessMemory {
  readonly #unsubscribe: Unsubscribe[] = [];
  /** What other windows know that could not be taken over here: for example, a request or a mark came first. */
  #others = nothingKnown;
  /** The dates of what was loaded, so that a reading keeps its date in each save. */
  readonly #dates = new WeakMap<object, number>();
  /** The lists of an earlier session; others were loaded by another window since. */
  readonly #ofEarlierSession = new WeakSet<Listing>();
  #changedSince: ChangedSince[] = [];
  readonly #changed = new Emitter<void>();
  #lastWork: Promise<unknown> = Promise.resolve();
  #cancelSave: (() => void) | undefined;
  #cancelCheck: (() => void) | undefined;
  #isTaking = false;
  #isKept: boolean;

  constructor(
    private readonly parts: AccessMemoryParts,
    isKept = true,
  ) {
    this.#isKept = isKept;
  }

  /**
   * Shows what an earlier session knew, and keeps what is loaded from now on. Never rejects. Resolves to whether the
   * file was damaged; what could be read of it is shown.
   */
  async restore(): Promise<{ readonly isDamaged: boolean }> {
    const { source } = this.parts;
    const found = this.#isKept ? await this.#inTurn(() => this.#read()) : undefined;
    if (found) this.#take(found.known);
    for (const id of source.catalog.ids) {
      const { listing } = source.permissions.snapshot(id);
      if (listing) this.#ofEarlierSession.add(listing);
    }
    const onChange = (): void => this.#schedule();
    this.#unsubscribe.push(
      source.permissions.onDidChange(onChange),
      source.permissions.onDidReplaceRestored(({ checkpoint, before, after }) => {
        if (!this.#ofEarlierSession.has(before)) return;
        const changes = meanwhile(checkpoint, before, after, []);
        this.#changedSince.push({ checkpoint, since: toDate(before.readAt), changes });
        this.#changed.emit();
      }),
      source.projects.onDidChange(onChange),
      source.trail.onDidChange(onChange),
      source.usage.onDidChange(onChange),
      source.catalog.onDidChange(onChange),
    );
    return { isDamaged: found?.isDamaged ?? false };
  }

  /** Notifies when a list of an earlier session was loaded again. */
  onDidReload(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** What changed since the earlier session, for the lists that were loaded again. Each is told once. */
  takeChanges(): ChangedSince[] {
    const changes = this.#changedSince;
    this.#changedSince = [];
    return changes;
  }

  /** Keeps what is loaded, or stops that and removes the file. Never rejects. */
  async setKept(isKept: boolean): Promise<void> {
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    if (isKept) this.#schedule();
    else await this.#forget();
  }

  /** Writes now what waits to be written. Never rejects. */
  async flush(): Promise<void> {
    if (this.#cancelSave) this.#save();
    await this.#lastWork;
  }

  /**
   * Writes what waits to be written, as it is now, and stops keeping. Never rejects.
   *
   * @param isWanted asked before it is written: the organization may have been removed by another window
   */
  async close(isWanted: () => Promise<boolean> = async () => true): Promise<void> {
    const known = this.#cancelSave && this.#isKept ? this.#kept() : undefined;
    this.dispose();
    if (known) {
      const { file, whose } = this.parts;
      await this.#inTurn(async () => {
        if (!(await isWanted())) return;
        const others = (await file.isChanged()) ? (await this.#read())?.known : undefined;
        await file.replace(whose, others ? this.#kept(mergeKnown(others, known)) : known);
      });
    }
    await this.#lastWork;
  }

  /** Stops keeping. What waits to be written is lost. */
  dispose(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#cancelSave?.();
    this.#cancelCheck?.();
    this.#cancelSave = this.#cancelCheck = undefined;
    this.#isKept = false;
  }

  /** Stops keeping, and removes the file. Never rejects. */
  async remove(): Promise<void> {
    this.dispose();
    await this.#forget();
  }

  async #forget(): Promise<void> {
    this.#cancelSave?.();
    this.#cancelCheck?.();
    this.#cancelSave = this.#cancelCheck = undefined;
    this.#others = nothingKnown;
    await this.#inTurn(() => this.parts.file.remove());
  }

  #schedule(): void {
    if (this.#isTaking || !this.#isKept || this.#cancelSave) return;
    this.#cancelSave = this.#later(saveDelayMs, () => this.#save());
  }

  #save(): void {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    void this.#inTurn(() => this.#write());
  }

  async #write(): Promise<void> {
    const { file, whose } = this.parts;
    if (!this.#isKept) return;
    if (await file.isChanged()) this.#take((await this.#read())?.known);
    if (!this.#isKept) return;
    await file.replace(whose, this.#kept());
    this.#cancelCheck?.();
    this.#cancelCheck = this.#later(checkDelayMs, () => {
      this.#cancelCheck = undefined;
      void this.#inTurn(() => this.#check());
    });
  }

  /** Another window that wrote at the same time may have put back what was loaded here. */
  async #check(): Promise<void> {
    if (this.#isKept && (await this.parts.file.isChanged())) await this.#write();
  }

  async #read(): Promise<KnownFileContents | undefined> {
    const found = await this.parts.file.read(this.parts.whose);
    return found && { ...found, known: withoutFuture(found.known, Date.now()) };
  }

  #kept(known = this.#gather()): KnownAccess {
    return withinLimits(known, (id) => this.parts.source.catalog.has(id));
  }

  #gather(): KnownAccess {
    const { catalog, permissions, projects, trail, usage } = this.parts.source;
    const lists = new Map<string, KnownList>();
    for (const id of catalog.ids) {
      const { listing, beforeChange, outdated } = permissions.snapshot(id);
      if (!listing) continue;
      const { permissions: rows, ending, readAt, trail } = listing;
      lists.set(id, {
        permissions: rows,
        ending,
        // How it was read is not kept, so a doubt about it counts as one about the order.
        isNewestFirst: listing.isNewestFirst && trail?.doubt === undefined,
        loadedAt: this.#dateOf(listing, readAt),
        ...(beforeChange && { beforeChange: true }),
        ...(outdated && { outdated: true }),
      });
    }
    const { projects: byId, readAt, incomplete } = projects.snapshot;
    const { known: used } = usage;
    const log = trail.restorable;
    const here: KnownAccess = {
      lists,
      ...(readAt !== undefined && {
        projects: {
          projects: [...byId.values()],
          loadedAt: this.#dateOf(byId, readAt),
          ...(incomplete !== undefined && { incomplete }),
        },
      }),
      ...(log && { log: { ...log, loadedAt: this.#dateOf(log.events, log.loadedAt) } }),
      ...(used && { usage: used }),
    };
    return mergeKnown(here, this.#others);
  }

  /** Takes over what is later than what is loaded here. */
  #take(known: KnownAccess | undefined): void {
    if (!known) return;
    const { catalog, permissions, projects, trail, usage } = this.parts.source;
    this.#isTaking = true;
    try {
      const others = new Map<string, KnownList>();
      for (const [id, list] of known.lists) {
        if (!catalog.has(id)) continue;
        const { loadedAt, beforeChange, outdated, ...rest } = list;
        const { listing: own } = permissions.snapshot(id);
        const ownDate = own && this.#dateOf(own, own.readAt);
        // By their dates: moments differ after the computer's clock was set.
        if (ownDate !== undefined && ownDate >= loadedAt) {
          if (ownDate === loadedAt) permissions.adoptMarks(id, list);
          others.set(id, list);
          continue;
        }
        const listing = { ...rest, readAt: fromDate(loadedAt) };
        this.#dates.set(listing, loadedAt);
        const isTaken = permissions.adopt(id, {
          listing,
          ...(beforeChange && { beforeChange }),
          ...(outdated && { outdated }),
        });
        if (!isTaken) others.set(id, list);
      }
      this.#others = { ...known, lists: others };
      if (known.projects) {
        const byId = new Map(known.projects.projects.map((project) => [project.id, project]));
        this.#dates.set(byId, known.projects.loadedAt);
        projects.adopt(byId, fromDate(known.projects.loadedAt), known.projects.incomplete);
      }
      if (known.log) {
        this.#dates.set(known.log.events, known.log.loadedAt);
        trail.adopt({ ...known.log, loadedAt: fromDate(known.log.loadedAt) });
      }
      if (known.usage) usage.adopt(known.usage);
    } finally {
      this.#isTaking = false;
    }
  }

  #dateOf(loaded: object, moment: number): number {
    const date = this.#dates.get(loaded) ?? toDate(moment);
    this.#dates.set(loaded, date);
    return date;
  }

  #later(ms: number, callback: () => void): () => void {
    if (this.parts.later) return this.parts.later(ms, callback);
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  }

  /** One after the other, so that a write is never read in part by this object. Never rejects. */
  #inTurn<T>(work: () => Promise<T>): Promise<T | undefined> {
    const result = this.#lastWork.then(work).catch((error: unknown) => {
      this.parts.onFailure?.(error);
      return undefined;
    });
    this.#lastWork = result;
    return result;
  }
}
