import { APIPromise } from './apiPromise';
import { IncompleteListError, OpenAIError } from './errors';
import type { ListBody } from './responses';

/** Cursor faults of a server that make a list unreadable. Each text completes "…, then". */
export const cursorTraps = {
  empty: 'the server sent an empty page and says that there is more',
  stuck: 'the server gave a cursor that does not advance',
  repeated: 'the server sent a page of nothing but items that it had sent before',
};

interface Identified {
  id: string;
}

/** One page of a list. */
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

  /** Whether there is a next page. */
  hasNextPage(): boolean {
    return false;
  }

  /** @throws OpenAIError when there is no next page. */
  async getNextPage(): Promise<this> {
    throw new OpenAIError('There is no next page. Ask hasNextPage() first.');
  }

  /** This page and all pages after it. */
  async *iterPages(): AsyncGenerator<this> {
    let page = this;
    yield page;
    while (page.hasNextPage()) {
      page = await page.getNextPage();
      yield page;
    }
  }

  /** Items that no earlier page has. */
  freshItems(): readonly Item[] {
    return this.data;
  }

  /** Every item from this page on, without duplicates. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const page of this.iterPages()) yield* page.freshItems();
  }
}

/** Read state of one list, shared by its pages. */
interface Trail {
  /** For each ID, the number of the first page that has it. Fetching a page again repeats no item. */
  readonly pageOf: Map<string, number>;
  /** Cursors of the pages up to this one, its own last. */
  readonly cursors: readonly string[];
}

/** The trail of a list that is not read yet. `cursors` holds its start, if that is not the first item. */
export function newTrail(cursors: readonly string[]): Trail {
  return { pageOf: new Map(), cursors };
}

/**
 * A page of a list that is read by cursor. Detects servers that repeat pages or cursors, so a list is never
 * read endlessly and never silently incomplete.
 */
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
   * @throws IncompleteListError when `has_more` leads nowhere: an empty page, a cursor that does not advance,
   *   or a page of known items only.
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

/** The promise of the first page. Async iteration yields every item of the list. */
export class PagePromise<P extends Page<Item>, Item extends Identified>
  extends APIPromise<P>
  implements AsyncIterable<Item>
{
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    yield* await this;
  }
}
