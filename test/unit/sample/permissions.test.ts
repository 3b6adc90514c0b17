import assert from 'node:assert/strict';
import { createSampleOrganization } from '../../../src/sample';
import { ask } from './ask';
import { model, organizationWith, permissions } from './oneCheckpoint';

describe('granting', () => {
  it('answers with one new permission for each project, in the order asked for', () => {
    const { organization, checkpoint, stranger } = organizationWith(2);
    const other = organization.state.addProject('Other').id;
    const answer = ask(organization, permissions, {
      method: 'POST',
      body: { project_ids: [stranger, other] },
    });
    assert.equal(answer.status, 200);
    assert.equal(answer.json.object, 'list');
    assert.equal(answer.json.has_more, false);
    assert.deepEqual(
      answer.json.data.map((permission: { project_id: string }) => permission.project_id),
      [stranger, other],
    );
    assert.equal(answer.json.first_id, answer.json.data[0].id);
    assert.equal(answer.json.last_id, answer.json.data[1].id);
    assert.equal(checkpoint.permissions.size, 4);
    const listed = ask(organization, `${permissions}?limit=2`).json.data;
    assert.deepEqual(listed, answer.json.data.toReversed(), 'the newest come first');
  });

  it('to a project that has access answers with what it has and makes nothing new', () => {
    const { organization, checkpoint, stranger } = organizationWith(2);
    const [existing] = checkpoint.permissions.all();
    assert.ok(existing);
    const body = { project_ids: [existing.project_id, stranger, stranger] };
    const answer = ask(organization, permissions, { method: 'POST', body });
    assert.equal(answer.json.data.length, 2);
    assert.deepEqual(answer.json.data[0], existing);
    assert.equal(checkpoint.permissions.size, 3);
  });

  for (const [what, other, message] of [
    [
      'the owner',
      undefined,
      /^Cannot modify checkpoint permissions for the owning project: proj_[0-9A-Za-z]{24}$/,
    ],
    ['an unknown project', 'proj_nothing', /was not found/],
  ] as const) {
    it(`to ${what} among others is refused for all of them`, () => {
      const { organization, checkpoint, stranger } = organizationWith(2);
      const body = { project_ids: [stranger, other ?? checkpoint.owner] };
      const answer = ask(organization, permissions, { method: 'POST', body });
      assert.equal(answer.status, 400);
      assert.match(answer.json.error.message, message);
      assert.equal(checkpoint.permissions.size, 2);
    });
  }

  it('to an archived project is taken', () => {
    const { organization } = organizationWith(0);
    const archived = organization.state.addProject('Old', 1, 2).id;
    const answer = ask(organization, permissions, { method: 'POST', body: { project_ids: [archived] } });
    assert.equal(answer.status, 200);
  });
});

describe('revoking', () => {
  it('removes the permission and says so', () => {
    const { organization, checkpoint } = organizationWith(3);
    const [, second] = checkpoint.permissions.all();
    assert.ok(second);
    const answer = ask(organization, `${permissions}/${second.id}`, { method: 'DELETE' });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, { id: second.id, object: 'checkpoint.permission', deleted: true });
    assert.equal(checkpoint.permissions.has(second.id), false);
    assert.equal(checkpoint.permissions.size, 2);
    assert.equal(ask(organization, `${permissions}/${second.id}`, { method: 'DELETE' }).status, 404);
  });

  it('does not remove a permission of another checkpoint', () => {
    const { organization, checkpoint } = organizationWith(1);
    const other = organization.addCheckpoint(`${model}:ckpt-step-8`);
    const [permission] = checkpoint.permissions.all();
    const target = `/fine_tuning/checkpoints/${other.id}/permissions/${permission?.id}`;
    assert.equal(ask(organization, target, { method: 'DELETE' }).status, 404);
    assert.equal(checkpoint.permissions.size, 1);
  });

  it('and granting again makes a permission with another id', () => {
    const { organization, checkpoint } = organizationWith(1);
    const [before] = checkpoint.permissions.all();
    assert.ok(before);
    ask(organization, `${permissions}/${before.id}`, { method: 'DELETE' });
    const body = { project_ids: [before.project_id] };
    const answer = ask(organization, permissions, { method: 'POST', body });
    assert.notEqual(answer.json.data[0].id, before.id);
    assert.equal(answer.json.data[0].project_id, before.project_id);
  });
});

describe('listing', () => {
  it('gives ten, newest first, when nothing is asked for', () => {
    const { organization, checkpoint } = organizationWith(12);
    const { json } = ask(organization, permissions);
    const newest = checkpoint.permissions.all().reverse().slice(0, 10);
    assert.deepEqual(json, {
      object: 'list',
      data: newest,
      first_id: newest[0]?.id,
      last_id: newest[9]?.id,
      has_more: true,
    });
  });

  it('gives null ids with an empty page', () => {
    const { organization } = organizationWith(0);
    const { status, json } = ask(organization, permissions);
    assert.equal(status, 200);
    assert.deepEqual(json, { object: 'list', data: [], first_id: null, last_id: null, has_more: false });
  });

  it('serves a hundred where more are asked for', () => {
    const { organization } = organizationWith(150);
    const { json } = ask(organization, `${permissions}?limit=1000`);
    assert.equal(json.data.length, 100);
    assert.equal(json.has_more, true);
  });

  it('filters by project, and finds nothing for a project without access', () => {
    const { organization, checkpoint, stranger } = organizationWith(5);
    const [, second] = checkpoint.permissions.all();
    const found = ask(organization, `${permissions}?project_id=${second?.project_id}`).json;
    assert.deepEqual(found.data, [second]);
    assert.equal(found.has_more, false);
    assert.deepEqual(ask(organization, `${permissions}?project_id=${stranger}`).json.data, []);
  });

  it('shows two permissions of one project, should there be two', () => {
    const { organization, checkpoint } = organizationWith(5);
    const [first] = checkpoint.permissions.all();
    assert.ok(first);
    const second = organization.state.addPermission(checkpoint, first.project_id);
    const found = ask(organization, `${permissions}?project_id=${first.project_id}&order=ascending`).json;
    assert.deepEqual(found.data, [first, second]);
    assert.equal(ask(organization, `${permissions}/${first.id}`, { method: 'DELETE' }).status, 200);
    assert.deepEqual(ask(organization, `${permissions}?project_id=${first.project_id}`).json.data, [second]);
  });

  it('takes a checkpoint id with its colons encoded', () => {
    const { organization } = organizationWith(1);
    const target = `/fine_tuning/checkpoints/${encodeURIComponent(model)}/permissions`;
    assert.equal(ask(organization, target).json.data.length, 1);
  });

  it('knows a checkpoint with no suffix, and each step apart from its model', () => {
    const organization = createSampleOrganization({ fill: () => undefined });
    const final = 'ft:gpt-4o-mini-2024-07-18:harbor-labs::AAAAAAAA';
    organization.addCheckpoint(final, { permissions: 2 });
    organization.addCheckpoint(`${final}:ckpt-step-16`, { permissions: 1 });
    const count = (id: string) =>
      ask(organization, `/fine_tuning/checkpoints/${id}/permissions`).json.data.length;
    assert.deepEqual([count(final), count(`${final}:ckpt-step-16`)], [2, 1]);
  });
});

describe('every answer', () => {
  it('is JSON and has a request id of its own', () => {
    const { organization } = organizationWith(0);
    const answers = [permissions, '/nothing', '/models'].map((target) => ask(organization, target));
    for (const { headers } of answers) {
      assert.equal(headers['content-type'], 'application/json');
      assert.match(headers['x-request-id'] ?? '', /^req_[0-9a-f]{32}$/);
    }
    assert.equal(new Set(answers.map(({ headers }) => headers['x-request-id'])).size, 3);
  });
});
