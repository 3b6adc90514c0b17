import assert from 'node:assert/strict';
import type { Organization } from '../../src/access/organization';
import type { Outcome } from '../../src/access/plan/outcome';
import { planGrants } from '../../src/access/plan/plan';
import type { Proposals } from '../../src/access/plan/proposals';
import { mostInDialog } from '../../src/access/thresholds';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { applyChanges, checkFirst } from '../../src/words/changesTab';
import { withoutEffectInWords } from '../../src/words/effect';
import * as outcomes from '../../src/words/outcomes';
import * as words from '../../src/words/plan';
import { nothingLeftToUndo, undoing } from '../../src/words/undo';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, setSetting, step, useStage } from './support/extension';

const { previewStaged } =
  require('../../src/commands/changes/previewStaged') as typeof import('../../src/commands/changes/previewStaged');
const { undoPlan } =
  require('../../src/commands/changes/undoChange') as typeof import('../../src/commands/changes/undoChange');

const many = mostInDialog + 1;
const none = { done: 0, total: 0 };

describe('a plan on the page', () => {
  const stage = useStage(12);
  let organization: Organization;
  let proposals: Proposals;
  beforeEach(async () => {
    organization = await stage.scene.organization();
    proposals = organization.proposals;
  });
  afterEach(() => setSetting('confirmRevokesAbove', undefined));

  const shown = (kind: 'page' | 'modal') => stage.person.shown.filter((each) => each.kind === kind);
  const last = () => stage.person.told.at(-1) ?? '';
  const newProjects = (count: number) => Array.from({ length: count }, () => stage.scene.newProject());
  const granted = (done: number, total = done) => outcomes.changesMade([step], { done, total }, none);

  /** Resolves when a condition on the proposals holds. */
  function until(isMet: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isMet()) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = proposals.onDidChange(check);
      check();
    });
  }

  it('has every change, and no dialog comes before or after it', async () => {
    const projects = newProjects(many);
    stage.person.types(projects.join(' ')).presses(applyChanges(many));
    await run('grant', (await stage.scene.expand(step)).node);
    assert.equal(shown('modal').length, 0);
    assert.equal(shown('page')[0]?.rows?.length, many);
    assertSays(shown('page')[0]?.text, words.planInWords(planGrants([step], projects)));
    assert.deepEqual(stage.scene.projectsOnServer(step).sort(), [...projects].sort());
    assertSays(last(), granted(many));
    assert.equal(proposals.current?.phase, 'over', 'the outcomes stay');
  });

  it('says beside a grant that it will have no effect, by what is loaded', async () => {
    const projects = newProjects(many);
    const [blocked = ''] = projects;
    stage.scene.emulator.organization.state.modelPolicies.set(blocked, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [step],
    });
    await organization.gates.policyLoad.load(projects);
    stage.person.types(projects.join(' ')).presses(applyChanges(many));
    await run('grant', (await stage.scene.expand(step)).node);
    const warning = withoutEffectInWords({ why: ['blocked'] }, Date.now());
    const said = shown('page')[0]?.rows?.filter((row) => row.includes(checkFirst(warning)));
    assert.equal(said?.length, 1);
    assertSays(last(), granted(many));
  });

  it('is asked about again when the number of revokes is not typed', async () => {
    await setSetting('confirmRevokesAbove', 2);
    const { rows } = await stage.scene.expand();
    const nodes = rows.filter((row): row is PermissionNode => row.kind === 'permission').slice(0, many);
    stage.person
      .picks((_label, index) => index < 3)
      .presses(applyChanges(3))
      .cancels()
      .presses(applyChanges(3))
      .types('3');
    await run('revoke', nodes[0], nodes);
    assert.equal(shown('page').length, 3);
    assert.equal(shown('page')[2]?.ticked?.length, 3, 'the selection is kept');
    assert.equal(stage.scene.projectsOnServer(checkpoint).length, 9);
  });

  it('Truth 6: is shown again with the difference when what it was made from has changed', async () => {
    const projects = newProjects(many);
    const { state } = stage.scene.emulator.organization;
    const clock = organization.permissions as { now: () => number };
    const { now } = clock;
    let asked = 0;
    stage.person
      .types(projects.join(' '))
      .presses(applyChanges(many))
      .presses(applyChanges(many - 1));
    const { node } = await stage.scene.expand(step);
    proposals.onDidChange(() => {
      if (proposals.current?.phase !== 'checking' || asked > 0) return;
      asked += 1;
      const found = state.checkpoints.get(step);
      if (found) state.addPermission(found, projects[0] ?? '');
      clock.now = () => now() + 10 * 60_000;
    });
    try {
      await run('grant', node);
    } finally {
      clock.now = now;
    }
    const removed = planGrants([step], projects.slice(0, 1)).steps;
    assertSays(shown('page')[1]?.text, words.changedSincePreview(organization, { added: [], removed }));
    assert.equal(stage.scene.projectsOnServer(step).length, many);
  });

  it('gives way to another plan with a message, and nothing of it is sent', async () => {
    const first = newProjects(many);
    const leave = stage.person.types(first.join(' ')).hesitates();
    const { node } = await stage.scene.expand(step);
    const waiting = run('grant', node);
    await until(() => proposals.current?.phase === 'open');
    const title = proposals.current?.plan?.title ?? '';
    await new Promise(setImmediate);
    stage.person.types(newProjects(many).join(' ')).cancels();
    await run('grant', node);
    await waiting;
    leave();
    assertSays(stage.person.told.join('\n'), words.planReplaced(title));
    assert.deepEqual(stage.scene.changes, []);
    assert.equal(proposals.current, undefined);
  });

  it('keeps its place while it is applied', async () => {
    const gate = stage.scene.emulator.hold('permissions.create');
    stage.person.types(newProjects(many).join(' ')).presses(applyChanges(many));
    const { node } = await stage.scene.expand(step);
    const applying = run('grant', node);
    await until(() => [...(proposals.current?.marks.values() ?? [])].includes('sending'));
    stage.person.types(newProjects(many).join(' '));
    await run('grant', node);
    assertSays(last(), words.anotherPlanIsApplied);
    gate.release();
    await applying;
    assertSays(last(), granted(many));
  });

  it('is canceled when its page is closed; what is staged stays', async () => {
    organization.staged.stage([{ checkpoint, project: stage.scene.newProject(), action: 'grant' }]);
    const leave = stage.person.types(newProjects(many).join(' ')).hesitates();
    const { node } = await stage.scene.expand(step);
    const waiting = run('grant', node);
    await until(() => proposals.isInSight);
    const { pages } = await stage.scene.services.pages.registry();
    for (const page of pages) page.dispose();
    await waiting;
    leave();
    assert.deepEqual(stage.scene.changes, []);
    assert.equal(organization.staged.size, 1);
    organization.staged.clear();
  });

  it('tells its outcome once: on the page in sight, in a notification when it is not', async () => {
    const messages = () =>
      stage.person.shown.filter(({ kind, text }) => kind === 'message' && text.includes(granted(many)))
        .length;
    const gate = stage.scene.emulator.hold('permissions.create');
    stage.person.types(newProjects(many).join(' ')).presses(applyChanges(many));
    const { node } = await stage.scene.expand(step);
    const applying = run('grant', node);
    await until(() => proposals.isInSight);
    gate.release();
    await applying;
    assert.equal(messages(), 0);
    const again = stage.scene.emulator.hold('permissions.create');
    stage.person.types(newProjects(many).join(' ')).presses(applyChanges(many));
    const second = run('grant', node);
    await until(() => proposals.current?.phase === 'applying' && proposals.isInSight);
    const { pages } = await stage.scene.services.pages.registry();
    for (const page of pages) page.dispose();
    again.release();
    await second;
    assert.equal(messages(), 1, 'it went on without its page');
    assert.equal(stage.scene.projectsOnServer(step).length, 2 * many);
  });

  it('is tried again in part, and shows the outcomes of the whole', async () => {
    const projects = newProjects(many);
    stage.scene.emulator.fail('permissions.create', faults.status(400), 1);
    stage.person.types(projects.join(' ')).presses(applyChanges(many));
    await run('grant', (await stage.scene.expand(step)).node);
    const failed = proposals.current?.result;
    assert.equal(failed?.retry?.changes, many);
    await failed?.retry?.act();
    const { result, phase } = proposals.current ?? {};
    assert.equal(phase, 'over');
    assert.ok(result?.outcomes.every((outcome) => outcome.result === 'done'));
    assert.equal(result?.retry, undefined);
    assert.equal(result?.records.length, 2);
    assert.equal(stage.scene.projectsOnServer(step).length, many);
  });

  it('Truth 2: finds what a lost request has done before it is tried again, and forgets no request', async () => {
    const projects = newProjects(5);
    const { state } = stage.scene.emulator.organization;
    const land = (on: string): void => {
      const found = state.checkpoints.get(on);
      for (const project of projects) if (found) state.addPermission(found, project);
    };
    const outcomesOn = (on: string) =>
      proposals.current?.result?.outcomes.filter(({ step: { checkpoint: at } }) => at === on) ?? [];
    const isPerhapsOurs = (outcome: Outcome): boolean =>
      outcome.result === 'done' && outcome.by === 'perhapsUs';
    stage.scene.emulator.fail('permissions.create', faults.resetBeforeAnswer, 2);
    stage.person.types(projects.join(' ')).presses(applyChanges(10));
    const nodes = [(await stage.scene.expand(step)).node, (await stage.scene.expand()).node];
    await run('grant', nodes[0], nodes);
    assert.equal(proposals.current?.result?.retry?.changes, 10);

    land(step);
    const unsubscribe = proposals.onDidChange(() => {
      if (proposals.activity?.title === words.applying.grants) proposals.stop();
    });
    await proposals.current?.result?.retry?.act();
    unsubscribe();
    assert.equal(stage.scene.changes.length, 2, 'it was canceled');
    assert.ok(outcomesOn(step).every(isPerhapsOurs));
    const left = outcomesOn(checkpoint);
    assert.ok(left.every((outcome) => outcome.result === 'failed' && outcome.mayStillHappen));
    assert.equal(left.length, 5);
    assert.equal(proposals.current?.result?.retry?.changes, 5);

    land(checkpoint);
    await proposals.current?.result?.retry?.act();
    const { phase, result } = proposals.current ?? {};
    assert.equal(phase, 'over');
    assert.ok(result?.outcomes.length === 10 && result.outcomes.every(isPerhapsOurs));
    assert.equal(result.retry, undefined);
    assert.equal(stage.scene.changes.length, 2, 'nothing was left to send');

    stage.person.cancels();
    const offered: number[] = [];
    const watched = proposals.onDidChange(() => {
      const { plan, phase: now } = proposals.current ?? {};
      if (plan && now === 'open') offered.push(plan.perhapsUs.length);
    });
    await undoPlan(stage.scene.services, organization, result.records);
    watched();
    assert.equal(offered[0], 10, 'also what the canceled try did not reach');
  });

  it('that was tried again in part is undone whole, without a question which try', async () => {
    const before = stage.scene.projectsOnServer(checkpoint).sort();
    const projects = newProjects(5);
    stage.scene.emulator.fail('permissions.create', faults.status(400), 1);
    stage.person.types(projects.join(' ')).presses(applyChanges(10));
    const nodes = [(await stage.scene.expand(step)).node, (await stage.scene.expand()).node];
    await run('grant', nodes[0], nodes);
    const { retry } = proposals.current?.result ?? {};
    assert.equal(retry?.changes, 5, 'the request of one checkpoint has failed');
    await retry?.act();
    const records = proposals.current?.result?.records ?? [];
    assert.equal(records.length, 2);
    assert.equal(stage.scene.projectsOnServer(step).length, 5);
    const pickers = () => stage.person.shown.filter(({ kind }) => kind === 'picker').length;
    const asked = pickers();
    stage.person.presses(applyChanges(10));
    await undoPlan(stage.scene.services, organization, records);
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    assert.deepEqual(stage.scene.projectsOnServer(checkpoint).sort(), before);
    assert.equal(pickers(), asked);
    await undoPlan(stage.scene.services, organization, records);
    assertSays(last(), nothingLeftToUndo);
  });

  it('is undone on the page, whatever its size', async () => {
    const projects = newProjects(many);
    stage.person
      .types(projects.join(' '))
      .picks((_label, index) => index < 2)
      .presses(applyChanges(2));
    await run('grant', (await stage.scene.expand(step)).node);
    const record = proposals.current?.result?.records[0] ?? '';
    stage.person.presses(applyChanges(2));
    await undoPlan(stage.scene.services, organization, [record]);
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
    assertSays(shown('page').at(-1)?.text, undoing(''));
    assert.equal(shown('modal').length, 0);
  });

  describe('of what was staged and seen there', () => {
    let project: string;
    beforeEach(async () => {
      project = stage.scene.newProject();
      await organization.permissions.readAgain(step);
      organization.staged.stage([{ checkpoint: step, project, action: 'grant' }]);
    });
    afterEach(() => organization.staged.clear());

    const apply = () =>
      previewStaged(stage.scene.services, organization, organization.staged.changes, {
        plan: planGrants([step], [project]),
        warnings: [],
      });

    it('is applied without another question when it is made the same', async () => {
      await apply();
      assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
      assert.equal(organization.staged.size, 0);
      assert.deepEqual([shown('page').length, shown('modal').length], [0, 0]);
      assertSays(last(), granted(1));
    });

    it('is no longer staged when a retry finds it in effect', async () => {
      stage.scene.emulator.fail('permissions.create', faults.resetBeforeAnswer, 1);
      await apply();
      assert.notEqual(organization.staged.get(step, project)?.failure, undefined);
      const { state } = stage.scene.emulator.organization;
      const found = state.checkpoints.get(step);
      if (found) state.addPermission(found, project);
      await proposals.current?.result?.retry?.act();
      assert.equal(organization.staged.size, 0);
      assert.equal(stage.scene.changes.length, 1);
    });

    it('Truth 6: is shown when it is not, with the difference, and nothing is sent before', async () => {
      const other = stage.scene.newProject();
      organization.staged.stage([{ checkpoint: step, project: other, action: 'grant' }]);
      stage.person.cancels();
      await apply();
      const added = planGrants([step], [other]).steps;
      assertSays(shown('page')[0]?.text, words.changedSincePreview(organization, { added, removed: [] }));
      assert.deepEqual(stage.scene.changes, []);
      assert.equal(organization.staged.size, 2);
    });

    it('is shown when something speaks against it that did not before', async () => {
      const { state } = stage.scene.emulator.organization;
      Object.assign(state.projects.get(project) ?? {}, { status: 'archived', archived_at: 1 });
      const other = stage.scene.newProject();
      organization.staged.stage([{ checkpoint: step, project: other, action: 'grant' }]);
      await organization.projects.readAgain();
      stage.person.cancels();
      await previewStaged(stage.scene.services, organization, organization.staged.changes, {
        plan: planGrants([step], [project, other]),
        warnings: [],
      });
      assert.equal(shown('page').length, 1);
      assert.deepEqual(stage.scene.changes, []);
    });

    it('asks for the number of many revokes all the same', async () => {
      await setSetting('confirmRevokesAbove', 0);
      const { permissions } = await organization.permissions.readAgain(checkpoint);
      const [permission] = permissions;
      assert.ok(permission);
      organization.staged.clear();
      organization.staged.stage([{ checkpoint, project: permission.project_id, action: 'revoke' }]);
      const revoke = {
        action: 'revoke',
        checkpoint,
        project: permission.project_id,
        permissionId: permission.id,
      } as const;
      const before = stage.scene.projectsOnServer().length;
      stage.person.cancels();
      const seen = { plan: { steps: [revoke] }, warnings: [] };
      await previewStaged(stage.scene.services, organization, organization.staged.changes, seen);
      assert.equal(stage.scene.projectsOnServer().length, before);
      assert.equal(organization.staged.size, 1);
      stage.person.types('1');
      await previewStaged(stage.scene.services, organization, organization.staged.changes, seen);
      assert.equal(stage.scene.projectsOnServer().length, before - 1);
    });
  });
});
