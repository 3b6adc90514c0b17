import type { ListBody } from './answers';
import { APIPromise } from './api-promise';
import { IncompleteListError, OpenAIError } from './errors';
import { SeenIds } from './seen-ids';

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
  freshItems(): readonly Item[] {
    return this.data;
  }

  /** Every item from this page on, each once. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return itemsFrom(() => Promise.resolve(this));
  }
}

/**
 * The items of a list, page by page. Written out because an async generator takes three turns of the microtask queue
 * for an item and this one takes one.
 */
function itemsFrom<Item extends Identified>(
  first: () => PromiseLike<Page<Item>>,
): AsyncIterableIterator<Item> {
  type Result = IteratorResult<Item>;
  const ended: Result = { done: true, value: undefined };
  let page: Page<Item> | undefined;
  let items: readonly Item[] = [];
  let index = 0;
  let isEnded = false;
  let isClosed = false;
  let turn: Promise<Result> | undefined;

  const following = async (): Promise<Result> => {
    while (index >= items.length) {
      if (isEnded || (page && !page.hasNextPage())) return ended;
      // If this fails there is nothing more to come.
      isEnded = true;
      page = page ? await page.getNextPage() : await first();
      isEnded = isClosed;
      items = isClosed ? [] : page.freshItems();
      index = 0;
    }
    return { done: false, value: items[index++] as Item };
  };
  return {
    next() {
      if (!turn && index < items.length)
        return Promise.resolve({ done: false, value: items[index++] as Item });
      // Whoever does not wait for one item before asking for the next still gets them in order, each page once.
      const mine: Promise<Result> = (turn?.catch(() => ended) ?? Promise.resolve()).then(following);
      turn = mine;
      return mine.finally(() => {
        if (turn === mine) turn = undefined;
      });
    },
    async return() {
      isEnded = isClosed = true;
      items = [];
      return ended;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** How one list has been read so far; shared by its pages. */
interface Trail {
  readonly seen: SeenIds;
  /** Of each id seen, by its place there, the number of the page that had it first: what is fetched twice repeats nothing. */
  readonly pages: number[];
  /** Cursors used on the way to this page, its own last. */
  readonly cursors: readonly string[];
}

/** That of a list of which nothing has been read yet but what comes before `cursors`. */
export function newTrail(cursors: readonly string[]): Trail {
  return { seen: new SeenIds(), pages: [], cursors };
}

/** A page of a list that is read by cursor. It never goes in circles and never passes a part off as all. */
export class CursorPage<Item extends Identified> extends Page<Item> {
  readonly #fetch: (after: string) => Promise<ListBody<Item>>;
  readonly #trail: Trail;
  #fresh: Item[] | undefined;

  constructor(body: ListBody<Item>, fetch: (after: string) => Promise<ListBody<Item>>, trail: Trail) {
    super(body);
    this.#fetch = fetch;
    this.#trail = trail;
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
    this.freshItems();
    const incomplete = (reason: string) => new IncompleteListError(seen.size, reason);
    const last = this.data.at(-1);
    if (!last) throw incomplete(TRAPS.empty);
    const after = this.last_id || last.id;
    if (cursors.includes(after)) throw incomplete(TRAPS.stuck);
    const body = await this.#fetch(after);
    const next = new CursorPage(body, this.#fetch, { ...this.#trail, cursors: [...cursors, after] });
    if (next.data.length && !next.freshItems().length) throw incomplete(TRAPS.repeated);
    return next as this;
  }

  override freshItems(): readonly Item[] {
    if (this.#fresh) return this.#fresh;
    const { seen, pages, cursors } = this.#trail;
    const number = cursors.length;
    const fresh: Item[] = [];
    this.#fresh = fresh;
    for (const item of this.data) {
      if (seen.add(item.id)) pages.push(number);
      else {
        const place = seen.placeOf(item.id) ?? 0;
        const first = pages[place] ?? 0;
        if (first > number) pages[place] = number;
        // Seen by this very page twice, or by one that was fetched in its place before.
        else if (first < number || fresh.some(({ id }) => id === item.id)) continue;
      }
      fresh.push(item);
    }
    return fresh;
  }
}

/** The promise of a first page; iterating over it gives every item of the list. */
export class PagePromise<P extends Page<Item>, Item extends Identified>
  extends APIPromise<P>
  implements AsyncIterable<Item>
{
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    return itemsFrom(() => this);
  }
}
