import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  APIUserAbortError,
  IncompleteListError,
  InternalServerError,
  NotFoundError,
  type Permission,
  type RequestOptions,
} from '../../../src/openai';
import { CHECKPOINT, clientOf, rejection } from './support/client';
import { answered, type OrganizationQuirks, PermissionsInMemory } from './support/organization';

function reader(count: number, quirks: OrganizationQuirks = {}) {
  const organization = new PermissionsInMemory(count, quirks);
  const { permissions } = clientOf('https://gateway.example/v1', { transport: organization }).client
    .fineTuning.checkpoints;
  const all = (options?: RequestOptions) => permissions.all(CHECKPOINT, null, options);
  const asked = () => organization.asked.splice(0).map((url) => url.search);
  return { organization, permissions, all, asked };
}

const idsOf = (items: readonly Permission[]) => items.map(({ id }) => id);

describe('All permissions of a checkpoint', () => {
  const sizes: [count: number, requests: number][] = [
    [0, 1],
    [1, 1],
    [99, 1],
    [100, 1],
    [101, 2],
    [200, 2],
    [250, 3],
    [300, 4],
    [400, 5],
    [500, 6],
    [700, 8],
    [1000, 11],
    [1050, 11],
    [1200, 13],
  ];
  for (const [count, requests] of sizes)
    it(`of which there are ${count}, take ${requests} requests, at most one more than there are pages`, async () => {
      const { organization, all, asked } = reader(count);
      assert.deepEqual(idsOf(await all()), organization.ids);
      assert.equal(asked().length, requests);
      assert.ok(requests <= Math.max(1, Math.ceil(count / 100)) + 1);
    });

  it('are asked for in the largest pages, from both ends', async () => {
    const { all, asked } = reader(450);
    await all();
    assert.deepEqual(asked(), [
      '?limit=100&order=descending',
      '?limit=100&order=descending&after=cp_350',
      '?limit=100&order=ascending',
      '?limit=100&order=descending&after=cp_250',
      '?limit=100&order=ascending&after=cp_99',
    ]);
  });

  it('are begun from both ends behind the first page where the last long list had more than two', async () => {
    const { organization, permissions, asked } = reader(450);
    const ends = async (checkpoint: string) => {
      assert.deepEqual(idsOf(await permissions.all(checkpoint)), organization.ids);
      return asked().map((query) => query.slice('?limit=100&order='.length));
    };
    await ends('ft:one');
    const long = ['descending', 'descending&after=cp_350', 'ascending'];
    assert.deepEqual((await ends('ft:two')).slice(0, 3), long);
    organization.items.splice(200);
    assert.deepEqual(await ends('ft:three'), long, 'one request more than there are pages');
    assert.deepEqual(await ends('ft:four'), long.slice(0, 2), 'for the last one was short');
    organization.items.splice(100);
    assert.deepEqual(await ends('ft:five'), long.slice(0, 1));
  });

  it('wait for no page from the oldest end that turns out not to be needed', async () => {
    const { organization, permissions, asked } = reader(450, {
      instead: ({ search }) =>
        search.includes('ascending') && organization.items.length === 150 ? answered(429, {}) : undefined,
    });
    await permissions.all('ft:one');
    organization.items.splice(150);
    asked();
    assert.deepEqual(idsOf(await permissions.all('ft:two')), organization.ids);
    assert.equal(asked().length, 3);
  });

  it('take half the round trips', async () => {
    const { organization, all } = reader(2000);
    let underWay = 0;
    let rounds = 0;
    const send = organization.send.bind(organization);
    organization.send = async (request) => {
      if (underWay++ === 0) rounds++;
      try {
        return await send(request);
      } finally {
        underWay--;
      }
    };
    await all();
    assert.ok(rounds <= 12, `${rounds} rounds for 20 pages`);
  });

  it('take few requests also when all were granted in one second', async () => {
    const { organization, all, asked } = reader(1200);
    for (const item of organization.items) item.created_at = 1_700_000_000;
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.ok(asked().length <= 13);
  });

  for (const ties of ['reversed', 'by id', 'by insertion'] as const)
    it(`are complete when most were granted in one second, whose order is ${ties}`, async () => {
      const { organization, all, asked } = reader(350, { ties });
      for (const [place, item] of organization.items.entries())
        item.created_at = 1_700_000_000 - (place < 30 ? 0 : place < 320 ? 1 : 2);
      const ids = new Set(idsOf(await all()));
      assert.deepEqual(
        organization.ids.filter((id) => !ids.has(id)),
        [],
      );
      assert.ok(asked().length <= 5);
      assert.equal((await all()).length, 350);
      assert.equal(asked().length, 4, 'reading again');
    });

  it('are read from one end once a rate limit is known', async () => {
    let limits = 1;
    const { organization, all, asked } = reader(1000, {
      instead: (_, request) => (request === 2 && limits-- > 0 ? answered(429, {}) : undefined),
    });
    assert.deepEqual(idsOf(await all()), organization.ids);
    const queries = asked();
    assert.equal(queries.length, 11);
    assert.ok(queries.every((query) => query.includes('descending')));
    assert.equal((await all()).length, 1000);
    assert.equal(asked().length, 10);
  });

  it('may be those of one project', async () => {
    const { organization, permissions, asked } = reader(900);
    const items = await permissions.all(CHECKPOINT, { project_id: 'proj_3' });
    const expected = organization.items.filter(({ project_id }) => project_id === 'proj_3');
    assert.deepEqual(idsOf(items), idsOf(expected));
    assert.ok(asked().every((query) => query.includes('project_id=proj_3')));
  });

  it('are read from one end when the server knows no order', async () => {
    const { organization, all, asked } = reader(450, { ignoresOrder: true });
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.equal(asked().length, 6);
  });

  it('are complete when the server knows no order and a permission is granted meanwhile', async () => {
    const { organization, all } = reader(450, {
      ignoresOrder: true,
      before: (request) => {
        if (request === 3) organization.grant(3);
      },
    });
    const stable = organization.ids;
    const ids = new Set(idsOf(await all()));
    assert.deepEqual(
      stable.filter((id) => !ids.has(id)),
      [],
    );
  });

  it('are complete when the server sends smaller pages than asked for', async () => {
    const { organization, all } = reader(330, { largestPage: 40 });
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.deepEqual(idsOf(await all()), organization.ids);
  });

  it('pass on what goes wrong with the first page as it is', async () => {
    const { all } = reader(5, {
      instead: () => answered(404, { error: { message: 'No such checkpoint.' } }),
    });
    await rejection(all(), NotFoundError);
  });

  it('say how far they were read when a later page cannot be had', async () => {
    const { all } = reader(500, {
      instead: (url) =>
        /after=(?!cp_400)/.test(url.search) ? answered(500, { error: { message: 'Oops' } }) : undefined,
    });
    const error = await rejection(all(), IncompleteListError);
    assert.equal(error.itemsRead, 300);
    assert.match(error.message, /300 items were read, then the next page could not be read: 500 Oops\.$/);
    assert.ok(error.cause instanceof InternalServerError);
  });

  const traps: Record<string, [body: object, reason: RegExp]> = {
    'an empty page that says there is more': [{ data: [], has_more: true }, /empty page/],
    'a cursor that does not advance': [{ has_more: true, last_id: 'cp_200' }, /does not advance/],
  };
  for (const [what, [body, reason]] of Object.entries(traps))
    it(`say that they are incomplete for ${what}`, async () => {
      const { organization, all } = reader(300, {
        instead: (url) => {
          if (url.searchParams.get('after') !== 'cp_200') return undefined;
          const data = organization.items.slice(100, 200);
          return answered(200, { object: 'list', data, ...body });
        },
      });
      assert.match((await rejection(all(), IncompleteListError)).reason, reason);
    });

  it('are not read for ever from a server that repeats itself', async () => {
    const { organization, all, asked } = reader(300, {
      instead: () =>
        answered(200, {
          object: 'list',
          data: organization.items.slice(0, 100),
          has_more: true,
          last_id: 'cp_200',
        }),
    });
    assert.match((await rejection(all(), IncompleteListError)).reason, /sent before/);
    assert.ok(asked().length <= 5);
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const { all } = reader(1000, {
      before: (request) => {
        if (request === 4) controller.abort();
      },
    });
    await rejection(all({ signal: controller.signal }), APIUserAbortError);
  });
});

describe('All permissions of a checkpoint that was read before', () => {
  it('are asked for all at once behind the first page, one request a page', async () => {
    const { organization, all, asked } = reader(450);
    await all();
    asked();
    let underWay = 0;
    const together: number[] = [];
    const send = organization.send.bind(organization);
    organization.send = async (request) => {
      together.push(++underWay);
      try {
        return await send(request);
      } finally {
        underWay--;
      }
    };
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.deepEqual(together, [1, 1, 2, 3, 4]);
    assert.deepEqual(asked(), [
      '?limit=100&order=descending',
      '?limit=100&order=descending&after=cp_350',
      '?limit=100&order=descending&after=cp_250',
      '?limit=100&order=descending&after=cp_150',
      '?limit=100&order=descending&after=cp_50',
    ]);
  });

  it('cost one request more when some were granted since, and none the time after', async () => {
    const { organization, all, asked } = reader(450);
    await all();
    organization.grant(7);
    asked();
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.equal(asked().length, 6);
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.equal(asked().length, 5);
  });

  for (const gone of ['place', 'top', '404'] as const)
    it(`are complete when cursors were revoked since, and lead to: ${gone}`, async () => {
      const { organization, all } = reader(450, { gone });
      await all();
      for (const id of ['cp_350', 'cp_349', 'cp_150']) organization.revoke(organization.ids.indexOf(id));
      assert.deepEqual(idsOf(await all()), organization.ids);
    });

  it('are not asked for behind those that this client has revoked', async () => {
    const { organization, permissions, all, asked } = reader(2000);
    await all();
    const { send } = organization;
    for (const id of organization.ids.slice(0, 1850)) {
      organization.revoke(organization.ids.indexOf(id));
      organization.send = async () => answered(200, { id, object: 'checkpoint.permission', deleted: true });
      await permissions.delete(id, { fine_tuned_model_checkpoint: CHECKPOINT });
    }
    organization.send = send;
    asked();
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.equal(asked().length, 2);
  });

  it('are complete when hardly any are left', async () => {
    const { organization, all, asked } = reader(450);
    await all();
    organization.items = organization.items.slice(-3);
    asked();
    assert.deepEqual(idsOf(await all()), organization.ids);
    assert.equal(asked().length, 1);
    organization.items = [];
    assert.deepEqual(await all(), []);
  });
});

describe('All permissions of a checkpoint while they come and go', () => {
  const servers = (['place', 'top', '404'] as const).flatMap((gone) =>
    (['reversed', 'by id', 'by insertion'] as const).map((ties) => ({ gone, ties })),
  );
  for (const { gone, ties } of servers)
    it(`hold every one that stayed, once, newest first (a cursor that is gone leads to: ${gone}; those of one second: ${ties})`, async () => {
      const change = fc.record({
        request: fc.integer({ min: 1, max: 14 }),
        grants: fc.integer({ min: 0, max: 4 }),
        revokes: fc.array(fc.nat(), { maxLength: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 45 }),
          fc.array(change, { maxLength: 6 }),
          fc.integer({ min: 1, max: 6 }),
          fc.integer({ min: 1, max: 20 }),
          async (count, changes, largestPage, together) => {
            const { organization, all } = reader(count, { gone, ties, largestPage });
            for (const [place, item] of organization.items.entries())
              item.created_at = 1_600_000_000 - Math.floor(place / together);
            const everThere = new Set<string>();
            organization.quirks.before = (request) => {
              for (const { request: at, grants, revokes } of changes) {
                if (at !== request) continue;
                for (const place of revokes)
                  if (organization.items.length) organization.revoke(place % organization.items.length);
                organization.grant(grants);
              }
              for (const id of organization.ids) everThere.add(id);
            };
            for (const reading of [1, 2]) {
              organization.asked.splice(0);
              const before = organization.ids;
              everThere.clear();
              for (const id of before) everThere.add(id);
              let items: Permission[];
              try {
                items = await all();
              } catch (error) {
                // Where a cursor that is gone cannot be told from trouble, saying so is right as well.
                assert.ok(error instanceof IncompleteListError && gone !== 'place', String(error));
                return;
              }
              const ids = idsOf(items);
              const stayed = before.filter((id) => organization.ids.includes(id));
              assert.deepEqual(
                stayed.filter((id) => !ids.includes(id)),
                [],
                `missing in reading ${reading}`,
              );
              assert.equal(new Set(ids).size, ids.length, 'each once');
              assert.ok(
                ids.every((id) => everThere.has(id)),
                'none that never was',
              );
              const times = items.map(({ created_at }) => created_at);
              assert.deepEqual(
                times,
                [...times].sort((one, other) => other - one),
                'newest first',
              );
            }
          },
        ),
        { numRuns: 100, seed: 20261121 },
      );
    }).timeout(60_000);
});
