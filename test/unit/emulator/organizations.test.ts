import assert from 'node:assert/strict';
import { createSecondSampleOrganization } from '../../../src/sample';
import { createLargeSampleOrganization, ManualClock, rateLimit } from '../../emulator';
import { emulatorForEachTest, sdk } from './setUp';

describe('the emulator with the second organization', () => {
  const current = emulatorForEachTest(() => ({ create: createSecondSampleOrganization }));

  it('serves that with the keys for tests', async () => {
    const emulator = current();
    assert.equal(emulator.organization.name, 'Juniper Clinics');
    assert.match(emulator.adminAPIKey, /^test-admin-key-\d+$/);
    const client = sdk(emulator);
    const { data } = await client.admin.organization.projects.list({ include_archived: true });
    assert.deepEqual(data, [...emulator.organization.state.projects.values()]);
    assert.equal((await client.fineTuning.jobs.list()).data.length, 1);
  });
});

describe('the emulator with a limit', () => {
  const clock = new ManualClock();
  const current = emulatorForEachTest(() => ({ clock, limiter: rateLimit({ perMinute: 1, clock }) }));

  it('limits each endpoint by itself', async () => {
    const client = sdk(current());
    const [job] = (await client.fineTuning.jobs.list()).data;
    const { organization } = client.admin;
    const calls = [
      () => organization.projects.list(),
      () => organization.projects.retrieve([...current().organization.state.projects.keys()][0] ?? ''),
      () => organization.auditLogs.list(),
      () => organization.usage.completions({ start_time: 1_700_000_000 }),
      () => client.fineTuning.jobs.checkpoints.list(job?.id ?? ''),
      () => client.models.list(),
    ];
    for (const call of calls) await call();
    for (const call of [...calls, () => client.fineTuning.jobs.list()])
      await assert.rejects(async () => call(), { status: 429 });
    assert.deepEqual(
      current()
        .requests.slice(0, 7)
        .map(({ endpoint }) => endpoint),
      [
        'jobs.list',
        'projects.list',
        'projects.retrieve',
        'auditLogs.list',
        'usage.completions',
        'jobs.checkpoints.list',
        'models.list',
      ],
    );
  });
});

describe('the large organization', () => {
  it('has 500 checkpoints of 150 models and 2,000 projects', () => {
    const { checkpoints, listed, projectAPIKeys, state } = createLargeSampleOrganization();
    assert.equal(checkpoints.length, 500);
    assert.deepEqual(listed, checkpoints);
    assert.equal(new Set(checkpoints.map((id) => id.replace(/:ckpt-step-\d+$/, ''))).size, 150);
    const projects = [...state.projects.values()];
    assert.equal(projects.length, 2000);
    assert.equal(new Set(projects.map(({ name }) => name)).size, 2000);
    assert.equal(projects.filter(({ status }) => status === 'archived').length, 80);
    assert.equal(projectAPIKeys.length, 10);
  });

  it('shares one checkpoint with 10,000 projects and each of the others with 0 to 60', () => {
    const { state } = createLargeSampleOrganization();
    const [largest, ...others] = [...state.checkpoints.values()];
    assert.equal(largest?.permissions.size, 10_000);
    const sizes = others.map(({ permissions }) => permissions.size);
    assert.deepEqual([Math.min(...sizes), Math.max(...sizes)], [0, 60]);
    for (const { owner, permissions } of state.checkpoints.values()) {
      const projects = permissions.all().map(({ project_id }) => project_id);
      assert.equal(new Set(projects).size, projects.length);
      assert.ok(!projects.includes(owner));
    }
  });

  it('is the same in every run', () => {
    const now = () => Date.UTC(2026, 10, 21);
    const told = () => {
      const { state } = createLargeSampleOrganization({ now });
      return [...state.checkpoints.values()].map(({ id, permissions }) => [id, permissions.all().at(-1)]);
    };
    assert.deepEqual(told(), told());
  });
});
