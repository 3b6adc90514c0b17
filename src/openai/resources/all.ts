import type { ListBody } from '../answers';
import { APIUserAbortError, BadRequestError, IncompleteListError, NotFoundError } from '../errors';
import { TRAPS } from '../pages';
import type { Permission, PermissionListParams } from '../wire';

/** Asks for one page of a checkpoint's permissions. */
export type FetchPage = (
  query: Pick<PermissionListParams, 'after' | 'order'>,
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
  /** Place of each id among the items. */
  readonly places = new Map<string, number>();
  hasMore = true;
  pages = 0;
  /** The run from the opposite end, if there is one, and whether this one came upon something that it has. */
  other: Run | undefined;
  hasMet = false;
  #cursor: string | undefined;

  constructor(
    private readonly fetch: FetchPage,
    private readonly order: 'ascending' | 'descending',
  ) {}

  /** The page behind a cursor, without adding it. */
  async page(after: string | undefined): Promise<ListBody<Permission>> {
    try {
      return await this.fetch({ order: this.order, ...(after !== undefined && { after }) });
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
      if (this.places.has(item.id)) continue;
      if (this.other?.places.has(item.id)) this.hasMet = true;
      this.places.set(item.id, this.items.length);
      this.items.push(item);
    }
    this.hasMore = page.has_more;
    this.pages++;
    const last = page.data.at(-1);
    if (last && this.items.length === before) throw new Stopped(TRAPS.repeated, true);
    if (page.has_more && !last) throw new Stopped(TRAPS.empty, false);
    this.#cursor = page.last_id || last?.id;
  }

  async next(): Promise<void> {
    const cursor = this.#cursor;
    this.add(await this.page(cursor));
    if (this.hasMore && this.#cursor === cursor) throw new Stopped(TRAPS.stuck, false);
  }

  async toTheEnd(): Promise<void> {
    while (this.hasMore) await this.next();
  }

  has({ id }: Permission): boolean {
    return this.places.has(id);
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
 * Whether hardly a page can be left between two ends, judging by how close together in time permissions were granted:
 * then one request is enough to find out, and two would be one too many.
 */
function areClose(newest: Run, oldest: Run): boolean {
  const times = ({ items }: Run) =>
    [items[0], items.at(-1)].map((item) => item?.created_at ?? 0) as [number, number];
  const [newestTime, newer] = times(newest);
  const [oldestTime, older] = times(oldest);
  const read = newest.items.length + oldest.items.length;
  const pageSize = newest.items.length / newest.pages;
  return (newer - older) * read <= (newestTime - newer + older - oldestTime) * pageSize;
}

/**
 * Reads on from both ends until they meet, which is when one permission has been seen from both: then whatever lies
 * between has been, too. True if that came about, false if the newest end has been read to the oldest without it.
 */
async function meet(newest: Run, oldest: Run): Promise<boolean> {
  newest.other = oldest;
  oldest.other = newest;
  // Permissions that were granted all at once always seem close; they must not be read from one end for that.
  for (let single = 0; newest.hasMore; ) {
    single = oldest.pages && single < 2 && areClose(newest, oldest) ? single + 1 : 0;
    const one = newest.next();
    const other = single ? true : oldest.next().then(() => true, unlessAborted);
    const [, goesOn] = await Promise.all([one, other]);
    const [first] = oldest.items;
    const last = newest.items.at(-1);
    // A server that knows no order begins at the newest again, where two ends would seem to meet at once.
    const isOtherEnd = first && last && first.created_at <= last.created_at && !newest.has(first);
    if (newest.hasMore && !(goesOn && isOtherEnd)) {
      await newest.toTheEnd();
      return false;
    }
    if (!oldest.hasMore || newest.hasMet || oldest.hasMet) return true;
  }
  return false;
}

/** Reads the first page, then those behind cursors of the last time all at once, and closes the gaps between them. */
async function allAtOnce(run: Run, cursors: readonly string[]): Promise<void> {
  // The first page alone, for it may be all that is left; requests are scarce.
  await run.next();
  if (!run.hasMore) return;
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
      const begin = run.places.get(first.id);
      return begin === undefined ? run.places.has(cursor) : begin > (run.places.get(cursor) ?? 0);
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
 * @throws IncompleteListError if a page after the first cannot be had; `cause` is why.
 */
export async function readAll(fetch: FetchPage, cursors: readonly string[]): Promise<Permission[]> {
  for (let isSecondTry = false; ; isSecondTry = true) {
    const newest = new Run(fetch, 'descending');
    const oldest = new Run(fetch, 'ascending');
    const read = () => [...newest.items, ...oldest.items.filter((item) => !newest.has(item)).reverse()];
    try {
      let met = false;
      if (cursors.length && !isSecondTry) await allAtOnce(newest, cursors);
      else await newest.next();
      if (newest.hasMore && !isSecondTry) met = await meet(newest, oldest);
      else await newest.toTheEnd();
      return (met ? read() : newest.items).sort(newestFirst);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (isSecondTry || !error.mayBeChange)
        throw new IncompleteListError(read().length, error.reason, error.cause);
    }
  }
}
