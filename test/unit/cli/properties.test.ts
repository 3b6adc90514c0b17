import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSampleOrganization, type SampleOrganization } from '../../../src/sample';
import { type Emulator, startEmulator } from '../../emulator';
import { accessFile, changesAt, organizationName, projectsWith } from './acme';
import { runInProcess } from './inProcess';
import { Workplace } from './installed';

const mostProjects = 8;
const ids = Array.from(
  { length: 5 },
  (_, index) => `ft:gpt-4.1-mini-2025-04-14:acme-corp:model-${index + 1}:CZtsdFl${index + 1}`,
);

/** For each checkpoint the projects that may use it, by number. A project that is there twice has two permissions. */
const access = fc.array(fc.array(fc.nat(mostProjects - 1), { maxLength: 10 }), { maxLength: ids.length });

/** What a file says of a checkpoint: which projects, and until when. */
const wish = fc.record({
  ownership: fc.constantFrom('exact' as const, 'additive' as const),
  grants: fc.uniqueArray(
    fc.record({
      project: fc.nat(mostProjects - 1),
      until: fc.constantFrom(undefined, '2020-01-31', '2999-12-31'),
    }),
    { selector: ({ project }) => project, maxLength: mostProjects },
  ),
});

describe('the round trips of the command line, for any organization and any file', () => {
  let emulator: Emulator;
  let workplace: Workplace;
  let shared: readonly (readonly number[])[] = [];
  let projects: string[] = [];

  function fill(organization: SampleOrganization): void {
    projects = Array.from(
      { length: mostProjects },
      (_, index) => organization.state.addProject(`P ${index}`).id,
    );
    const owner = organization.state.addProject('owner').id;
    for (const [index, numbers] of shared.entries()) {
      const permissions = numbers.map((number) => projects[number] ?? '');
      organization.addCheckpoint(ids[index] ?? '', { owner, permissions });
    }
  }

  before(async () => {
    emulator = await startEmulator({
      create: (options) => createSampleOrganization({ ...options, slug: organizationName, fill }),
    });
    workplace = await Workplace.open(emulator);
  });

  after(async () => {
    await workplace.close();
    await emulator.stop();
  });

  const run = (...args: string[]) => runInProcess(workplace, [...args, '--format', 'json']);

  it('init, then plan: nothing would change', async () => {
    const property = fc.asyncProperty(access, async (given) => {
      shared = given;
      emulator.reset();
      const init = await run('init', '--force');
      // Without a model there is nothing to write a file of.
      assert.equal(init.code, given.length === 0 ? 1 : 0, init.stdout);
      if (given.length === 0) return;
      const plan = await run('plan');
      assert.equal(plan.code, 0, plan.stdout);
      assert.deepEqual(JSON.parse(plan.stdout).changes, []);
      assert.equal((await run('drift', '--strict')).code, 0);
      assert.equal((await run('fmt', '--check', '--names')).code, 0);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('apply, then drift and plan: nothing differs, and each change was made once', async () => {
    const property = fc.asyncProperty(
      access,
      fc.array(wish, { maxLength: ids.length }),
      async (given, wishes) => {
        shared = given;
        emulator.reset();
        const written = wishes.slice(0, given.length).map(({ ownership, grants }, index) => {
          const wanted = grants.map(({ project, until }) => ({
            project: projects[project] ?? '',
            reason: 'TICK-1',
            ...(until && { until }),
          }));
          return [ids[index] ?? '', { ownership, grants: wanted }] as const;
        });
        await workplace.write(accessFile(Object.fromEntries(written), { limits: { removals: 100 } }));
        const plan = JSON.parse((await run('plan')).stdout);
        const apply = await run('apply', '--yes');
        assert.equal(apply.code, 0, apply.stdout);
        const outcomes = JSON.parse(apply.stdout).changes;
        const bare = outcomes.map(({ outcome, ...change }: { outcome: { result: string } }) => {
          assert.equal(outcome.result, 'done');
          return change;
        });
        assert.deepEqual(bare, plan.changes, 'what was planned is what was done');
        const changes = changesAt(emulator);
        assert.equal(
          new Set(changes.filter((change) => change.startsWith('revoke'))).size,
          bare.filter(({ action }: { action: string }) => action === 'revoke').length,
        );
        for (const again of ['drift', 'plan']) {
          const { code, stdout } = await run(again);
          assert.equal(code, 0, stdout);
        }
        for (const [id, { ownership, grants }] of written) {
          const live = new Set(projectsWith(emulator, id));
          for (const { project, until } of grants) assert.equal(live.has(project), until !== '2020-01-31');
          const listed = grants.filter(({ until }) => until !== '2020-01-31').length;
          if (ownership === 'exact') assert.equal(live.size, listed);
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
