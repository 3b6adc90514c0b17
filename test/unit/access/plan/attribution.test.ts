import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attribute, type By, type RequestEvidence } from '../../../../src/access/plan/attribution';
import type { Step } from '../../../../src/access/plan/plan';

const grant: Step = { action: 'grant', checkpoint: 'ft:a', project: 'proj_a' };
const revoke: Step = { ...grant, action: 'revoke', permissionId: 'cp_a' };
/** The server's second of the response. */
const date = 1_700_000_000;
const permission = (created_at: number, id = 'cp_a') => ({
  id,
  created_at,
  project_id: 'proj_a',
  object: 'checkpoint.permission' as const,
});
const proven: RequestEvidence = {
  result: 'accepted',
  known: { ids: [], isAll: true },
  serverTime: { date, took: 300 },
  listed: [{ id: 'cp_a' }],
};
const without = (name: keyof RequestEvidence): RequestEvidence => {
  const { [name]: _, ...rest } = proven;
  return rest as RequestEvidence;
};

describe('who made a change', () => {
  const table: readonly [string, By, RequestEvidence, number][] = [
    ['accepted, absent before, created in that second', 'us', proven, date],
    ['accepted, absent before, created in the second before', 'us', proven, date - 1],
    ['without a list in the answer', 'us', without('listed'), date],
    ['in the basis already', 'others', { ...proven, known: { ids: ['cp_a'], isAll: true } }, date],
    ['not in the answer', 'others', { ...proven, listed: [{ id: 'cp_b' }] }, date],
    ['created before the request was sent', 'others', proven, date - 2],
    ['created long before', 'others', proven, date - 60],
    ['created after the answer, which does not list it', 'others', without('listed'), date + 2],
    [
      'while a slow request was under way',
      'perhapsUs',
      { ...proven, serverTime: { date, took: 8000 } },
      date - 5,
    ],
    ['no Date header', 'perhapsUs', without('serverTime'), date],
    ['no proof that it was absent', 'perhapsUs', { ...proven, known: { ids: [], isAll: false } }, date],
    ['nothing known before', 'perhapsUs', without('known'), date],
    ['a time that the server does not know', 'perhapsUs', proven, 0],
    ['refused for sure', 'others', { ...without('listed'), result: 'refused' }, date],
    ['refused, in part carried out', 'perhapsUs', { ...without('listed'), result: 'doubtful' }, date],
    ['refused, created before', 'others', { ...without('listed'), result: 'doubtful' }, date - 30],
    ['refused, created after the answer', 'others', { ...without('listed'), result: 'doubtful' }, date + 30],
    ['no answer', 'perhapsUs', { result: 'uncertain', known: { ids: [], isAll: true } }, date + 900],
    [
      'a late effect of an uncertain request',
      'perhapsUs',
      { ...without('listed'), result: 'uncertain' },
      date + 30,
    ],
    ['uncertain, created before', 'others', { ...without('listed'), result: 'uncertain' }, date - 30],
    ['never sent', 'others', { result: 'notSent' }, date],
  ];
  for (const [name, by, evidence, created] of table) {
    it(`Truth 4: a grant: ${name} → ${by}`, () => {
      assert.deepEqual(attribute(grant, evidence, [permission(created)]), {
        by,
        permission: permission(created),
      });
    });
  }

  const revokes: readonly [RequestEvidence['result'], By][] = [
    ['accepted', 'us'],
    ['refused', 'others'],
    ['notSent', 'others'],
    ['doubtful', 'perhapsUs'],
    ['uncertain', 'perhapsUs'],
  ];
  for (const [result, by] of revokes) {
    it(`Truth 4: a revoke: ${result}, and it is gone → ${by}`, () => {
      assert.deepEqual(attribute(revoke, { result }), { by });
    });
  }

  it('Truth 4: of several permissions, the one that is ours for sure, else perhaps, is meant', () => {
    const [theirs, ours] = [permission(date - 900, 'cp_b'), permission(date)];
    assert.deepEqual(attribute(grant, proven, [theirs, ours]), { by: 'us', permission: ours });
    const lost: RequestEvidence = { result: 'uncertain', known: { ids: ['cp_b'], isAll: true } };
    assert.deepEqual(attribute(grant, lost, [theirs, ours]), { by: 'perhapsUs', permission: ours });
    assert.deepEqual(attribute(grant, proven, []), { by: 'others' });
  });

  it('Truth 4: less evidence never makes a change more surely ours, or more surely of others by time', () => {
    const evidence = fc.record(
      {
        result: fc.constantFrom('notSent', 'accepted', 'refused', 'doubtful', 'uncertain'),
        known: fc.record({ ids: fc.subarray(['cp_a', 'cp_b']), isAll: fc.boolean() }),
        serverTime: fc.record({ date: fc.constant(date), took: fc.nat(20_000) }),
        listed: fc.subarray([{ id: 'cp_a' }, { id: 'cp_b' }]),
      },
      { requiredKeys: ['result'] },
    ) as fc.Arbitrary<RequestEvidence>;
    fc.assert(
      fc.property(
        evidence,
        fc.integer({ min: date - 40, max: date + 40 }),
        fc.constantFrom('known', 'serverTime'),
        (all, created, left) => {
          const found = [permission(created)];
          const { [left]: _, ...less } = all;
          const [more, fewer] = [attribute(grant, all, found).by, attribute(grant, less, found).by];
          assert.ok(fewer === more || fewer === 'perhapsUs', `${more} became ${fewer} without ${left}`);
          if (more !== 'us') return;
          assert.equal(all.result, 'accepted');
          assert.ok(all.known?.isAll && !all.known.ids.includes('cp_a') && all.serverTime);
          assert.ok(Math.abs(created - date) <= 1, 'within the resolution of both times');
        },
      ),
    );
  });
});
