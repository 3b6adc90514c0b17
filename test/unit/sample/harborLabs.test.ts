import assert from 'node:assert/strict';
import { createSampleOrganization } from '../../../src/sample';

const now = Date.UTC(2026, 10, 21, 12);
const days = 24 * 60 * 60;
const checkpointForm =
  /^ft:[a-z0-9][a-z0-9._-]*:[A-Za-z0-9._-]+:[A-Za-z0-9._-]{0,64}:[A-Za-z0-9]{8}(?::ckpt-step-\d+)?$/;

function harborLabs() {
  const organization = createSampleOrganization({ now: () => now });
  const { state } = organization;
  return {
    organization,
    projects: [...state.projects.values()],
    checkpoints: [...state.checkpoints.values()],
    listed: [...state.checkpoints.values()].filter(({ isListed }) => isListed),
  };
}

describe('the sample organization', () => {
  it('is marked as a sample by its address and its key', () => {
    const { organization } = harborLabs();
    assert.equal(organization.baseURL, 'https://sample.invalid/v1');
    assert.equal(organization.adminAPIKey, 'sk-admin-sample-1xQ');
    assert.equal(organization.name, 'Harbor Labs');
  });

  it('is the same in every run', () => {
    const everything = () => {
      const { checkpoints, projects } = harborLabs();
      return { projects, permissions: checkpoints.map(({ id, permissions }) => [id, permissions.all()]) };
    };
    assert.deepEqual(everything(), everything());
  });

  it('lists checkpoints of several models and steps, each model’s final one before its steps', () => {
    const { listed } = harborLabs().organization;
    assert.equal(listed.length, 9);
    for (const id of listed) assert.match(id, checkpointForm);
    const models = listed.map((id) => id.replace(/:ckpt-step-\d+$/, ''));
    assert.equal(new Set(models).size, 5);
    for (const [index, id] of listed.entries()) {
      if (id !== models[index]) assert.ok(listed.indexOf(models[index] ?? '') < index);
    }
  });

  it('shares checkpoints with many, with few and with nobody', () => {
    const sizes = harborLabs().listed.map((checkpoint) => checkpoint.permissions.size);
    assert.deepEqual(sizes, [250, 2, 0, 6, 1, 38, 4, 3, 5]);
  });

  it('has one checkpoint that its key may read and not change', () => {
    const refusing = harborLabs().checkpoints.filter((checkpoint) => checkpoint.missingScopes.length > 0);
    assert.deepEqual(
      refusing.map(({ missingScopes }) => missingScopes),
      [['api.fine_tuning.checkpoints.write']],
    );
  });

  it('never shares a checkpoint with its owner or twice with one project', () => {
    const { checkpoints, organization } = harborLabs();
    for (const { owner, permissions } of checkpoints) {
      const projects = permissions.all().map((permission) => permission.project_id);
      assert.ok(organization.state.projects.has(owner));
      assert.ok(!projects.includes(owner));
      assert.equal(new Set(projects).size, projects.length);
      for (const project of projects) assert.ok(organization.state.projects.has(project));
    }
  });

  it('spreads its grants over the last 18 months, after their model and their project were made', () => {
    const { checkpoints, organization } = harborLabs();
    const seconds = now / 1000;
    for (const checkpoint of checkpoints) {
      for (const permission of checkpoint.permissions.all()) {
        assert.ok(permission.created_at < seconds);
        assert.ok(permission.created_at > seconds - 550 * days);
        assert.ok(permission.created_at >= checkpoint.created);
        const project = organization.state.projects.get(permission.project_id);
        assert.ok(project && project.created_at < permission.created_at);
      }
    }
    const times = checkpoints[0]?.permissions.all().map((permission) => permission.created_at) ?? [];
    assert.ok(new Set(times).size < times.length, 'some grants share their second');
    assert.ok((times.at(-1) ?? 0) - (times[0] ?? 0) > 500 * days);
  });

  it('has enough projects, a few archived, all with names and ids of their own', () => {
    const { projects } = harborLabs();
    assert.equal(projects.length, 267);
    assert.equal(projects.filter((project) => project.status === 'archived').length, 12);
    assert.equal(new Set(projects.map((project) => project.name)).size, projects.length);
    assert.equal(new Set(projects.map((project) => project.id)).size, projects.length);
    for (const { id, status, archived_at } of projects) {
      assert.match(id, /^proj_[0-9A-Za-z]{24}$/);
      assert.equal(archived_at === null, status === 'active');
    }
  });

  it('gives permissions ids of the API’s form, no two the same', () => {
    const ids = harborLabs().checkpoints.flatMap(({ permissions }) => permissions.all().map(({ id }) => id));
    for (const id of ids) assert.match(id, /^cp_[0-9A-Za-z]{24}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('knows when the fine-tunes of its base models end', () => {
    const ends = harborLabs().checkpoints.map(({ id, shutdownDate }) => [id.split(':')[1], shutdownDate]);
    assert.deepEqual(Object.fromEntries(ends), {
      'gpt-4.1-mini-2025-04-14': '2027-01-14',
      'gpt-4o-mini-2024-07-18': '2027-01-14',
      'gpt-4.1-2025-04-14': '2027-01-14',
      'gpt-4o-2024-08-06': '2027-01-14',
      'gpt-3.5-turbo-0125': '2026-10-23',
    });
  });

  it('forgets what happened to it when it is reset', () => {
    const { organization, checkpoints } = harborLabs();
    const [first] = checkpoints;
    const before = first?.permissions.all() ?? [];
    assert.ok(first?.permissions.remove(before[0]?.id ?? ''));
    organization.addCheckpoint('ft:gpt-4.1-2025-04-14:harbor-labs:extra:AAAAAAAA');
    organization.reset();
    assert.deepEqual(organization.state.checkpoints.get(first?.id ?? '')?.permissions.all(), before);
    assert.equal(organization.listed.length, 9);
    assert.deepEqual(organization.checkpoints, harborLabs().organization.checkpoints);
  });

  it('takes a checkpoint shared with 10,000 projects', () => {
    const { organization } = harborLabs();
    const id = 'ft:gpt-4.1-2025-04-14:harbor-labs:large:AAAAAAAA';
    const checkpoint = organization.addCheckpoint(id, { permissions: 10_000 });
    assert.equal(checkpoint.permissions.size, 10_000);
    assert.equal(organization.checkpoints.at(-1), id);
  });
});
