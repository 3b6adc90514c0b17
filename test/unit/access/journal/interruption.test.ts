import assert from 'node:assert/strict';
import type { Account } from '../../../../src/access/journal/account';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { apply } from '../../../../src/access/plan/apply';
import { planChanges } from '../../../../src/access/plan/copyAccess';
import {
  type Before,
  type Look,
  leftToDo,
  lookAgain,
  outcomeOf,
  undoOf,
} from '../../../../src/access/plan/lookAgain';
import { keyOf, type Plan, type Step } from '../../../../src/access/plan/plan';
import { World } from '../plan/world';
import { accountsIn, dead, interruptedIn, MortalStorage, newPlan, planIn, survivorOf } from './support';

/** Ten steps over two checkpoints: two POSTs and six DELETEs. */
async function begin(storage: MemoryStorage) {
  const world = new World(2, 6);
  const [one = '', other = ''] = world.checkpoints;
  for (const project of world.projects.slice(0, 3)) {
    world.grant(one, project);
    world.grant(other, project);
  }
  world.passTime(60);
  const first = world.access;
  const current = await world.read();
  const desired = new Map([
    [one, world.projects.slice(3, 5)],
    [other, world.projects.slice(4, 6)],
  ]);
  const plan = planChanges(current, desired);
  assert.equal(plan.steps.length, 10);
  const journal = new Journal(storage, world.now, dead);
  const work = async (): Promise<void> => {
    const recorder = await journal.begin(newPlan(plan));
    await apply(plan, world.organization.target, { recorder });
    await recorder.end('applied');
  };
  return {
    world,
    plan,
    first,
    last: Object.fromEntries([...desired].map(([id, to]) => [id, to.sort()])),
    work,
  };
}

function planOf(account: Account): { plan: Plan; before: (step: Step) => Before } {
  const steps = new Map(account.steps.map((each) => [each.step, each]));
  return { plan: { steps: [...steps.keys()] }, before: (step) => steps.get(step) ?? {} };
}

/** The process that comes after the crash: it knows nothing but the files. */
async function comeBack(storage: MortalStorage, world: World) {
  world.passTime(30);
  const journal = new Journal(survivorOf(storage), world.now);
  const organization = world.open();
  const [account] = await interruptedIn(journal);
  if (!account) return { journal, organization };
  const { plan, before } = planOf(account);
  const looks = await lookAgain(plan, before, organization.permissions, () => 0);
  return { journal, organization, account, plan, looks };
}

async function wholeJournal(): Promise<string> {
  const storage = new MemoryStorage();
  const { world, work } = await begin(storage);
  await work();
  world.organization.dispose();
  const [text = ''] = storage.files.values();
  return text;
}

const answered = (requests: readonly string[]) =>
  requests.filter((each) => /^(POST|DELETE) 200/.test(each)).sort();

describe('a process that ends in the middle of a plan', () => {
  /** At the first bytes and the last ones of each line, and in its middle. */
  let moments: number[] = [];
  before(async () => {
    let end = 0;
    for (const line of (await wholeJournal()).split(/(?<=\n)/)) {
      moments.push(end, end + 1, end + (line.length >> 1), end + line.length - 1);
      end += line.length;
    }
    moments = [...new Set(moments)];
  });

  for (const acknowledges of [true, false]) {
    const when = acknowledges ? 'after' : 'before';
    it(`Continue ends as if nothing had been, no step done twice (killed ${when} a line is acknowledged)`, async () => {
      for (const moment of moments) {
        const storage = new MortalStorage(moment, acknowledges);
        const { world, work, first, last } = await begin(storage);
        await Promise.race([work(), storage.death]);
        const { journal, organization, account, plan, looks } = await comeBack(storage, world);
        const ended = [...storage.files.values()].some((text) => text.includes('"kind":"ended"'));
        if (!account || !looks) {
          // The plan had not begun, or was at its end.
          assert.deepEqual(world.access, ended ? last : first, `at ${moment}`);
          continue;
        }
        for (const { step, before, found } of looks) {
          // What the journal knows is so; what it does not know was sent at the most.
          if (before.answer === 'accepted') assert.ok(found.isSo, `${step.action} at ${moment}`);
          if (before.sentAt === undefined) assert.ok(!found.isSo, `${step.action} at ${moment}`);
        }
        const { entry } = (await journal.take(account)) ?? {};
        assert.ok(entry);
        const { left, changedSince } = leftToDo(plan, looks);
        assert.deepEqual(changedSince, []);
        await entry.judged(looks.map(outcomeOf).filter(({ result }) => result === 'done'));
        await apply(left, organization.target, { recorder: entry });
        await entry.end('applied');
        assert.deepEqual(world.access, last, `at ${moment}`);
        const expected = [...Array(6).fill('DELETE 200'), ...Array(2).fill('POST 200')];
        assert.deepEqual(answered(world.requests), expected, `each change once, at ${moment}`);
        assert.deepEqual(await interruptedIn(journal), []);
        const [whole] = await accountsIn(journal);
        assert.ok(whole?.ended);
        for (const { done, step } of whole.steps) {
          // Nothing tells who made what was sent without a recorded answer.
          const look: Look | undefined = looks.find((each) => keyOf(each.step) === keyOf(step));
          const isLost: boolean =
            look?.found.isSo === true && look.before.sentAt !== undefined && !look.before.answer;
          assert.equal(done?.by, isLost ? 'perhapsUs' : 'us', `${step.action} at ${moment}`);
        }
        world.organization.dispose();
        organization.dispose();
      }
    });
  }

  it('Undo what was done gives the first state back', async () => {
    for (const moment of moments) {
      const storage = new MortalStorage(moment, true);
      const { world, work, first } = await begin(storage);
      await Promise.race([work(), storage.death]);
      const { organization, account, looks } = await comeBack(storage, world);
      if (!account || !looks) continue;
      await apply(undoOf(looks).plan, organization.target);
      assert.deepEqual(world.access, first, `at ${moment}`);
      world.organization.dispose();
      organization.dispose();
    }
  });

  it('a grant that somebody took away since is not made again', async () => {
    const storage = new MortalStorage(Number.POSITIVE_INFINITY, true);
    const { world, work, plan } = await begin(storage);
    await work();
    const [name = '', text = ''] = [...storage.files][0] ?? [];
    storage.files.set(name, text.slice(0, text.indexOf('{"kind":"judged"')));
    const [step] = plan.steps;
    assert.ok(step?.action === 'grant');
    world.revoke(step.checkpoint, step.project);
    const back = await comeBack(storage, world);
    assert.ok(back.looks);
    // It was never read back, so it may also not be listed yet.
    const { left, notListed } = leftToDo(back.plan, back.looks);
    assert.deepEqual([left.steps, notListed], [[], [step]]);
    assert.deepEqual(undoOf(back.looks).left, [{ step, why: 'notListed' }]);
    storage.files.set(name, text);
    const again = await comeBack(storage, world);
    assert.equal(again.account, undefined, 'a plan that has ended is not offered');
    const seen = new Map(back.looks.map((look) => [look.step, look]));
    const looks = [...seen.values()].map((look) => ({
      ...look,
      before: { ...look.before, done: { by: 'us' as const } },
    }));
    assert.deepEqual(leftToDo(back.plan, looks).changedSince, [step]);
    assert.deepEqual(undoOf(looks).left, [{ step, why: 'goneAlready' }]);
  });
});

describe('what a journal says, cut at every byte', () => {
  it('never says more than was written, and never less than its whole lines', async () => {
    const text = await wholeJournal();
    const whole = await planIn(text);
    assert.ok(whole?.ended);
    let known = -1;
    for (let end = 0; end <= text.length; end += 1) {
      const account = await planIn(text.slice(0, end));
      const sent = account?.steps.filter(({ sentAt }) => sentAt !== undefined).length ?? -1;
      assert.ok(sent >= known, 'more bytes never say less');
      known = sent;
      assert.equal(account?.damaged ?? false, false, 'a last line cut short is no damage');
      const lines = text.slice(0, end).split('\n').length - 1;
      assert.equal(account !== undefined, lines > 0);
    }
    assert.equal(known, 10);
  });

  it('a damaged line in the middle is left out, and said', async () => {
    const lines = (await wholeJournal()).split('\n');
    lines[2] = `${lines[2]?.slice(0, 20)}\u0000\u0000`;
    const account = await planIn(lines.join('\n'));
    assert.ok(account?.damaged && account.ended);
  });

  it('is the rest where a line says nothing that can be used', async () => {
    const [begun = ''] = (await wholeJournal()).split('\n');
    for (const odd of [
      '{"kind":"sending"}',
      '{"kind":"answered","steps":1}',
      '{"kind":"judged","outcomes":[null]}',
    ]) {
      const account = await planIn(`${begun}\n${odd}\n`);
      assert.equal(account?.steps.length, 10);
      assert.ok(account.damaged, odd);
    }
  });

  it('is nothing when the plan itself cannot be read, or is not one', async () => {
    const text = await wholeJournal();
    const lines = text.split('\n');
    assert.equal(await planIn(lines.slice(1).join('\n')), undefined);
    const odd = JSON.stringify({ ...JSON.parse(lines[0] ?? ''), steps: [{ action: 'grant' }] });
    assert.equal(await planIn(`${odd}\n`), undefined);
  });
});
