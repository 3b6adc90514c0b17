import assert from 'node:assert/strict';
import { apply } from '../../../src/access/plan/apply';
import type { By } from '../../../src/access/plan/attribution';
import type { Outcome } from '../../../src/access/plan/outcome';
import { faults } from '../../emulator';
import { forEachEndpoint, forTheKey, inWindows } from './limits';
import { assertAsPlanned, changesOf, lookAndPlan, planUnseen } from './plans';
import { type Storm, startStorm } from './storm';
import { tally } from './tally';

const minute = 60_000;

/** `grants`: what can be proven of them. */
function assertDoneByUs(outcomes: readonly Outcome[], grants: By = 'us'): void {
  for (const outcome of outcomes) {
    assert.ok(outcome.result === 'done', outcome.result);
    assert.equal(outcome.by, outcome.step.action === 'grant' ? grants : 'us');
  }
}

const targetOf = ({ organization }: Storm) => ({ api: organization.api, store: organization.permissions });

describe('30 grants and 30 revokes over 10 checkpoints, at 7 requests a minute and no word of when to come back', () => {
  let storm: Storm;
  afterEach(() => storm.end());

  const limits = {
    'a limit for each endpoint': { limiter: forEachEndpoint, mostRefused: 3, mostMinutes: 10 },
    'one limit for the key': { limiter: forTheKey, mostRefused: 3, mostMinutes: 10 },
    'one limit for the key, in windows of a minute': {
      limiter: inWindows,
      mostRefused: 3,
      mostMinutes: 10,
    },
  };
  for (const [title, { limiter, mostRefused, mostMinutes }] of Object.entries(limits))
    it(title, async function () {
      storm = await startStorm(limiter);
      const { clock, emulator, reports, waits } = storm;
      const began = clock.now();
      const plan = await storm.passTimeUntil(lookAndPlan(storm));
      const outcomes = await storm.passTimeUntil(apply(plan, targetOf(storm)));
      const minutes = (clock.now() - began) / minute;
      const { requests, refused, processed, changes } = tally(emulator.requests);
      const figures = `${requests} requests, ${refused} of them 429, ${minutes.toFixed(1)} min`;
      if (this.test) this.test.title += ` (${figures})`;

      assert.equal(outcomes.length, 60);
      assertDoneByUs(outcomes);
      assertAsPlanned(storm, plan);
      assert.deepEqual(changes, changesOf(plan), 'each change was made once, in the order of the plan');
      assert.deepEqual(processed, {
        'permissions.list': 20,
        'permissions.create': 10,
        'permissions.delete': 30,
      });
      assert.equal(requests, 60 + refused, 'nothing but a refused request was sent again');
      assert.equal(reports.length, requests, 'each request was reported');
      assert.ok(refused <= mostRefused, figures);
      assert.ok(minutes <= mostMinutes, figures);
      assert.ok(
        waits.length > 0 && waits.every(({ reason, until }) => reason === 'rate-limit' && until > began),
      );
    });

  it('a limit that is met in the middle of the changes', async function () {
    storm = await startStorm(forTheKey);
    const { emulator, clock } = storm;
    const began = clock.now();
    const plan = planUnseen(storm);
    const outcomes = await storm.passTimeUntil(apply(plan, targetOf(storm)));
    const minutes = (clock.now() - began) / minute;
    const { requests, refused, changes } = tally(emulator.requests);
    const figures = `${requests} requests, ${refused} of them 429, ${minutes.toFixed(1)} min`;
    if (this.test) this.test.title += ` (${figures})`;
    // Nothing was read before, so nothing proves that others had not granted it.
    assertDoneByUs(outcomes, 'perhapsUs');
    assertAsPlanned(storm, plan);
    assert.deepEqual(changes, changesOf(plan));
    assert.equal(requests, 50 + refused);
    assert.ok(refused <= 1, figures);
    assert.ok(minutes <= 8.5, figures);
  });

  it('two plans at the same time, grants in one and revokes in the other', async function () {
    storm = await startStorm(forTheKey);
    const { emulator } = storm;
    const plan = await storm.passTimeUntil(lookAndPlan(storm));
    const plans = ['grant', 'revoke'].map((action) => ({
      steps: plan.steps.filter((step) => step.action === action),
    }));
    const applying = plans.map((each) => apply(each, targetOf(storm)));
    const outcomes = (await storm.passTimeUntil(Promise.all(applying))).flat();
    const { requests, refused, changes } = tally(emulator.requests);
    const figures = `${requests} requests, ${refused} of them 429`;
    if (this.test) this.test.title += ` (${figures})`;
    assertDoneByUs(outcomes);
    assertAsPlanned(storm, plan);
    assert.deepEqual(changes.toSorted(), changesOf(plan).toSorted());
    assert.ok(refused <= 3, figures);
  });

  it('answers that are lost on the way: no grant is sent again, and each step is judged by what was read', async () => {
    storm = await startStorm(forTheKey);
    const { emulator } = storm;
    const plan = await storm.passTimeUntil(lookAndPlan(storm));
    emulator.fail('permissions.create', faults.resetAfterProcessing);
    const outcomes = await storm.passTimeUntil(apply(plan, targetOf(storm)));
    assertDoneByUs(outcomes, 'perhapsUs');
    assertAsPlanned(storm, plan);
    assert.deepEqual(tally(emulator.requests).changes, changesOf(plan));
  });

  it('a cancel in the middle: what was sent is read back, and nothing is sent after it', async () => {
    storm = await startStorm(forTheKey);
    const { emulator } = storm;
    const plan = planUnseen(storm);
    const controller = new AbortController();
    const applying = apply(plan, targetOf(storm), {
      signal: controller.signal,
      onProgress({ answered }) {
        if (answered === 40) controller.abort();
      },
    });
    const outcomes = await storm.passTimeUntil(applying);
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      [...Array<string>(40).fill('done'), ...Array<string>(20).fill('notSent')],
    );
    const { changes, processed } = tally(emulator.requests);
    assert.deepEqual(changes, changesOf({ steps: plan.steps.slice(0, 40) }));
    assert.equal(processed['permissions.list'], 10);
    assert.ok(emulator.requests.slice(-10).every(({ method }) => method === 'GET'));
  });
});
