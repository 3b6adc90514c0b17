import { APIPromise } from './apiPromise';
import { IncompleteListError, OpenAIError } from './errors';
import type { ListBody } from './responses';

/** What a server can do so that a list cannot be read to its end; completes "…, then". */
export const cursorTraps = {
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
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const page of this.iterPages()) yield* page.freshItems();
  }
}

/** What has been read of one list so far. Its pages share it. */
interface Trail {
  /** For each ID, the number of the first page that has it. A page that is fetched twice repeats nothing. */
  readonly pageOf: Map<string, number>;
  /** Cursors used on the way to this page, its own last. */
  readonly cursors: readonly string[];
}

/** The trail of a list of which nothing has been read yet; `cursors` holds where it begins, if not at its start. */
export function newTrail(cursors: readonly string[]): Trail {
  return { pageOf: new Map(), cursors };
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
    const { pageOf, cursors } = this.#trail;
    this.freshItems();
    const incomplete = (reason: string) => new IncompleteListError(pageOf.size, reason);
    const last = this.data.at(-1);
    if (!last) throw incomplete(cursorTraps.empty);
    const after = this.last_id || last.id;
    if (cursors.includes(after)) throw incomplete(cursorTraps.stuck);
    const body = await this.#fetch(after);
    const next = new CursorPage(body, this.#fetch, { ...this.#trail, cursors: [...cursors, after] });
    if (next.data.length && !next.freshItems().length) throw incomplete(cursorTraps.repeated);
    return next as this;
  }

  override freshItems(): readonly Item[] {
    if (this.#fresh) return this.#fresh;
    const { pageOf, cursors } = this.#trail;
    const number = cursors.length;
    const own = new Set<string>();
    this.#fresh = this.data.filter(({ id }) => {
      const isRepeated = own.has(id) || (pageOf.get(id) ?? number) < number;
      if (!isRepeated) pageOf.set(id, number);
      own.add(id);
      return !isRepeated;
    });
    return this.#fresh;
  }
}

/** The promise of a first page; iterating over it gives every item of the list. */
export class PagePromise<P extends Page<Item>, Item extends Identified>
  extends APIPromise<P>
  implements AsyncIterable<Item>
{
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    yield* await this;
  }
}
