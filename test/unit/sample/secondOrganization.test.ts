import assert from 'node:assert/strict';
import { createSampleOrganization, createSecondSampleOrganization } from '../../../src/sample';
import { ask } from './ask';

const now = () => Date.UTC(2026, 10, 21, 12);

describe('the second sample organization', () => {
  it('shares nothing with the first: no id, no name, no key, no address', () => {
    const told = ({
      state,
      name,
      baseURL,
      adminAPIKey,
      projectAPIKeys,
    }: ReturnType<typeof createSampleOrganization>) =>
      [
        name,
        state.slug,
        baseURL,
        adminAPIKey,
        projectAPIKeys.map(({ key }) => key),
        [...state.projects.values()].map((project) => [project.id, project.name]),
        [...state.checkpoints.values()].map(({ id, permissions }) => [
          id,
          permissions.all().map((one) => one.id),
        ]),
        state.adminAPIKeys.map(({ id }) => id),
        state.people.map(({ id, email }) => [id, email]),
      ].flat(9);
    const first = new Set(told(createSampleOrganization({ now })));
    const second = told(createSecondSampleOrganization({ now }));
    assert.deepEqual(
      second.filter((each) => first.has(each)),
      [],
    );
  });

  it('is smaller: twelve projects, two archived, four checkpoints in the list and three to be found', () => {
    const { checkpoints, listed, state } = createSecondSampleOrganization({ now });
    const statuses = [...state.projects.values()].map(({ status }) => status);
    assert.deepEqual([statuses.length, statuses.filter((status) => status === 'archived').length], [12, 2]);
    assert.deepEqual([listed.length, checkpoints.length], [4, 7]);
    for (const id of checkpoints) assert.match(id, /^ft:[^:]+:juniper-clinics:/);
  });

  it('never shares a checkpoint with its owner or twice with one project', () => {
    for (const { owner, permissions } of createSecondSampleOrganization({ now }).state.checkpoints.values()) {
      const projects = permissions.all().map(({ project_id }) => project_id);
      assert.equal(new Set([owner, ...projects]).size, projects.length + 1);
    }
  });

  it('has one model whose end has come', () => {
    const { state } = createSecondSampleOrganization({ now });
    const ended = [...state.checkpoints.values()].filter(
      ({ shutdownDate }) => Date.parse(shutdownDate ?? '') < now(),
    );
    assert.deepEqual(
      ended.map(({ id }) => id.split(':')[1]),
      ['gpt-4.1-nano-2025-04-14'],
    );
  });

  it('refuses the key of the first', () => {
    const first = createSampleOrganization({ now });
    const second = createSecondSampleOrganization({ now });
    assert.equal(ask(second, '/organization/projects').status, 200);
    assert.equal(ask(second, '/organization/projects', { key: first.adminAPIKey }).status, 401);
    for (const { key } of second.projectAPIKeys) {
      assert.equal(ask(second, '/models', { key }).status, 200);
      assert.equal(ask(first, '/models', { key }).status, 401);
    }
  });
});
