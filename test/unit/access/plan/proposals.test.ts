import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/access/plan/outcome';
import { keyOf, type Plan, planGrants, type Step } from '../../../../src/access/plan/plan';
import { Proposals, type ProposedPlan } from '../../../../src/access/plan/proposals';
import type { Recorder } from '../../../../src/access/plan/recorder';
import { isAsShown } from '../../../../src/access/plan/shownPlan';
import { atOnce } from '../../../../src/access/slices';

const plan = planGrants(['checkpoint'], ['a', 'b', 'c']);
const [a, b, c] = plan.steps as [Step, Step, Step];

const proposed = (cleared: readonly Step[] = []): ProposedPlan => ({
  title: 'A plan',
  notes: [],
  checked: { plan, impossible: [], warnings: [] },
  perhapsUs: [],
  cleared: new Set(cleared.map(keyOf)),
});

const done = (step: Step): Outcome => ({ step, result: 'done', by: 'us' });
const resultOf = (outcomes: readonly Outcome[]) => ({ outcomes, summary: '', records: ['record'] });

/** Whether a promise is settled after all that is queued now. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  let open = true;
  void promise.then(() => {
    open = false;
  });
  await new Promise(setImmediate);
  return open;
}

describe('a plan that is proposed', () => {
  let proposals: Proposals;
  beforeEach(() => {
    proposals = new Proposals();
  });

  function begin() {
    const proposal = proposals.begin();
    assert.ok(proposal);
    return proposal;
  }

  it('is agreed to as it is selected, and only while it is open', async () => {
    const proposal = begin();
    const answer = proposal.ask(proposed([c]));
    assert.deepEqual(proposal.selected, [a, b]);
    proposal.select([a], false);
    proposal.select([c], true);
    assert.deepEqual(proposal.selected, [b, c]);
    assert.ok(await isOpen(answer));
    proposal.agree();
    assert.deepEqual((await answer)?.steps, [b, c]);
    assert.equal(proposal.phase, 'checking');
    proposal.select([a], true);
    assert.deepEqual(proposal.selected, [b, c], 'what was agreed to stays');
  });

  it('is not agreed to with nothing selected', async () => {
    const proposal = begin();
    const answer = proposal.ask(proposed([a, b, c]));
    proposal.agree();
    assert.ok(await isOpen(answer));
    proposal.close();
    assert.equal(await answer, undefined);
    assert.equal(proposals.current, undefined);
  });

  it('gives way to another one, and is told so', async () => {
    const first = begin();
    const answer = first.ask(proposed());
    const second = begin();
    assert.equal(await answer, undefined);
    assert.equal(proposals.current, second);
    assert.equal(first.phase, 'closed');
    assert.equal(first.begin([a]), false, 'nothing of it may be sent');
  });

  it('keeps its place while it is applied', () => {
    const first = begin();
    void first.ask(proposed());
    first.agree();
    assert.ok(first.begin([a, b]));
    assert.equal(proposals.begin(), undefined);
    first.close();
    assert.equal(proposals.current, first);
    first.end(resultOf([done(a), done(b)]));
    assert.ok(proposals.begin());
  });

  it('says of each step whether its request is under way or answered', async () => {
    const proposal = begin();
    void proposal.ask(proposed([c]));
    proposal.agree();
    proposal.begin([a, b]);
    const told: string[] = [];
    const recorder: Recorder = {
      sending: async (steps) => void told.push(`sending ${steps.length}`),
      answered: async () => void told.push('answered'),
      judged: async () => void told.push('judged'),
    };
    const marking = proposal.marking(recorder);
    await marking.sending([a, b]);
    assert.equal(proposal.marks.get(a), 'sending');
    await marking.answered([a], { kind: 'notSent' });
    assert.equal(proposal.marks.get(a), 'answered');
    assert.equal(proposal.marks.get(b), 'sending');
    await marking.judged([done(a)]);
    assert.deepEqual(told, ['sending 2', 'answered', 'judged']);
    assert.deepEqual(
      [a, b, c].map((step) => proposal.isSelected(step)),
      [true, true, false],
    );
    proposal.end(resultOf([done(a), done(b)]));
    assert.equal(proposal.marks.size, 0);
  });

  it('hands a failure of the record on, so that nothing is sent', async () => {
    const proposal = begin();
    const marking = proposal.marking({
      sending: () => Promise.reject(new Error('full')),
      answered: async () => undefined,
      judged: async () => undefined,
    });
    await assert.rejects(marking.sending([a]), /full/);
  });

  it('comes back to its outcomes when a retry comes to nothing, and is closed when there are none', () => {
    const proposal = begin();
    void proposal.ask(proposed());
    proposal.agree();
    proposal.begin([a, b, c]);
    proposal.end(resultOf([done(a)]));
    proposal.begin([b]);
    assert.deepEqual(
      [a, b, c].map((step) => proposal.isSelected(step)),
      [true, true, true],
    );
    proposal.giveUp();
    assert.equal(proposal.phase, 'over');
    assert.deepEqual(proposal.result?.outcomes, [done(a)]);
    const other = begin();
    void other.ask(proposed());
    other.agree();
    other.begin([a]);
    other.giveUp();
    assert.equal(other.phase, 'closed');
    assert.equal(proposals.current, undefined);
  });

  it('is canceled with its page while nobody has decided, together with what is being checked', async () => {
    const proposal = begin();
    const answer = proposal.ask(proposed());
    proposals.isInSight = true;
    let stopped = 0;
    proposals.setActivity({ title: 'Checking', message: '' }, () => {
      stopped += 1;
    });
    proposals.closePage();
    assert.equal(await answer, undefined);
    assert.deepEqual([stopped, proposals.isInSight], [1, false]);
  });

  it('goes on without its page while it is applied, and keeps its outcomes', () => {
    const proposal = begin();
    void proposal.ask(proposed());
    proposal.agree();
    proposal.begin([a]);
    proposals.setActivity({ title: 'Granting', message: '' }, () => assert.fail('it must not be stopped'));
    proposals.closePage();
    assert.equal(proposal.phase, 'applying');
    proposals.setActivity(undefined);
    proposal.end(resultOf([done(a)]));
    proposals.closePage();
    assert.equal(proposals.current, proposal);
  });
});

describe('a plan that was made again', () => {
  const shown = { plan, warnings: [{ step: a, kind: 'ownsModel' as const }] };
  const checked = (steps: Plan['steps'], warnings = shown.warnings) => ({
    plan: { steps },
    impossible: [],
    warnings,
  });

  it('is what was shown with the same steps and the same warnings, in any order', () => {
    assert.ok(atOnce(isAsShown(checked([c, b, a]), shown)));
    const copies = plan.steps.map((step) => ({ ...step }));
    assert.ok(atOnce(isAsShown(checked(copies), shown)));
  });

  it('is not with a step more or less, another warning, or anything impossible', () => {
    const other = planGrants(['other'], ['a']).steps;
    assert.ok(!atOnce(isAsShown(checked([a, b]), shown)));
    assert.ok(!atOnce(isAsShown(checked([a, b, ...other]), shown)));
    assert.ok(!atOnce(isAsShown(checked([a, b, c, ...other]), shown)));
    assert.ok(!atOnce(isAsShown(checked([a, b, c], []), shown)));
    assert.ok(!atOnce(isAsShown(checked([a, b, c], [{ step: b, kind: 'ownsModel' }]), shown)));
    const impossible = [{ step: c, kind: 'owner' as const }];
    assert.ok(!atOnce(isAsShown({ ...checked([a, b, c]), impossible }, shown)));
  });
});
