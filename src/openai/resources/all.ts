import type { ListBody } from '../answers';
import { APIUserAbortError, BadRequestError, IncompleteListError, NotFoundError } from '../errors';
import { TRAPS } from '../pages';
import { SeenIds } from '../seen-ids';
import type { Permission, PermissionListParams } from '../wire';

/** Asks for one page of a checkpoint's permissions, unless `signal` says that it is not needed any more. */
export type FetchPage = (
  query: Pick<PermissionListParams, 'after' | 'order'>,
  signal?: AbortSignal,
) => Promise<ListBody<Permission>>;

/** Why a list cannot be read on; becomes an IncompleteListError where it is known how much was read. */
class Stopped {
  constructor(
    readonly reason: string,
    /** Whether a change of the list while it was read may be why, so that reading it anew may help. */
    readonly mayBeChange: boolean,
    readonly cause?: unknown,
  ) {}
}

/** What has been read from one end of a list, without a gap. */
class Run {
  readonly items: Permission[] = [];
  /** Theirs, in the same order. */
  readonly ids = new SeenIds();
  hasMore = true;
  pages = 0;
  /** When the permission was granted that it has come to, and whether none was out of order on the way there. */
  time = Number.NaN;
  isOrdered = true;
  /** The longest time between two permissions next to each other. */
  longestPause = 0;
  #cursor: string | undefined;

  constructor(
    private readonly fetch: FetchPage,
    private readonly order: 'ascending' | 'descending',
  ) {}

  /** The page behind a cursor, without adding it. */
  async page(after: string | undefined, signal?: AbortSignal): Promise<ListBody<Permission>> {
    try {
      return await this.fetch({ order: this.order, ...(after !== undefined && { after }) }, signal);
    } catch (error) {
      if (after === undefined || error instanceof APIUserAbortError) throw error;
      // A cursor that is refused may be a permission that was revoked meanwhile.
      const mayBeChange = error instanceof NotFoundError || error instanceof BadRequestError;
      throw new Stopped(`the next page could not be read: ${(error as Error).message}`, mayBeChange, error);
    }
  }

  /** Adds a page that follows on what is there or overlaps with its end. */
  add(page: ListBody<Permission>): void {
    const before = this.items.length;
    for (const item of page.data) {
      this.#follow(item.created_at);
      if (this.ids.add(item.id)) this.items.push(item);
    }
    this.hasMore = page.has_more;
    this.pages++;
    const last = page.data.at(-1);
    if (last && this.items.length === before) throw new Stopped(TRAPS.repeated, true);
    if (page.has_more && !last) throw new Stopped(TRAPS.empty, false);
    this.#cursor = page.last_id || last?.id;
  }

  #follow(time: number): void {
    const pause = this.order === 'ascending' ? time - this.time : this.time - time;
    if (pause < 0) this.isOrdered = false;
    if (pause > this.longestPause) this.longestPause = pause;
    this.time = time;
  }

  async next(signal?: AbortSignal): Promise<void> {
    const cursor = this.#cursor;
    this.add(await this.page(cursor, signal));
    if (this.hasMore && this.#cursor === cursor) throw new Stopped(TRAPS.stuck, false);
  }

  async toTheEnd(): Promise<void> {
    while (this.hasMore) await this.next();
  }

  has({ id }: Permission): boolean {
    return this.ids.has(id);
  }

  /** How many of those that it came to last were granted in one and the same second. */
  get sameTime(): number {
    return this.items.length - 1 - this.items.findLastIndex((item) => item.created_at !== this.time);
  }
}

function newestFirst(one: Permission, other: Permission): number {
  return other.created_at - one.created_at;
}

/** For what only saves time: without it the list is read all the same, unless the caller wants no list any more. */
function unlessAborted(error: unknown): undefined {
  if (error instanceof APIUserAbortError) throw error;
  return undefined;
}

/**
 * Whether hardly a page can be left between two ends, judging by how close together in time permissions were granted, or
 * whether nothing may be: then one request is enough to find out, and two would be one too many.
 */
function mayBeClose(newest: Run, oldest: Run): boolean {
  const gap = newest.time - oldest.time;
  const span = ({ items, time }: Run) => Math.abs((items[0]?.created_at ?? time) - time);
  const read = newest.items.length + oldest.items.length;
  const pageSize = newest.items.length / newest.pages;
  return (
    gap <= Math.max(newest.longestPause, oldest.longestPause) ||
    gap * read <= (span(newest) + span(oldest)) * pageSize
  );
}

/** Which ends to read on from, going by what both have come to, and not by what is under way to one of them. */
function nextStep(
  newest: Run,
  oldest: Run,
  singles: number,
  isNarrow: boolean,
  isLong: boolean,
): 'newest' | 'oldest' | 'both' {
  if (!oldest.pages) {
    if (isNarrow) return 'newest';
    // Two pages would be read without the other end; of more, one of them is the oldest.
    return newest.pages > 1 ? 'oldest' : isLong ? 'both' : 'newest';
  }
  // Both are within one second. Its order may be the same from both ends, so one end has to read all of it.
  if (newest.time === oldest.time) return newest.sameTime < oldest.sameTime ? 'oldest' : 'newest';
  if (newest.time < oldest.time || isNarrow) return 'newest';
  // Judged wrongly twice in a row, it may be so for long, and the list must not be read from one end for that.
  return singles < 2 && mayBeClose(newest, oldest) ? 'newest' : 'both';
}

/**
 * Reads on from both ends, neither waiting for the other, until they meet: when one permission has been seen from both, and the newest end has come to a
 * time before that which the oldest end has come to, then whatever lies between has been seen, too. (A time alone would
 * not do where clocks differ, nor a permission where those of one second have an order of their own.) True if that came
 * about, false if the newest end has been read to the oldest without it.
 *
 * It takes one request more than there are pages at most if nobody changes the list. There is one exception, which no
 * reader can avoid that sends two requests at once: where the list fills its pages to the last place, the ends may be
 * next to each other without a sign of it; one request would find out, and the second is in vain. The times of the
 * grants tell where that is unlikely.
 */
async function meet(newest: Run, oldest: Run, isNarrow: () => boolean, isLong: boolean): Promise<boolean> {
  const underWay = new Map<Run, Promise<Run>>();
  /** Ends the wait for the first page from the oldest end where it turns out that there is no third. */
  const guess = new AbortController();
  let knowsOrder: boolean | undefined;
  let goesOn = true;
  let met = false;
  const begin = (run: Run) => {
    const isGuess = run === oldest && newest.pages < 2;
    const ended = run.next(isGuess ? guess.signal : undefined).then(
      () => run,
      (error) => {
        if (run === newest) throw error;
        goesOn = unlessAborted(error) ?? false;
        return run;
      },
    );
    // Whoever waits for the other end is told of its failure, not of this one's.
    ended.catch(() => {});
    underWay.set(run, ended);
  };
  for (let singles = 0; newest.hasMore && !met; ) {
    const step = nextStep(newest, oldest, singles, isNarrow(), isLong);
    if (step === 'both') {
      // Neither waits for the other: whichever has come to its next page goes on, judging by what is known by then.
      singles = 0;
      for (const run of [newest, oldest]) if (!underWay.has(run)) begin(run);
    } else if (!underWay.size) {
      if (oldest.pages) singles++;
      begin(step === 'newest' ? newest : oldest);
    }
    underWay.delete(await Promise.race(underWay.values()));
    if (!newest.hasMore || !oldest.pages) continue;
    const [first] = oldest.items;
    // A server that knows no order begins at the newest again, where two ends would seem to meet at once.
    knowsOrder ??= first !== undefined && first.created_at <= newest.time && !newest.has(first);
    if (!goesOn || !knowsOrder || !newest.isOrdered || !oldest.isOrdered) {
      await Promise.all(underWay.values());
      await newest.toTheEnd();
      return false;
    }
    // The last ones are most likely to be among those of the other end.
    const isOverlap = () => newest.items.findLast((item) => oldest.has(item)) !== undefined;
    met = !oldest.hasMore || (newest.time < oldest.time && isOverlap());
  }
  // What is under way still is not needed, whatever becomes of it; but nothing shall be after this has ended.
  guess.abort();
  await Promise.allSettled(underWay.values());
  return met;
}

/**
 * Whether permissions of one second come in the same order from both ends, going by two of those that were seen from
 * both, which are given in the order from the oldest. False if there are none.
 */
function isSameOrder(seenTwice: readonly Permission[], newest: Run): boolean {
  const other = seenTwice.findIndex((item, index) => item.created_at === seenTwice[index - 1]?.created_at);
  const placeOf = (item: Permission | undefined) => newest.ids.placeOf(item?.id ?? '') ?? 0;
  return other > 0 && placeOf(seenTwice[other]) > placeOf(seenTwice[other - 1]);
}

/** What has been read from both ends, in the order from the newest end. */
function joined(newest: Run, oldest: Run): Permission[] {
  const others: Permission[] = [];
  const seenTwice: Permission[] = [];
  for (const item of oldest.items) (newest.has(item) ? seenTwice : others).push(item);
  if (!isSameOrder(seenTwice, newest)) others.reverse();
  return [...newest.items, ...others].sort(newestFirst);
}

/** Reads the pages behind the first and behind cursors of the last time all at once, and closes the gaps between them. */
async function allAtOnce(run: Run, cursors: readonly string[]): Promise<void> {
  const pages = await Promise.all(
    cursors.map((after) =>
      run.page(after).catch((error) => {
        if (error instanceof Stopped && error.mayBeChange) return undefined;
        throw error;
      }),
    ),
  );
  for (const [index, cursor] of cursors.entries()) {
    const page = pages[index];
    const [first] = page?.data ?? [];
    if (!page || !first) continue;
    // A page joins if it begins behind a permission that was read, wherever the server looked for a cursor that is gone.
    const joins = () => {
      const begin = run.ids.placeOf(first.id);
      return begin === undefined ? run.ids.has(cursor) : begin > (run.ids.placeOf(cursor) ?? 0);
    };
    while (run.hasMore && !joins()) await run.next();
    const last = page.data.at(-1) ?? first;
    if (run.hasMore && !run.has(last)) run.add(page);
  }
  await run.toTheEnd();
}

/**
 * Every permission of a checkpoint, newest first, each once. One that is there from beginning to end is never missing;
 * one that comes or goes meanwhile may or may not be among them.
 *
 * @param cursors ids at which pages ended the last time, to ask for all of them at once; empty if that is not known.
 * @param isNarrow whether requests go out one at a time: then only their number counts, and the list is read from one end.
 * @param isLong whether a list of more than one page is likely to have more than two: then the other end is begun with at
 *   once, which for two pages is one request too many.
 * @throws IncompleteListError if a page after the first cannot be had; `cause` is why.
 */
export async function readAll(
  fetch: FetchPage,
  cursors: readonly string[] = [],
  isNarrow: () => boolean = () => false,
  isLong = false,
): Promise<Permission[]> {
  for (let isSecondTry = false; ; isSecondTry = true) {
    const newest = new Run(fetch, 'descending');
    const oldest = new Run(fetch, 'ascending');
    try {
      let met = false;
      // The first page alone, for it may be all that is left; requests are scarce.
      await newest.next();
      if (isSecondTry || !newest.hasMore) await newest.toTheEnd();
      else if (cursors.length && !isNarrow()) await allAtOnce(newest, cursors);
      else met = await meet(newest, oldest, isNarrow, isLong);
      return met ? joined(newest, oldest) : newest.items.sort(newestFirst);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (isSecondTry || !error.mayBeChange)
        throw new IncompleteListError(joined(newest, oldest).length, error.reason, error.cause);
    }
  }
}
