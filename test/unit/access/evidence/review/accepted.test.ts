import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  type AcceptedFinding,
  AcceptedFindings,
  isDayToCome,
  isExpired,
  longestReason,
} from '../../../../../src/access/evidence/review/accepted';
import { mostAccepted } from '../../../../../src/access/thresholds';

const checkpoint = 'ft:my-model:harbor-labs:open:Oo1Pp2Ee';
const finding: AcceptedFinding = { finding: 'archived', checkpoint, project: 'proj_a' };
const other: AcceptedFinding = { finding: 'unused', checkpoint, project: 'proj_b' };
const whose = { origin: 'https://api.example', key: 'one' };
const because = { reason: 'Kept for the audit', until: '2026-12-31' };
const now = Date.UTC(2026, 10, 27, 12);

/** A storage that two windows share. */
function storage(value?: unknown) {
  const kept = { value, writes: 0 };
  return {
    kept,
    read: () => kept.value,
    write: async (record: unknown) => {
      kept.value = JSON.parse(JSON.stringify(record));
      kept.writes += 1;
    },
  };
}

describe('accepted findings', () => {
  const open = (place = storage(), of = whose) => new AcceptedFindings(() => now, of, place);

  it('are kept with their reason, and found by finding, checkpoint, and project', async () => {
    const place = storage();
    const accepted = open(place);
    let changes = 0;
    accepted.onDidChange(() => {
      changes += 1;
    });
    assert.equal(await accepted.accept([finding], because), true);
    assert.deepEqual(accepted.get(finding), { ...finding, ...because });
    assert.equal(accepted.get({ ...finding, project: 'proj_b' }), undefined);
    assert.equal(accepted.get({ ...finding, finding: 'unused' }), undefined);
    assert.equal(changes, 1);
    assert.deepEqual(open(place).get(finding), { ...finding, ...because });
    await accepted.remove([finding]);
    assert.equal(accepted.get(finding), undefined);
    assert.equal(open(place).size, 0);
    assert.equal(changes, 2);
  });

  it('in the access file win, are not stored, and cannot be removed here', async () => {
    const place = storage();
    const accepted = open(place);
    await accepted.accept([finding], because);
    let changes = 0;
    accepted.onDidChange(() => {
      changes += 1;
    });
    const inFile = { ...finding, reason: 'TICK-1', until: '2026-01-01' };
    accepted.useFile([inFile, { ...inFile, reason: 'the same once more' }]);
    accepted.useFile([inFile]);
    assert.equal(changes, 1);
    assert.deepEqual(accepted.get(finding), { ...inFile, isOfFile: true });
    await accepted.remove([finding]);
    assert.equal(accepted.get(finding)?.reason, 'TICK-1');
    assert.ok(!JSON.stringify(place.kept.value).includes('TICK-1'));
    accepted.useFile([]);
    assert.equal(accepted.get(finding), undefined);
  });

  it('of another organization neither count nor are lost', async () => {
    const place = storage();
    await open(place).accept([finding], because);
    const elsewhere = open(place, { origin: 'https://api.example', key: 'two' });
    assert.equal(elsewhere.size, 0, 'it may be of another organization');
    await elsewhere.accept([other], because);
    assert.equal(elsewhere.get(finding), undefined);
    assert.deepEqual(open(place).get(finding), { ...finding, ...because });
    assert.equal(open(place).get(other), undefined);
  });

  it('are merged with what another window stored, and taken over when asked', async () => {
    const place = storage();
    const [one, two] = [open(place), open(place)];
    await one.accept([finding], because);
    await two.accept([other], because);
    assert.equal(two.size, 2);
    assert.equal(one.size, 1);
    one.reload();
    assert.equal(one.size, 2);
  });

  it('hold on the last day, in UTC, and not after it', () => {
    assert.equal(isExpired(because, Date.UTC(2026, 11, 31, 23, 59, 59, 999)), false);
    assert.equal(isExpired(because, Date.UTC(2027, 0, 1)), true);
    for (const day of ['2026-02-30', '2026-13-01', '2026-1-1', '', 'tomorrow', '2026-12-31T00:00'])
      assert.equal(isDayToCome(day, 0), false, day);
  });

  it('make no more than there is room for, and give up those that are over first', async () => {
    const accepted = open();
    const many = (count: number, from = 0): AcceptedFinding[] =>
      Array.from({ length: count }, (_, index) => ({ ...finding, project: `proj_${from + index}` }));
    assert.equal(await accepted.accept(many(mostAccepted + 1), because), false);
    assert.equal(accepted.size, 0);
    assert.equal(await accepted.accept(many(mostAccepted), { ...because, until: '2026-11-26' }), true);
    assert.equal(await accepted.accept(many(1, mostAccepted), because), true);
    assert.equal(accepted.size, 1, 'only the one that holds');
  });

  it('tell when they cannot be stored, and then do not hold', async () => {
    const accepted = new AcceptedFindings(() => now, whose, {
      read: () => undefined,
      write: async () => {
        throw new Error('full');
      },
    });
    await assert.rejects(accepted.accept([finding], because), /full/);
    assert.equal(accepted.get(finding), undefined);
  });

  it('store nothing after the organization was removed', async () => {
    const place = storage();
    const accepted = open(place);
    accepted.dispose();
    assert.equal(await accepted.accept([finding], because), false);
    assert.equal(place.kept.writes, 0);
  });

  it('are kept in memory without a storage', async () => {
    const accepted = new AcceptedFindings(() => now);
    await accepted.accept([finding], because);
    accepted.reload();
    await accepted.accept([other], because);
    assert.equal(accepted.size, 2);
  });

  it('believe nothing of a stored value that is damaged or made by others', () => {
    const valid = { ...finding, ...because };
    const kept = (accepted: unknown) => ({ version: 1, organizations: [{ whose, accepted }] });
    const damaged: unknown[] = [
      null,
      7,
      'x',
      [],
      {},
      { version: 2, organizations: [{ whose, accepted: [valid] }] },
      { version: 1, organizations: {} },
      { version: 1, organizations: [null, 1, { whose: {}, accepted: [valid] }, { accepted: [valid] }] },
      kept('all'),
      kept([null, 1, 'x', [], { ...valid, finding: 'anything' }, { ...valid, finding: '__proto__' }]),
      kept([
        { ...valid, until: 'never' },
        { ...valid, until: 1e99 },
        { ...valid, until: '2026-02-31' },
      ]),
      kept([
        { ...valid, reason: ' ' },
        { ...valid, reason: 3 },
      ]),
      kept([
        { ...valid, project: '' },
        { ...valid, checkpoint: 'x'.repeat(10_000) },
      ]),
    ];
    for (const value of damaged) assert.equal(open(storage(value)).size, 0, JSON.stringify(value));
    void fc.assert(fc.property(fc.jsonValue(), (value) => open(storage(value)).size === 0));
    const long = { ...valid, reason: `\u202e\n${'r'.repeat(10_000)}` };
    const { reason = '' } = open(storage(kept([long]))).get(finding) ?? {};
    assert.ok(reason.length <= longestReason);
    assert.doesNotMatch(reason, /[\n\u202e]/);
  });
});
