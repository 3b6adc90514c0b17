import assert from 'node:assert/strict';
import { checkNow } from '../../../src/access/plan/checkNow';
import { costOf } from '../../../src/access/plan/cost';
import { keepSteps, type Plan, planGrants, type RevokeStep } from '../../../src/access/plan/plan';
import { mostInDialog } from '../../../src/access/thresholds';
import { linesOf, visibleLines } from '../../../src/commands/plan/dialogLayout';
import { planDetail } from '../../../src/commands/plan/planDialog';
import { withoutEffectInWords } from '../../../src/words/effect';
import * as words from '../../../src/words/plan';
import { World } from '../access/plan/world';

describe('the dialog of a plan', () => {
  let world: World;
  beforeEach(() => {
    world = new World(3, 12);
  });
  afterEach(() => world.organization.dispose());

  const revoke = (checkpoint: string, project: string): RevokeStep => ({
    action: 'revoke',
    checkpoint,
    project,
    permissionId: `cp_${project}`,
  });
  const detail = (
    plan: Plan,
    notes: readonly string[] = [],
    chosen = plan,
    perhapsUs = plan.steps.slice(0, 0),
  ) => planDetail(world.organization, checkNow(world.organization, plan), chosen, { notes, perhapsUs });

  /** Two grants for one checkpoint, then two revokes for others. */
  function mixed(): Plan {
    const [one = '', two = '', three = ''] = world.checkpoints;
    const [a = '', b = ''] = world.projects;
    return { steps: [...planGrants([one], [a, b]).steps, revoke(two, a), revoke(three, b)] };
  }

  it('names every change, revokes first, each below its checkpoint', () => {
    const plan = mixed();
    const text = detail(plan) ?? '';
    const lines = text.split('\n').filter((line) => line.startsWith('•'));
    const { organization } = world;
    const inOrder = [...plan.steps.slice(2), ...plan.steps.slice(0, 2)];
    assert.deepEqual(
      lines,
      inOrder.map((step) => `• ${words.changeWithVerb(organization, step)}`),
    );
    for (const checkpoint of world.checkpoints) assert.ok(text.includes(checkpoint));
    assert.ok(text.endsWith(words.costInWords(costOf(plan))));
  });

  it('counts what is not selected, and marks what others may have done', () => {
    const plan = mixed();
    const chosen = keepSteps(plan, (step) => step.action === 'revoke');
    const [doubtful] = chosen.steps;
    assert.ok(doubtful);
    const text = detail(plan, [], chosen, [doubtful]) ?? '';
    assert.equal(text.match(/^• /gm)?.length, 2);
    assert.ok(text.includes(words.notSelected(2)));
    assert.ok(text.includes(`• ${words.changeInWords(world.organization, doubtful, true)}`));
  });

  it('leaves to the page what has more changes, and what is longer than a dialog', () => {
    const [one = ''] = world.checkpoints;
    assert.ok(detail(planGrants([one], world.projects.slice(0, mostInDialog))));
    assert.equal(detail(planGrants([one], world.projects.slice(0, mostInDialog + 1))), undefined);
    const few = planGrants(world.checkpoints, world.projects.slice(0, 2));
    const text = detail(few);
    assert.ok(text && linesOf(text) <= visibleLines);
    assert.equal(detail(few, ['A note that takes lines. '.repeat(20)]), undefined);
  });

  it('leaves to the page what has an obstacle of either kind, even one', async () => {
    const [one = ''] = world.checkpoints;
    const { organization, sample } = world;
    const archived = sample.state.addProject('Old', 0, 1).id;
    await organization.projects.read();
    const plan = planGrants([one], [world.projects[0] ?? '', archived]);
    assert.equal(detail(plan), undefined, 'impossible');
    world.passTime(60);
    assert.equal(checkNow(organization, plan).warnings.length, 1);
    assert.equal(detail(plan), undefined, 'a warning');
  });

  it('says below a grant that it will have no effect, by what is loaded, which is no obstacle', async () => {
    const [one = ''] = world.checkpoints;
    const [a = '', b = ''] = world.projects;
    const { organization, sample, requests } = world;
    sample.state.modelPolicies.set(a, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [one],
    });
    const plan = planGrants([one], [a, b]);
    const said = () => (detail(plan) ?? '').split('\n').filter((line) => line.startsWith('Granting'));
    assert.deepEqual(said(), [], 'nothing is loaded');
    await organization.gates.policyLoad.load([a, b]);
    const sent = requests.length;
    const lines = (detail(plan) ?? '').split('\n');
    const warning = withoutEffectInWords({ why: ['blocked'] }, world.now());
    assert.equal(
      lines[lines.indexOf(warning) - 1],
      `• ${words.changeInWords(organization, plan.steps[0] ?? assert.fail())}`,
    );
    assert.deepEqual(said(), [warning]);
    assert.equal(requests.length, sent);
    world.passTime(20);
    assert.match(said()[0] ?? '', /This was loaded 20 minutes ago, and may be out of date\.$/);
  });
});
