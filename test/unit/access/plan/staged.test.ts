import assert from 'node:assert/strict';
import fc from 'fast-check';
import { apply } from '../../../../src/access/plan/apply';
import { keepSteps } from '../../../../src/access/plan/plan';
import { StagedChanges } from '../../../../src/access/plan/staged';
import { atOnce } from '../../../../src/access/slices';
import { faults } from '../../../emulator/index';
import { Known, one, other, permission } from '../matrix/support';
import { checkpoint, newProjects, projectsOnServer, usePlace } from '../support';

describe('staged changes', () => {
  it('are one for a checkpoint and a project, counted and told', () => {
    const staged = new StagedChanges();
    let told = 0;
    staged.onDidChange(() => {
      told += 1;
    });
    staged.stage([
      { checkpoint: one, project: 'proj_a', action: 'grant' },
      { checkpoint: one, project: 'proj_a', action: 'revoke' },
      { checkpoint: other, project: 'proj_a', action: 'grant' },
    ]);
    assert.equal(staged.size, 2);
    assert.equal(staged.get(one, 'proj_a')?.action, 'revoke');
    staged.unstage([
      { checkpoint: one, project: 'proj_a' },
      { checkpoint: one, project: 'proj_b' },
    ]);
    assert.equal(staged.size, 1);
    staged.clear();
    assert.deepEqual(staged.changes, []);
    assert.equal(staged.size, 0);
    assert.equal(told, 3);
  });

  it('become a plan whose revokes name each permission of the project', () => {
    const known = new Known();
    known.reads(one, [permission('proj_a', 'cp_2', 20), permission('proj_a', 'cp_1', 10)]);
    known.staged.stage([
      { checkpoint: one, project: 'proj_a', action: 'revoke' },
      { checkpoint: one, project: 'proj_b', action: 'grant' },
    ]);
    const { plan, alreadyInEffect, undecided } = atOnce(known.staged.toPlan(known.snapshotOf));
    assert.deepEqual(
      plan.steps.map((step) => [step.action, step.project, 'permissionId' in step && step.permissionId]),
      [
        ['grant', 'proj_b', false],
        ['revoke', 'proj_a', 'cp_2'],
        ['revoke', 'proj_a', 'cp_1'],
      ],
    );
    assert.deepEqual([alreadyInEffect, undecided], [[], []]);
  });

  it('Truth 1: become a plan that remembers the lists that decided it, whatever is loaded meanwhile', () => {
    const known = new Known();
    known.reads(one, ['proj_0']);
    const decided = known.snapshotOf(one).listing;
    const projects = Array.from({ length: 500 }, (_, index) => `proj_${index}`);
    known.staged.stage(projects.map((project) => ({ checkpoint: one, project, action: 'grant' })));
    const steps = known.staged.toPlan(known.snapshotOf);
    assert.ok(!steps.next().done, 'others have their turn');
    known.reads(one, []);
    assert.notEqual(known.snapshotOf(one).listing, decided);
    const { plan, alreadyInEffect } = atOnce(steps);
    assert.equal(alreadyInEffect.length, 1);
    assert.equal(plan.basis?.get(one)?.listing, decided);
  });

  it('that became so meanwhile, and those that cannot be decided, are told and stay staged', () => {
    const known = new Known();
    known.reads(one, ['proj_a']);
    known.reads(other, [], { kind: 'more', after: 'cp_9' });
    const changes = [
      { checkpoint: one, project: 'proj_a', action: 'grant' },
      { checkpoint: one, project: 'proj_b', action: 'revoke' },
      { checkpoint: other, project: 'proj_a', action: 'grant' },
    ] as const;
    known.staged.stage(changes);
    const made = atOnce(known.staged.toPlan(known.snapshotOf));
    assert.deepEqual(made.plan.steps, []);
    assert.deepEqual(made.alreadyInEffect, changes.slice(0, 2));
    assert.deepEqual(made.undecided, changes.slice(2));
    assert.equal(known.staged.size, 3);
  });

  it('that revoke are undecided while the list may lack a second permission of the project', () => {
    const known = new Known();
    known.reads(one, ['proj_a'], { kind: 'incomplete', reason: 'stuckCursor' });
    known.reads(other, ['proj_a'], { kind: 'more', after: 'cp_9' });
    const changes = [one, other].map((id) => ({
      checkpoint: id,
      project: 'proj_a',
      action: 'revoke' as const,
    }));
    known.staged.stage(changes);
    const made = atOnce(known.staged.toPlan(known.snapshotOf));
    assert.deepEqual(made.plan.steps, []);
    assert.deepEqual(made.undecided, changes);
    known.staged.settle([], made.plan);
    assert.equal(known.staged.size, 2);
  });

  it('are each in exactly one of plan, already in effect and undecided', () => {
    const project = fc.constantFrom('proj_a', 'proj_b', 'proj_c');
    const change = fc.record({
      checkpoint: fc.constantFrom(one, other),
      project,
      action: fc.constantFrom('grant' as const, 'revoke' as const),
    });
    const ending = fc.constantFrom({ kind: 'complete' } as const, { kind: 'more', after: 'cp' } as const);
    const lists = fc.dictionary(
      fc.constantFrom(one, other),
      fc.tuple(fc.subarray(['proj_a', 'proj_b']), ending),
    );
    fc.assert(
      fc.property(fc.array(change), lists, (changes, read) => {
        const known = new Known();
        for (const [id, [projects, end]] of Object.entries(read)) known.reads(id, projects, end);
        known.staged.stage(changes);
        const { plan, alreadyInEffect, undecided } = atOnce(known.staged.toPlan(known.snapshotOf));
        const all = [...plan.steps, ...alreadyInEffect, ...undecided].map(
          ({ checkpoint: at, project: of }) => at + of,
        );
        assert.deepEqual(
          all.sort(),
          known.staged.changes.map((each) => each.checkpoint + each.project).sort(),
        );
      }),
    );
  });

  describe('of a real organization', () => {
    const place = usePlace(3);

    it('are gone once their plan was applied and read back', async () => {
      const { organization, emulator } = place;
      const { staged, permissions } = organization;
      const [gone = ''] = projectsOnServer(emulator);
      const [fresh = ''] = newProjects(emulator, 1);
      await permissions.readAll(checkpoint);
      staged.stage([
        { checkpoint, project: gone, action: 'revoke' },
        { checkpoint, project: fresh, action: 'grant' },
      ]);
      const { plan } = atOnce(staged.toPlan((id) => permissions.snapshot(id)));
      staged.settle(await apply(plan, { api: organization.api, store: permissions }));
      assert.equal(staged.size, 0);
      assert.ok(projectsOnServer(emulator).includes(fresh));
      assert.ok(!projectsOnServer(emulator).includes(gone));
    });

    it('stay when one of two permissions was unticked in the preview, so that access is left', async () => {
      const { organization, emulator } = place;
      const { staged, permissions } = organization;
      const [project = ''] = projectsOnServer(emulator);
      const found = emulator.organization.state.checkpoints.get(checkpoint);
      assert.ok(found);
      emulator.organization.state.addPermission(found, project);
      await permissions.readAll(checkpoint);
      staged.stage([{ checkpoint, project, action: 'revoke' }]);
      const { plan } = atOnce(staged.toPlan((id) => permissions.snapshot(id)));
      assert.equal(plan.steps.length, 2);
      const agreed = keepSteps(plan, (step) => step === plan.steps[0]);
      staged.settle(await apply(agreed, { api: organization.api, store: permissions }), plan);
      assert.ok(projectsOnServer(emulator).includes(project));
      assert.equal(staged.get(checkpoint, project)?.action, 'revoke');
    });

    it('that failed stay, with the reason; those that were not sent stay as they were', async () => {
      const { organization, emulator } = place;
      const { staged, permissions } = organization;
      const [first = '', second = ''] = projectsOnServer(emulator);
      const listing = await permissions.readAll(checkpoint);
      staged.stage([first, second].map((project) => ({ checkpoint, project, action: 'revoke' as const })));
      const { plan } = atOnce(staged.toPlan(() => ({ listing })));
      emulator.fail('permissions.delete', faults.status(403));
      const abort = new AbortController();
      const outcomes = await apply(
        plan,
        { api: organization.api, store: permissions },
        {
          signal: abort.signal,
          onProgress: ({ answered }) => {
            if (answered === 1) abort.abort();
          },
        },
      );
      staged.settle(outcomes);
      assert.equal(staged.size, 2);
      const reasons = staged.changes.map(({ failure }) =>
        failure instanceof Error ? failure.name : undefined,
      );
      assert.deepEqual(reasons, ['PermissionDeniedError', undefined]);
    });
  });
});
