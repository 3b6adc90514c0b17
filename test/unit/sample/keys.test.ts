import assert from 'node:assert/strict';
import { ask } from './ask';
import { model, organizationWith, permissions } from './oneCheckpoint';

describe('the organization’s keys', () => {
  it('are asked for', () => {
    const { organization } = organizationWith(0);
    const answer = ask(organization, permissions, { headers: { authorization: '' } });
    assert.equal(answer.status, 401);
    assert.match(answer.json.error.message, /^You didn't provide an API key\./);
    assert.equal(answer.json.error.code, null);
  });

  for (const [given, shown] of [
    ['a-key-of-somebody-else', 'a-key-of**********else'],
    ['twelve-chars', 'tw**********'],
    ['x', 'x'],
  ] as const) {
    it(`are shown in part when they are unknown: ${shown}`, () => {
      const { organization } = organizationWith(0);
      const answer = ask(organization, permissions, { key: given });
      assert.equal(answer.status, 401);
      assert.ok(answer.json.error.message.startsWith(`Incorrect API key provided: ${shown}. You can find`));
      assert.equal(answer.json.error.code, 'invalid_api_key');
    });
  }

  const missing = 'You have insufficient permissions for this operation. Missing scopes: ';

  it('of a project cannot see permissions: 401 with code null', () => {
    const { organization } = organizationWith(0);
    const answer = ask(organization, permissions, { key: organization.projectAPIKey });
    assert.equal(answer.status, 401);
    assert.ok(answer.json.error.message.startsWith(`${missing}api.fine_tuning.checkpoints.read. Check`));
    assert.equal(answer.json.error.code, null);
    assert.equal(answer.json.error.type, 'invalid_request_error');
  });

  it('of a project cannot see the organization: 403 with bare text', () => {
    const { organization } = organizationWith(0);
    const answer = ask(organization, '/organization/projects', { key: organization.projectAPIKey });
    assert.equal(answer.status, 403);
    assert.ok(answer.json.error.startsWith(`${missing}api.management.read. Check`));
  });

  it('of the organization cannot see models', () => {
    const { organization } = organizationWith(0);
    const answer = ask(organization, '/models');
    assert.equal(answer.status, 403);
    assert.ok(answer.json.error.startsWith(`${missing}api.model.read. Check`));
  });

  for (const [method, target, scope] of [
    ['GET', permissions, 'api.fine_tuning.checkpoints.read'],
    ['POST', permissions, 'api.fine_tuning.checkpoints.write'],
    ['DELETE', `${permissions}/cp_nothing`, 'api.fine_tuning.checkpoints.write'],
  ] as const) {
    it(`without ${scope} cannot ${method}`, () => {
      const { organization, stranger } = organizationWith(0);
      organization.state.keys.set('restricted', { kind: 'admin', missingScopes: [scope] });
      const body = method === 'POST' ? { project_ids: [stranger] } : undefined;
      const answer = ask(organization, target, { method, body, key: 'restricted' });
      assert.equal(answer.status, 401);
      assert.ok(answer.json.error.message.startsWith(`${missing}${scope}.`));
      assert.equal(answer.json.error.code, null);
    });
  }

  it('may read and not change a checkpoint that lacks the write scope', () => {
    const { organization, stranger } = organizationWith(0);
    const missingScopes = ['api.fine_tuning.checkpoints.write'];
    const { id, permissions: list } = organization.addCheckpoint(`${model}:ckpt-step-8`, { missingScopes });
    const target = `/fine_tuning/checkpoints/${id}/permissions`;
    assert.equal(ask(organization, target).status, 200);
    const answer = ask(organization, target, { method: 'POST', body: { project_ids: [stranger] } });
    assert.equal(answer.status, 401);
    assert.ok(answer.json.error.message.startsWith(`${missing}api.fine_tuning.checkpoints.write.`));
    assert.equal(list.size, 0);
  });
});
