import assert from 'node:assert/strict';
import {
  CursorPage,
  IncompleteListError,
  type IncompleteReason,
  OpenAIError,
  Page,
  type Permission,
  type PermissionListParams,
} from '../../../src/openai';
import { maxPages, newTrail } from '../../../src/openai/pages';
import { clientOf, rejection, testCheckpoint } from './support/client';
import { json, list, listBody, permission as row } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

const page = (rows: readonly Permission[]) => json({ ...listBody([]), data: rows });
const afterOf = (url: string) => new URL(url, 'http://host').searchParams.get('after');

async function listing(replies: Reply[], query?: PermissionListParams) {
  const server = await serve(...replies);
  const { client } = clientOf(server.baseURL);
  return { server, promise: client.fineTuning.checkpoints.permissions.list(testCheckpoint, query) };
}

async function idsOf(items: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

describe('A list', () => {
  afterEach(endAll);

  it('resolves to its first page', async () => {
    const { promise, server } = await listing([list(['cp_3', 'cp_2'], { has_more: true })], { limit: 2 });
    const page = await promise;
    assert.ok(page instanceof CursorPage);
    assert.deepEqual(page.data, [row('cp_3'), row('cp_2')]);
    assert.deepEqual(
      [page.has_more, page.first_id, page.last_id, page.object],
      [true, 'cp_3', 'cp_2', 'list'],
    );
    assert.equal(page.hasNextPage(), true);
    assert.equal(server.seen.length, 1);
  });

  it('iterates over every item, one request a page, keeping the query', async () => {
    const { promise, server } = await listing(
      [
        list(['cp_4', 'cp_3'], { has_more: true }),
        list(['cp_2', 'cp_1'], { has_more: true }),
        list(['cp_0']),
      ],
      { limit: 2, order: 'descending', project_id: 'proj_a' },
    );
    assert.deepEqual(await idsOf(promise), ['cp_4', 'cp_3', 'cp_2', 'cp_1', 'cp_0']);
    const path = `/v1/fine_tuning/checkpoints/${testCheckpoint}/permissions?limit=2&order=descending&project_id=proj_a`;
    assert.deepEqual(
      server.seen.map(({ method, url }) => `${method} ${url}`),
      [`GET ${path}`, `GET ${path}&after=cp_3`, `GET ${path}&after=cp_1`],
    );
  });

  it('gives its pages one by one', async () => {
    const { promise } = await listing([list(['cp_2'], { has_more: true }), list(['cp_1'])]);
    const sizes: number[] = [];
    for await (const page of (await promise).iterPages()) sizes.push(page.data.length);
    assert.deepEqual(sizes, [1, 1]);
  });

  it('rejects getNextPage on the last page', async () => {
    const { promise } = await listing([list(['cp_1'])]);
    const page = await promise;
    assert.equal(page.hasNextPage(), false);
    await rejection(page.getNextPage(), OpenAIError);
  });

  it('can fetch the same next page twice', async () => {
    const { promise, server } = await listing([list(['cp_2'], { has_more: true }), list(['cp_1'])]);
    const page = await promise;
    const [one, other] = [await page.getNextPage(), await page.getNextPage()];
    assert.deepEqual(one.data, other.data);
    assert.deepEqual(await idsOf(other), ['cp_1']);
    assert.equal(server.seen.length, 3);
  });

  it('may be empty', async () => {
    const { promise } = await listing([list([])]);
    assert.deepEqual(await idsOf(promise), []);
  });

  it('may end with an empty page', async () => {
    const { promise } = await listing([list(['cp_1'], { has_more: true }), list([])]);
    assert.deepEqual(await idsOf(promise), ['cp_1']);
  });

  it('is not the whole list if it ends with an empty page that was announced', async () => {
    const replies = [list(['cp_1'], { has_more: true }), list([])];
    const error = await rejection(
      idsOf((await (await listing(replies)).promise).wholeList()),
      IncompleteListError,
    );
    assert.deepEqual([error.reason, error.itemsRead], ['changedWhileLoading', 1]);
    for (const [whole, ids] of [
      [[list([])], []],
      [
        [list(['cp_2'], { has_more: true }), list(['cp_1'])],
        ['cp_2', 'cp_1'],
      ],
      [[list(['cp_2'], { has_more: true }), list(['cp_2'])], ['cp_2']],
      [
        [list(['cp_2'], { has_more: true }), list([], { has_more: true, last_id: 'cp_a' }), list(['cp_1'])],
        ['cp_2', 'cp_1'],
      ],
    ] as const) {
      const { promise } = await listing([...whole]);
      assert.deepEqual(await idsOf((await promise).wholeList()), ids);
    }
  });

  it('accepts a page with more items than asked for', async () => {
    const { promise } = await listing([list(['cp_3', 'cp_2', 'cp_1'])], { limit: 1 });
    assert.deepEqual(await idsOf(promise), ['cp_3', 'cp_2', 'cp_1']);
  });

  it('goes on from the last item when the cursor is null although there is more', async () => {
    const { promise, server } = await listing([
      list(['cp_2'], { has_more: true, last_id: null }),
      list(['cp_1']),
    ]);
    assert.deepEqual(await idsOf(promise), ['cp_2', 'cp_1']);
    assert.equal(afterOf(server.seen[1]?.url ?? ''), 'cp_2');
  });

  it('yields an id that comes twice once, within a page and across pages', async () => {
    const { promise } = await listing([
      list(['cp_3', 'cp_3', 'cp_2'], { has_more: true }),
      list(['cp_2', 'cp_1', 'cp_3']),
    ]);
    assert.deepEqual(await idsOf(promise), ['cp_3', 'cp_2', 'cp_1']);
  });

  it('starts where it is told and sees that a cursor leads back there', async () => {
    const { promise, server } = await listing([list(['cp_9'], { has_more: true, last_id: 'cp_5' })], {
      after: 'cp_5',
    });
    const error = await rejection(idsOf(promise), IncompleteListError);
    assert.equal(error.reason, 'stuckCursor');
    assert.equal(server.seen.length, 1);
  });

  const traps: Record<
    string,
    { replies: Reply[]; read: number; reason: IncompleteReason; requests: number }
  > = {
    'an empty first page that says there is more': {
      replies: [list([], { has_more: true })],
      read: 0,
      reason: 'emptyPage',
      requests: 1,
    },
    'an empty later page that says there is more, without a cursor': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true }), list([], { has_more: true })],
      read: 2,
      reason: 'emptyPage',
      requests: 2,
    },
    'an empty later page whose cursor does not advance': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true }), list([], { has_more: true, last_id: 'cp_1' })],
      read: 2,
      reason: 'stuckCursor',
      requests: 2,
    },
    'more than twenty empty pages in a row': {
      replies: [
        list(['cp_2'], { has_more: true }),
        ...Array.from({ length: 30 }, (_, page) => list([], { has_more: true, last_id: `cp_a${page}` })),
      ],
      read: 1,
      reason: 'emptyPage',
      requests: 22,
    },
    'two rows with one id on one page': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true }), page([row('cp_0'), row('cp_0', 'proj_other')])],
      read: 3,
      reason: 'contradictoryRows',
      requests: 2,
    },
    'two rows with one id on two pages': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true }), page([row('cp_2', 'proj_other'), row('cp_0')])],
      read: 3,
      reason: 'changedWhileLoading',
      requests: 2,
    },
    'a cursor that does not advance': {
      replies: [list(['cp_2'], { has_more: true }), list(['cp_1'], { has_more: true, last_id: 'cp_2' })],
      read: 2,
      reason: 'stuckCursor',
      requests: 2,
    },
    'a cursor that goes in a circle': {
      replies: [
        list(['cp_3'], { has_more: true }),
        list(['cp_2'], { has_more: true }),
        list(['cp_1'], { has_more: true, last_id: 'cp_3' }),
      ],
      read: 3,
      reason: 'stuckCursor',
      requests: 3,
    },
    'the same page for ever': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true })],
      read: 2,
      reason: 'repeatedPage',
      requests: 2,
    },
    'a last page of nothing new': {
      replies: [list(['cp_2', 'cp_1'], { has_more: true }), list(['cp_2'])],
      read: 2,
      reason: 'repeatedPage',
      requests: 2,
    },
  };
  for (const [what, trap] of Object.entries(traps))
    it(`says that it is incomplete for ${what}`, async () => {
      const { promise, server } = await listing(trap.replies);
      const error = await rejection(idsOf(promise), IncompleteListError);
      assert.equal(error.reason, trap.reason);
      assert.equal(error.itemsRead, trap.read);
      assert.equal(server.seen.length, trap.requests);
    });

  it('Truth 12: gives both of two rows with one id, so that none hides the other', async () => {
    const { promise } = await listing([page([row('cp_1', 'proj_a'), row('cp_1', 'proj_b'), row('cp_0')])]);
    const projects: string[] = [];
    await rejection(
      (async () => {
        for await (const { project_id } of promise) projects.push(project_id);
      })(),
      IncompleteListError,
    );
    assert.deepEqual(projects.slice(0, 2), ['proj_a', 'proj_b']);
    assert.equal(projects.length, 3);
  });

  it('Truth 12: follows empty pages whose cursors advance', async () => {
    const { promise, server } = await listing([
      list([], { has_more: true, last_id: 'cp_9' }),
      list(['cp_2'], { has_more: true }),
      ...Array.from({ length: 20 }, (_, number) => list([], { has_more: true, last_id: `cp_a${number}` })),
      list(['cp_1']),
    ]);
    assert.deepEqual(await idsOf(promise), ['cp_2', 'cp_1']);
    assert.equal(server.seen.length, 23);
  });

  it('says that a list is incomplete of which every page announces another one', async () => {
    let asked = 0;
    const next = () => {
      asked += 1;
      return { object: 'list' as const, data: [row(`cp_${asked}`)], has_more: true };
    };
    const first = new CursorPage(next(), async () => next(), newTrail([]));
    let read = 0;
    const error = await rejection(
      (async () => {
        for await (const _ of first) read += 1;
      })(),
      IncompleteListError,
    );
    assert.equal(error.reason, 'endless');
    assert.deepEqual([read, asked], [maxPages, maxPages]);
  });

  it('accepts a last page that only has the item of the cursor', async () => {
    const { promise } = await listing([list(['cp_2', 'cp_1'], { has_more: true }), list(['cp_1'])]);
    assert.deepEqual(await idsOf(promise), ['cp_2', 'cp_1']);
  });

  it('says so from getNextPage too, where hasNextPage had promised more', async () => {
    const { promise } = await listing([list([], { has_more: true })]);
    const page = await promise;
    assert.equal(page.hasNextPage(), true);
    await rejection(page.getNextPage(), IncompleteListError);
  });

  it('fails with the reason of the page that failed', async () => {
    const { promise } = await listing([
      list(['cp_1'], { has_more: true }),
      json({ error: { message: 'No such organization.' } }, 404),
    ]);
    await assert.rejects(idsOf(promise), { name: 'NotFoundError', message: '404 No such organization.' });
  });

  it('gives items in order, each page once, to one who does not wait for them', async () => {
    const { promise, server } = await listing([list(['cp_3', 'cp_2'], { has_more: true }), list(['cp_1'])]);
    const items = promise[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 5 }, () => items.next()));
    assert.deepEqual(
      results.map(({ done, value }) => (done ? 'end' : value.id)),
      ['cp_3', 'cp_2', 'cp_1', 'end', 'end'],
    );
    assert.equal(server.seen.length, 2);
  });

  it('fetches no more once the loop is left', async () => {
    const { promise, server } = await listing([list(['cp_3', 'cp_2'], { has_more: true }), list(['cp_1'])]);
    const items = promise[Symbol.asyncIterator]();
    for await (const { id } of { [Symbol.asyncIterator]: () => items }) if (id === 'cp_2') break;
    assert.deepEqual(await items.next(), { done: true, value: undefined });
    assert.equal(server.seen.length, 1);
  });

  it('has nothing more after it failed', async () => {
    const { promise } = await listing([list(['cp_1'], { has_more: true }), json({}, 404)]);
    const items = promise[Symbol.asyncIterator]();
    await items.next();
    await assert.rejects(items.next(), { name: 'NotFoundError' });
    assert.deepEqual(await items.next(), { done: true, value: undefined });
  });
});

describe('What create answers', () => {
  afterEach(endAll);

  it('is a page with no next one, whatever the server says', async () => {
    const server = await serve(json(listBody(['cp_1', 'cp_2'], { has_more: true })));
    const { client } = clientOf(server.baseURL);
    const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, {
      project_ids: ['proj_a'],
    });
    assert.deepEqual(await idsOf(promise), ['cp_1', 'cp_2']);
    const page = await promise;
    assert.ok(page instanceof Page);
    assert.equal(page.hasNextPage(), false);
    assert.equal(server.seen.length, 1);
  });
});
