import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ownChanges } from '../../../../src/access/evidence/history/ownChanges';
import {
  compareIds,
  forgottenName,
  heartbeatName,
  newId,
  partName,
  sequenceOf,
} from '../../../../src/access/journal/fileNames';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { plansKept } from '../../../../src/access/journal/tidying';
import { undoneIn } from '../../../../src/access/journal/undone';
import { planGrants, planRevokes } from '../../../../src/access/plan/plan';
import { atOnce } from '../../../../src/access/slices';
import { accountsIn, dead, newPlan } from './support';

const checkpoint = 'ft:a';
const grants = (...projects: string[]) => planGrants([checkpoint], projects);

describe('the files of a plan', () => {
  it('have names that every system takes, and that differ by more than case', () => {
    const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
    const ids = Array.from({ length: 200 }, (_, at) => newId([], at * 1000));
    const names = ids.flatMap((id) => [partName(id, 1), heartbeatName(id, 1), forgottenName(id)]);
    for (const name of names) {
      assert.match(name, /^[\w.-]+[\w]$/);
      assert.doesNotMatch(name, reserved);
      assert.ok(name.length < 100);
    }
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  });
});

describe('the order of plans', () => {
  let storage: MemoryStorage;
  /** The clock of the computer, which is set as one likes. */
  let now = 0;
  let journal: Journal;
  beforeEach(() => {
    storage = new MemoryStorage();
    journal = new Journal(storage, () => now, dead);
  });

  /** Applies a plan to its end. Resolves to its id. */
  async function done(at: number, project: string, undoes?: string): Promise<string> {
    now = at;
    const plan = undoes
      ? planRevokes([
          {
            checkpoint,
            permission: { id: 'cp_1', project_id: project, created_at: 1, object: 'checkpoint.permission' },
          },
        ])
      : grants(project);
    const entry = await journal.begin(newPlan(plan, undoes ? { undoes } : {}));
    await entry.sending(plan.steps);
    await entry.answered(plan.steps, { kind: 'accepted' });
    await entry.judged(plan.steps.map((step) => ({ step, result: 'done', by: 'us' })));
    await entry.end('applied');
    return entry.id;
  }
  const projects = async () => (await accountsIn(journal)).map(({ steps }) => steps[0]?.step.project);

  it('Truth 17: is that in which they began, also when the clock was set back', async () => {
    for (const [at, project] of [
      [5e12, 'first'],
      [1e12, 'second'],
      [0, 'third'],
      [3e12, 'fourth'],
    ] as const)
      await done(at, project);
    assert.deepEqual(await projects(), ['fourth', 'third', 'second', 'first']);
    // Another window counts on.
    const another = new Journal(storage, () => -1e12, dead);
    await another.begin(newPlan(grants('fifth')));
    assert.deepEqual(await projects(), ['fifth', 'fourth', 'third', 'second', 'first']);
    assert.deepEqual(
      atOnce(ownChanges(await accountsIn(journal), undefined)).map(({ project }) => project),
      ['fourth', 'third', 'second', 'first'],
    );
  });

  it('Truth 17: what was undone is undone, also when the clock was set back in between', async () => {
    const plan = await done(5e12, 'one');
    const undo = await done(1e12, 'one', plan);
    assert.deepEqual(Object.fromEntries(undoneIn(await accountsIn(journal))), { [plan]: 'all' });
    await done(0, 'one', undo);
    assert.deepEqual(Object.fromEntries(undoneIn(await accountsIn(journal))), { [undo]: 'all' });
  });

  it(`Truth 17: keeps the latest ${plansKept} that have ended and all that have not, whatever the clock says`, async () => {
    now = 9e12;
    await journal.begin(newPlan(grants('interrupted')));
    for (let index = 1; index <= plansKept + 5; index += 1) await done(8e12 - index * 1e9, `number ${index}`);
    now = 0;
    await journal.begin(newPlan(grants('the last')));
    const kept = await projects();
    assert.deepEqual([kept[0], kept.at(-2), kept.at(-1)], ['the last', 'number 6', 'interrupted']);
    assert.equal(kept.length, plansKept + 2);
  });

  it('puts those of an earlier version first, by their times, and shows them', async () => {
    for (const [id, at, project] of [
      ['20260102T000000000Z-aaaaaaaa', 2, 'later'],
      ['20260101T000000000Z-bbbbbbbb', 1, 'earlier'],
    ] as const) {
      const session = { id: 'before', pid: 1, booted: 1, host: 'here' };
      const head = { v: 1, kind: 'begun', profile: 'test', organization: 'Test', title: 'Grant', by: 'me' };
      const line = { ...head, at, session, names: {}, steps: grants(project).steps };
      storage.files.set(partName(id, 1), `${JSON.stringify(line)}\n`);
    }
    await done(0, 'new');
    assert.deepEqual(await projects(), ['new', 'later', 'earlier']);
  });

  it('numbers go on after the highest, however high', () => {
    assert.equal(sequenceOf(newId([], 0)), 1);
    assert.equal(sequenceOf(newId(['n000000000041-x', '20260101T000000000Z-bbbbbbbb'], 0)), 42);
    assert.equal(sequenceOf(newId(['n999999999999-x'], 0)), 999_999_999_999);
    assert.equal(sequenceOf('n9999999999999-x'), 0);
    const ids = ['n000000000002-b', 'n000000000002-a', 'n000000000010-a', '20990101T000000000Z-c'];
    assert.deepEqual(ids.toSorted(compareIds), [ids[2], ids[0], ids[1], ids[3]]);
  });
});

describe('what was taken back', () => {
  it('Truth 17: depends on neither times nor order, and survives records that take back one another', () => {
    const record = (id: string, at: number, undoes?: string) => ({
      id,
      at,
      profile: 'test',
      organization: 'Test',
      by: '',
      names: {},
      session: undefined,
      steps: [
        {
          step: { action: 'grant' as const, checkpoint, project: 'one' },
          sentAt: 1,
          done: { by: 'us' as const },
        },
      ],
      part: 1,
      released: false,
      damaged: false,
      ...(undoes && { undoes }),
    });
    const chain = 5000;
    void fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 6, maxLength: 6 }), fc.integer(), (times, seed) => {
        const [a, b, c, d, e, f] = ['a', 'b', 'c', 'd', 'e', 'f'];
        const undoes = [undefined, a, b, undefined, f, e];
        const all = [a, b, c, d, e, f].map((id, index) => record(id ?? '', times[index] ?? 0, undoes[index]));
        const turn = Math.abs(seed) % all.length;
        const shuffled = [...all.slice(turn), ...all.slice(0, turn)];
        // c takes b back, so that a stands; e and f are nonsense.
        assert.deepEqual(Object.fromEntries(undoneIn(shuffled)), { b: 'all' });
      }),
    );
    const long = Array.from({ length: chain }, (_, index) =>
      record(`${index}`, -index, index > 0 ? `${index - 1}` : undefined),
    );
    assert.equal(undoneIn(long).size, chain / 2);
  });
});
