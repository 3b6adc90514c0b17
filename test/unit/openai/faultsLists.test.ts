import assert from 'node:assert/strict';
import {
  APIUserAbortError,
  IncompleteListError,
  type OpenAIAdmin,
  type Permission,
} from '../../../src/openai';
import { clientOf, rejection, testCheckpoint } from './support/client';
import { checkAfterwards, healthy } from './support/fault';
import { apiError, hangUp, list, raw } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

type Way = (client: OpenAIAdmin, signal?: AbortSignal) => Promise<Permission[]>;

const ways: Record<string, Way> = {
  'iterating list': async (client, signal) => {
    const items: Permission[] = [];
    const options = signal && { signal };
    for await (const item of client.fineTuning.checkpoints.permissions.list(
      testCheckpoint,
      { limit: 2 },
      options,
    ))
      items.push(item);
    return items;
  },
  getNextPage: async (client, signal) => {
    const options = signal && { signal };
    let page = await client.fineTuning.checkpoints.permissions.list(testCheckpoint, { limit: 2 }, options);
    const items = [...page.data];
    while (page.hasNextPage()) {
      page = await page.getNextPage();
      items.push(...page.data);
    }
    return items;
  },
};

interface Trap {
  readonly what: string;
  /** By the ID that the page comes after; `first` for the first page. */
  readonly pages: Readonly<Record<string, Reply>>;
  /** The error each way ends with, or the ids that each way gives, with how many requests at most. */
  readonly ends: string | string[];
  readonly message?: RegExp;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly requests: number;
}

const more = { has_more: true };
const traps: Trap[] = [
  {
    what: 'an empty first page that says there is more',
    pages: { first: list([], more) },
    ends: 'IncompleteListError',
    fields: { itemsRead: 0, reason: 'emptyPage' },
    requests: 3,
  },
  {
    what: 'an empty second page that says there is more',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: list([], more) },
    ends: 'IncompleteListError',
    fields: { itemsRead: 2, reason: 'emptyPage' },
    requests: 3,
  },
  {
    what: 'a cursor that does not advance',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: list(['cp_2'], { ...more, last_id: 'cp_3' }) },
    ends: 'IncompleteListError',
    fields: { itemsRead: 3, reason: 'stuckCursor' },
    requests: 3,
  },
  {
    what: 'the same page for ever',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: list(['cp_4', 'cp_3'], more) },
    ends: 'IncompleteListError',
    fields: { itemsRead: 2, reason: 'repeatedPage' },
    requests: 5,
  },
  {
    what: 'a null cursor although there is more',
    pages: { first: list(['cp_4', 'cp_3'], { ...more, last_id: null }), cp_3: list(['cp_2']) },
    ends: ['cp_4', 'cp_3', 'cp_2'],
    requests: 3,
  },
  {
    what: 'a page larger than asked for',
    pages: { first: list(['cp_4', 'cp_3', 'cp_2', 'cp_1', 'cp_0']) },
    ends: ['cp_4', 'cp_3', 'cp_2', 'cp_1', 'cp_0'],
    requests: 1,
  },
  {
    what: 'a second page that fails',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: apiError(500, 'Oops.') },
    ends: 'InternalServerError',
    message: /^500 Oops\.$/,
    requests: 7,
  },
  {
    what: 'a second page that is lost',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: hangUp },
    ends: 'APIConnectionError',
    fields: { kind: 'reset' },
    requests: 7,
  },
  {
    what: 'a second page that is a web page',
    pages: { first: list(['cp_4', 'cp_3'], more), cp_3: raw('<html>', 200, { 'content-type': 'text/html' }) },
    ends: 'UnexpectedResponseError',
    fields: { reason: 'html', pageTitle: '' },
    requests: 3,
  },
  {
    what: 'a second page that fails once',
    pages: {
      first: list(['cp_4', 'cp_3'], more),
      cp_3: (
        (count) => (response, seen) =>
          (count++ ? list(['cp_2']) : apiError(502, 'Oops.'))(response, seen)
      )(0),
    },
    ends: ['cp_4', 'cp_3', 'cp_2'],
    requests: 4,
  },
];

describe('Faults of lists', () => {
  afterEach(endAll);

  for (const { what, pages, ends, message, fields, requests } of traps)
    for (const [way, read] of Object.entries(ways))
      it(`${what}, ${way}: ${typeof ends === 'string' ? ends : 'complete'}, at most ${requests} sent`, async () => {
        let isOver = false;
        const server = await serve((response, seen) => {
          const page = pages[new URL(seen.url, 'http://host').searchParams.get('after') ?? 'first'];
          (isOver ? healthy : (page ?? apiError(404, 'No such cursor.')))(response, seen);
        });
        const tested = clientOf(server.baseURL);
        const outcome = await read(tested.client).catch((error: Error) => error);
        if (Array.isArray(ends)) {
          assert.deepEqual(Array.isArray(outcome) ? outcome.map(({ id }) => id) : outcome, ends);
        } else {
          const error = outcome as Error;
          assert.equal(error.name, ends);
          if (message) assert.match(error.message, message);
          for (const [field, value] of Object.entries(fields ?? {}))
            assert.equal((error as unknown as Record<string, unknown>)[field], value, field);
        }
        assert.ok(server.seen.length <= requests, `${server.seen.length} requests`);
        isOver = true;
        await checkAfterwards(tested, server);
      });

  for (const [way, read] of Object.entries(ways))
    it(`cancelled between pages, ${way}: ends at once`, async () => {
      const controller = new AbortController();
      const server = await serve(
        list(['cp_4', 'cp_3'], more),
        () => setImmediate(() => controller.abort()),
        healthy,
      );
      const tested = clientOf(server.baseURL);
      await rejection(read(tested.client, controller.signal), APIUserAbortError);
    });

  it('an id that comes twice is given once by iterating', async () => {
    const server = await serve((response, seen) => {
      const after = new URL(seen.url, 'http://host').searchParams.get('after');
      list(after ? ['cp_3', 'cp_2'] : ['cp_4', 'cp_3', 'cp_3'], after ? {} : more)(response, seen);
    });
    const { client } = clientOf(server.baseURL);
    const items = await ways['iterating list']?.(client);
    assert.deepEqual(
      items?.map(({ id }) => id),
      ['cp_4', 'cp_3', 'cp_2'],
    );
  });

  it('says of an incomplete list how far it came', async () => {
    const server = await serve(list(['cp_1'], more), list([], more));
    const { client } = clientOf(server.baseURL);
    const error = await rejection(ways['iterating list']?.(client) as Promise<unknown>, IncompleteListError);
    assert.equal(error.itemsRead, 1);
  });
});
