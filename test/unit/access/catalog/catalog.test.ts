import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/access/catalog/catalog';
import { keptInMemory } from '../support';

const ids = ['ft:a:org:x:11111111', 'ft:a:org:x:22222222', 'ft:a:org:x:33333333'];
const [first = '', second = '', third = ''] = ids;

describe('the catalog', () => {
  it('adds at the end, each id once, and survives a restart', async () => {
    const kept = keptInMemory();
    const catalog = new Catalog(kept);
    assert.deepEqual(await catalog.add([first, second, first]), [first, second]);
    assert.deepEqual(await catalog.add([second, third]), [third]);
    assert.deepEqual(new Catalog(kept).ids, ids);
  });

  it('loses nothing when changes come at the same time', async () => {
    const kept = keptInMemory();
    const catalog = new Catalog(kept);
    await Promise.all([...ids.map((id) => catalog.add([id])), catalog.remove([second])]);
    assert.deepEqual(new Catalog(kept).ids, [first, third]);
  });

  it('restores what was removed in its place, and keeps what was added since', async () => {
    const catalog = new Catalog(keptInMemory([first, second]));
    const before = catalog.entries;
    await catalog.remove([first]);
    await catalog.add([third]);
    await catalog.restore(before);
    assert.deepEqual(catalog.ids, ids);
  });

  it('tells about a change only when there is one', async () => {
    const catalog = new Catalog(keptInMemory(ids));
    let changes = 0;
    catalog.onDidChange(() => {
      changes += 1;
    });
    await catalog.add([first]);
    await catalog.remove(['ft:a:org:x:unknown1']);
    assert.equal(changes, 0);
    await catalog.remove([first]);
    assert.equal(changes, 1);
  });

  it('shows what was there before when storing fails', async () => {
    const full = new Error('disk full');
    const catalog = new Catalog({ read: () => undefined, write: () => Promise.reject(full) });
    await assert.rejects(catalog.add([first]), full);
    assert.deepEqual(catalog.ids, []);
  });

  it('keeps where each was found, and adds what is learnt later', async () => {
    const kept = keptInMemory();
    const catalog = new Catalog(kept);
    await catalog.add([
      { id: first, findings: [{ in: 'auditLog', at: 1, count: 1, last: 1 }], createdAt: 5 },
    ]);
    await catalog.add([
      {
        id: first,
        findings: [
          { in: 'auditLog', at: 2, count: 2, last: 2 },
          { in: 'usage', at: 2 },
        ],
        shutdownDate: '2027-01-14',
      },
    ]);
    assert.deepEqual(new Catalog(kept).entry(first), {
      id: first,
      findings: [
        { in: 'auditLog', at: 2, count: 2, last: 2 },
        { in: 'usage', at: 2 },
      ],
      createdAt: 5,
      shutdownDate: '2027-01-14',
    });
  });

  it('keeps the end that the server told until it lists the model without one', async () => {
    const catalog = new Catalog(keptInMemory());
    await catalog.add([
      { id: first, findings: [{ in: 'models', at: 1 }], shutdownDate: '2026-12-01', createdAt: 5 },
    ]);
    await catalog.add([{ id: first, findings: [{ in: 'usage', at: 2 }] }]);
    assert.equal(catalog.entry(first)?.shutdownDate, '2026-12-01');
    await catalog.add([{ id: first, findings: [{ in: 'models', at: 3 }] }]);
    assert.deepEqual(catalog.entry(first), {
      id: first,
      findings: [
        { in: 'models', at: 3 },
        { in: 'usage', at: 2 },
      ],
      createdAt: 5,
    });
  });

  it('reads the list of version 1, which had ids alone', () => {
    const catalog = new Catalog(keptInMemory([first, second]));
    assert.deepEqual(catalog.ids, [first, second]);
    assert.deepEqual(catalog.entry(first), { id: first, findings: [] });
  });

  it('reads where each was found as earlier versions stored it, in prose', () => {
    const findings = [
      { in: 'audit log', at: 1, detail: 'granted 2 times, last on 2026-03-04' },
      { in: 'fine-tuning jobs', at: 2, detail: 'job ftjob-1 of Berth planning' },
      { in: 'usage', at: 3 },
      { in: 'typed', at: 4, detail: 'from an open file' },
    ];
    const checkpoints = [{ id: first, findings }];
    const catalog = new Catalog({ read: () => ({ version: 2, checkpoints }), write: async () => undefined });
    assert.deepEqual(catalog.entry(first)?.findings, [
      { in: 'auditLog', at: 1, detail: 'granted 2 times, last on 2026-03-04' },
      { in: 'jobs', at: 2, detail: 'job ftjob-1 of Berth planning' },
      { in: 'usage', at: 3 },
      { in: 'openFile', at: 4 },
    ]);
  });

  it('uses what it can of a damaged entry', () => {
    const checkpoints = [
      {
        id: first,
        findings: [{ in: 'usage' }, { in: 'usage', at: 3, count: 'many', files: [1] }],
        createdAt: 'x',
        metrics: { loss: 'y' },
      },
      { id: 'nonsense', findings: [] },
      { findings: [] },
    ];
    const catalog = new Catalog({ read: () => ({ version: 2, checkpoints }), write: async () => undefined });
    assert.deepEqual(catalog.entries, [{ id: first, findings: [{ in: 'usage', at: 3 }] }]);
  });

  for (const damaged of [
    undefined,
    null,
    7,
    'text',
    { checkpoints: 'ft:' },
    { checkpoints: [1, 'nonsense', null] },
  ]) {
    it(`reads ${JSON.stringify(damaged)} as an empty list`, () => {
      assert.deepEqual(new Catalog({ read: () => damaged, write: async () => undefined }).ids, []);
    });
  }
});
