import type { ListBody } from './answers';
import { APIPromise, type WithRequestID } from './api-promise';
import { IncompleteListError, OpenAIError } from './errors';

/** What a server can do so that a list cannot be read to its end; completes "…, then". */
export const TRAPS = {
  empty: 'the server sent an empty page and says that there is more',
  stuck: 'the server gave a cursor that does not advance',
  repeated: 'the server sent a page of nothing but items that it had sent before',
};

interface Identified {
  id: string;
}

/** One page of a list, and the way to the next. */
export class Page<Item extends Identified> implements ListBody<Item>, AsyncIterable<Item> {
  readonly object = 'list';
  readonly data: Item[];
  readonly has_more: boolean;
  readonly first_id?: string | null;
  readonly last_id?: string | null;

  constructor(body: ListBody<Item>) {
    this.data = body.data;
    this.has_more = body.has_more;
    if (body.first_id !== undefined) this.first_id = body.first_id;
    if (body.last_id !== undefined) this.last_id = body.last_id;
  }

  /** All items of this page, as the server sent them. */
  getPaginatedItems(): Item[] {
    return this.data;
  }

  /** Whether the server says that there is more. */
  hasNextPage(): boolean {
    return false;
  }

  /** @throws OpenAIError when there is no next page. */
  async getNextPage(): Promise<this> {
    throw new OpenAIError('There is no next page. Ask hasNextPage() first.');
  }

  /** This page and all that follow. */
  async *iterPages(): AsyncGenerator<this> {
    let page = this;
    yield page;
    while (page.hasNextPage()) {
      page = await page.getNextPage();
      yield page;
    }
  }

  /** Items of this page that no page before it had. */
  protected freshItems(): Iterable<Item> {
    return this.data;
  }

  /** Every item from this page on, each once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const page of this.iterPages()) yield* page.freshItems();
  }
}

/** How one list has been read so far; shared by its pages. */
interface Trail {
  /** Each id seen, and the number of the page that had it first: a page that is fetched twice repeats nothing. */
  readonly seen: Map<string, number>;
  /** Cursors used on the way to this page, its own last. */
  readonly cursors: readonly string[];
}

/** A page of a list that is read by cursor. It never goes in circles and never passes a part off as all. */
export class CursorPage<Item extends Identified> extends Page<Item> {
  readonly #fetch: (after: string) => Promise<ListBody<Item>>;
  readonly #trail: Trail;
  readonly #fresh: Item[];

  constructor(body: ListBody<Item>, fetch: (after: string) => Promise<ListBody<Item>>, trail: Trail) {
    super(body);
    this.#fetch = fetch;
    this.#trail = trail;
    const { seen, cursors } = trail;
    const here = new Set<string>();
    this.#fresh = body.data.filter(({ id }) => {
      const isFresh = (seen.get(id) ?? cursors.length) >= cursors.length && !here.has(id);
      here.add(id);
      return isFresh;
    });
    for (const { id } of this.#fresh) seen.set(id, cursors.length);
  }

  override hasNextPage(): boolean {
    return this.has_more;
  }

  /**
   * @throws IncompleteListError when the server says that there is more but gives no way there: an empty page, a
   *   cursor that does not advance, a page of nothing but items seen before.
   */
  override async getNextPage(): Promise<this> {
    if (!this.has_more) return super.getNextPage();
    const { seen, cursors } = this.#trail;
    const incomplete = (reason: string) => new IncompleteListError(seen.size, reason);
    const last = this.data.at(-1);
    if (!last) throw incomplete(TRAPS.empty);
    const after = this.last_id || last.id;
    if (cursors.includes(after)) throw incomplete(TRAPS.stuck);
    const body = await this.#fetch(after);
    const next = new CursorPage(body, this.#fetch, { seen, cursors: [...cursors, after] });
    if (next.data.length && !next.#fresh.length) throw incomplete(TRAPS.repeated);
    return next as this;
  }

  protected override freshItems(): Iterable<Item> {
    return this.#fresh;
  }
}

/** The promise of a first page; iterating over it gives every item of the list. */
export class PagePromise<P extends Page<Item>, Item extends Identified>
  extends APIPromise<P>
  implements AsyncIterable<Item>
{
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    yield* (await this) as WithRequestID<P>;
  }
}
