import assert from 'node:assert/strict';
import { mergeChanges } from '../../../../src/access/evidence/history/merge';
import { Origins } from '../../../../src/access/evidence/history/origins';
import { ownChanges } from '../../../../src/access/evidence/history/ownChanges';
import type { Account } from '../../../../src/access/journal/account';
import { partName } from '../../../../src/access/journal/fileNames';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { plansKept } from '../../../../src/access/journal/tidying';
import { undoneIn } from '../../../../src/access/journal/undone';
import { type Plan, planGrants } from '../../../../src/access/plan/plan';
import { atOnce } from '../../../../src/access/slices';
import type { AuditLog } from '../../../../src/openai/index';
import { assertLinear } from '../../../growth/measure';
import { accountsIn, dead, newPlan, planIn, SharedTime } from './support';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:growth:Gg1Rr2Ow';
/** The size to begin with. */
const smallest = 250;
const projects = (count: number) => Array.from({ length: count }, (_, index) => `proj_${index}`);

/** Records a whole plan. Resolves to its text. */
async function record(storage: MemoryStorage, plan: Plan): Promise<string> {
  const entry = await new Journal(storage, Date.now, dead, new SharedTime().window()).begin(newPlan(plan));
  await entry.sending(
    plan.steps,
    plan.steps.map(() => ({ ids: [], isAll: true })),
  );
  const listed = plan.steps.map(({ project }, index) => ({
    id: `cp_${index}`,
    project_id: project,
    created_at: 1,
    object: 'checkpoint.permission' as const,
  }));
  await entry.answered(plan.steps, { kind: 'accepted', listed });
  await entry.judged(plan.steps.map((step) => ({ step, result: 'done', by: 'us' })));
  await entry.end('applied');
  return storage.files.get(partName(entry.id, 1)) ?? '';
}

describe('the time that the journal takes', function () {
  this.timeout(60_000);

  it('Truth 16: is in proportion to the steps that are written', () =>
    assertLinear(async (size) => {
      const plan = planGrants([checkpoint], projects(size));
      return () => record(new MemoryStorage(), plan);
    }, smallest));

  it('Truth 16: is in proportion to the steps that are written, when all of them are the same', () =>
    assertLinear(async (size) => {
      const [step] = planGrants([checkpoint], ['proj_a']).steps;
      const plan = { steps: Array.from({ length: size }, () => step as NonNullable<typeof step>) };
      return () => record(new MemoryStorage(), plan);
    }, smallest));

  it('Truth 16: is in proportion to the steps that are read', () =>
    assertLinear(async (size) => {
      const text = await record(new MemoryStorage(), planGrants([checkpoint], projects(size)));
      return () => planIn(text);
    }, smallest));

  it('Truth 16: is in proportion to the changes that are joined with the audit log', () =>
    assertLinear(async (size) => {
      const account = {
        ...((await planIn(
          await record(new MemoryStorage(), planGrants([checkpoint], projects(size))),
        )) as Account),
        undoes: 'another',
      };
      // Their answers were lost, so nothing but time and place tells which event is which.
      const steps = account.steps.map(({ step, sentAt = 0 }) => ({ step, sentAt }));
      const events = steps.map(
        ({ step, sentAt }, index): AuditLog => ({
          id: `event_${index}`,
          type: 'checkpoint.permission.created',
          effective_at: Math.floor(sentAt / 1000),
          'checkpoint.permission.created': {
            id: `cp_${index}`,
            data: { project_id: step.project, fine_tuned_model_checkpoint: checkpoint },
          },
        }),
      );
      return () => {
        const own = atOnce(ownChanges([{ ...account, steps }], undefined));
        const changes = atOnce(mergeChanges(events, own, new Origins()));
        assert.equal(changes.length, size);
        undoneIn([account, { ...account, id: 'another' }]);
      };
    }, smallest));

  it('Truth 16: a new plan reads no record before it has begun, however many there are', async () => {
    class Counted extends MemoryStorage {
      reads = 0;
      override read(name: string, last?: number): Promise<string> {
        this.reads += 1;
        return super.read(name, last);
      }
    }
    const storage = new Counted();
    const time = new SharedTime();
    const text = await record(new MemoryStorage(), planGrants([checkpoint], ['proj_a']));
    const count = 3000;
    for (let index = 0; index < count; index += 1)
      storage.files.set(partName(`20260101T000000000Z-${String(index).padStart(8, '0')}`, 1), text);
    const journal = new Journal(storage, Date.now, dead, time.window());
    const entry = await journal.begin(newPlan(planGrants([checkpoint], ['proj_a'])));
    assert.equal(storage.reads, 0);
    await accountsIn(journal);
    const left = () => [...storage.files.keys()].filter((name) => name.endsWith('.jsonl')).length;
    assert.ok(left() > count / 2, 'they go bit by bit');
    const reads = storage.reads;
    await journal.open('test');
    await journal.open('test');
    assert.ok(storage.reads - reads <= 3000, 'what has ended is not read twice');
    await time.pass(120_000);
    assert.equal(left(), plansKept + 1);
    await entry.end('applied');
  });

  it('Truth 16: others have their turn while many records are read', async () => {
    const storage = new MemoryStorage();
    const text = await record(new MemoryStorage(), planGrants([checkpoint], projects(2000)));
    for (let index = 0; index < 20; index += 1) storage.files.set(partName(`${index}`, 1), text);
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const began = process.cpuUsage();
    const accounts = await accountsIn(new Journal(storage, Date.now, dead, new SharedTime().window()));
    isOver = true;
    assert.equal(accounts.length, 20);
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    // One every 10 ms is meant. A single record may take longer than that.
    assert.ok(turns >= 2 && turns >= ms / 40, `${turns} turns in ${ms} ms`);
  });
});
