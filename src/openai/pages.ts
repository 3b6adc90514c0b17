import { APIPromise } from './apiPromise';
import { IncompleteListError, type IncompleteReason, OpenAIError } from './errors';
import type { ListBody } from './responses';

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

  /** Items that no earlier page has in the same form. */
  freshItems(): readonly Item[] {
    return this.data;
  }

  /** Every item from this page on, without duplicates. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const page of this.iterPages()) yield* page.freshItems();
  }
}

/** An item of a list: its text, and the number of the first page that has it. */
interface Seen {
  readonly page: number;
  readonly text: string;
}

/** Read state of one list, shared by its pages. */
interface Trail {
  /** The items by ID. Usually one each. Fetching a page again repeats no item. */
  readonly seen: Map<string, Seen[]>;
  /** Cursors of the pages up to this one, its own last. */
  readonly cursors: readonly string[];
  /** The number of empty pages just before this one. */
  readonly emptyPages: number;
  /** Why the items contradict each other, found by any page. */
  readonly doubts: Set<IncompleteReason>;
}

/** So many empty pages in a row are followed while their cursors advance: a gateway may filter what it has cut. */
const maxEmptyPages = 20;

/** So many pages of a list are read: a million items, by a hundred each. A server that invents new ones would never end. */
export const maxPages = 10_000;

/** The trail of a list that is not read yet. `cursors` holds its start, if that is not the first item. */
export function newTrail(cursors: readonly string[]): Trail {
  return { seen: new Map(), cursors, emptyPages: 0, doubts: new Set() };
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
   * @throws IncompleteListError when `has_more` leads nowhere: an empty page without a cursor, too many empty pages, a
   *   cursor that does not advance, a page of known items only, or a list without an end.
   */
  override async getNextPage(): Promise<this> {
    if (!this.has_more) return super.getNextPage();
    const { cursors } = this.#trail;
    this.freshItems();
    const after = this.last_id || this.data.at(-1)?.id;
    const emptyPages = this.data.length === 0 ? this.#trail.emptyPages + 1 : 0;
    if (!after || emptyPages > maxEmptyPages) throw this.#incomplete('emptyPage');
    if (cursors.includes(after)) throw this.#incomplete('stuckCursor');
    if (cursors.length + 1 >= maxPages) throw this.#incomplete('endless');
    const body = await this.#fetch(after);
    const next = new CursorPage(body, this.#fetch, {
      ...this.#trail,
      cursors: [...cursors, after],
      emptyPages,
    });
    // Some servers begin a page with the item that the cursor names.
    const isEnd = !next.has_more && next.data.length === 1 && next.data[0]?.id === after;
    if (next.data.length && !next.freshItems().length && !isEnd) throw this.#incomplete('repeatedPage');
    return next as this;
  }

  /** @throws IncompleteListError also at the end, when items with the same ID differ. */
  override async *iterPages(): AsyncGenerator<this> {
    for await (const page of super.iterPages()) {
      page.freshItems();
      yield page;
    }
    const [doubt] = this.#trail.doubts;
    if (doubt) throw this.#incomplete(doubt);
  }

  /**
   * Every item from this page on, without duplicates, for those who conclude something from what is missing.
   *
   * @throws IncompleteListError also at the end, when the last page was announced and is empty: its items may have been
   *   deleted, or the cursor may have expired.
   */
  async *wholeList(): AsyncGenerator<Item> {
    let last = this;
    for await (const page of this.iterPages()) {
      yield* page.freshItems();
      last = page;
    }
    if (last !== this && last.data.length === 0) throw this.#incomplete('changedWhileLoading');
  }

  #incomplete(reason: IncompleteReason): IncompleteListError {
    return new IncompleteListError(this.#trail.seen.size, reason);
  }

  override freshItems(): readonly Item[] {
    if (this.#fresh) return this.#fresh;
    const { seen, cursors, doubts } = this.#trail;
    const page = cursors.length;
    const own = new Map<string, Set<string>>();
    this.#fresh = this.data.filter((item) => {
      const { id } = item;
      const text = JSON.stringify(item);
      const before = seen.get(id) ?? [];
      const texts = own.get(id) ?? new Set();
      const same = before.find((each) => each.text === text);
      const isRepeated = texts.has(text) || (same !== undefined && same.page < page);
      // Both are kept, because one of them must not hide what the other says.
      if (texts.size > 0 && !texts.has(text)) doubts.add('contradictoryRows');
      else if (!same && before.length > 0) doubts.add('changedWhileLoading');
      own.set(id, texts.add(text));
      if (!same) seen.set(id, [...before, { page, text }]);
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
