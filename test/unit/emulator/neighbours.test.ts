import assert from 'node:assert/strict';
import { OpenAI } from 'openai';
import { projectAPIKey } from '../../../src/sample/state/projectAPIKeys';
import type { Emulator } from '../../emulator';
import { emulatorForEachTest, model, sdk } from './setUp';

const current = emulatorForEachTest();

describe('the official SDK on projects', () => {
  it('pages through the active ones', async () => {
    const emulator = current();
    const { projects } = sdk(emulator).admin.organization;
    const read = [];
    for await (const project of projects.list()) read.push(project);
    const known = [...emulator.organization.state.projects.values()];
    assert.deepEqual(
      read,
      known.filter((project) => project.status === 'active'),
    );
    assert.equal(emulator.requests.length, Math.ceil(read.length / 20));
  });

  it('pages through all of them, archived too, in the fewest pages', async () => {
    const emulator = current();
    const { projects } = sdk(emulator).admin.organization;
    const read = [];
    for await (const project of projects.list({ limit: 100, include_archived: true })) read.push(project);
    assert.deepEqual(read, [...emulator.organization.state.projects.values()]);
    assert.equal(emulator.requests.length, 3);
  });

  it('retrieves one', async () => {
    const emulator = current();
    const [project] = emulator.organization.state.projects.values();
    const { projects } = sdk(emulator).admin.organization;
    assert.deepEqual(await projects.retrieve(project?.id ?? ''), project);
    await assert.rejects(projects.retrieve('proj_nothing'), { status: 404 });
  });

  it('is refused a page of more than a hundred', async () => {
    const { projects } = sdk(current()).admin.organization;
    await assert.rejects(projects.list({ limit: 101 }), { status: 400, code: 'integer_above_max_value' });
  });
});

describe('the official SDK on admin keys', () => {
  it('lists them oldest first, or newest first, page by page', async () => {
    const emulator = current();
    const { adminAPIKeys } = sdk(emulator).admin.organization;
    const known = emulator.organization.state.adminAPIKeys;
    const read = [];
    for await (const key of adminAPIKeys.list({ limit: 1 })) read.push(key);
    assert.deepEqual(read, known);
    assert.deepEqual((await adminAPIKeys.list({ order: 'desc' })).data, known.toReversed());
    for (const key of read) assert.match(key.redacted_value, /^[\w-]{8}\.\.\.[\w-]{3}$/);
  });

  it('is refused the order words of permissions', async () => {
    const order = 'ascending' as 'asc';
    const list = sdk(current()).admin.organization.adminAPIKeys.list({ order });
    await assert.rejects(list, { status: 400, param: 'order' });
  });
});

describe('the official SDK on models', () => {
  it('lists what the key’s project owns and was granted', async () => {
    const emulator = current();
    const { state } = emulator.organization;
    const project = state.keys.get(emulator.projectAPIKey)?.project ?? '';
    emulator.organization.addCheckpoint(model, { permissions: [project] });
    emulator.organization.addCheckpoint(`${model}:ckpt-step-8`);
    const { data } = await sdk(emulator).models.list();
    const tuned = data.filter(({ id }) => id.startsWith('ft:'));
    assert.ok(tuned.some(({ id }) => id === model));
    assert.ok(!tuned.some(({ id }) => id === `${model}:ckpt-step-8`));
    for (const { id } of tuned) {
      const checkpoint = state.checkpoints.get(id);
      assert.ok(checkpoint?.owner === project || checkpoint?.permissions.ofProject(project).length === 1);
    }
    const granted = data.find(({ id }) => id === model);
    assert.deepEqual(granted, {
      id: model,
      object: 'model',
      created: state.checkpoints.get(model)?.created,
      owned_by: 'harbor-labs',
      shutdown_date: '2027-01-14',
    });
  });
});

describe('the official SDK with the wrong key', () => {
  it('is told that the key is not known, with part of it', async () => {
    const { baseURL } = current();
    const client = new OpenAI({
      adminAPIKey: 'a-key-of-somebody-else',
      apiKey: 'unused',
      baseURL,
      maxRetries: 0,
    });
    await assert.rejects(client.admin.organization.projects.list(), {
      status: 401,
      code: 'invalid_api_key',
      message: /^401 Incorrect API key provided: a-key-of\*{10}else\. You can find your API key at /,
    });
  });

  it('is told which scope a project key lacks on admin endpoints', async () => {
    const emulator = current();
    const client = new OpenAI({
      adminAPIKey: emulator.projectAPIKey,
      apiKey: 'unused',
      baseURL: emulator.baseURL,
      maxRetries: 0,
    });
    const [checkpoint = ''] = emulator.organization.checkpoints;
    await assert.rejects(client.fineTuning.checkpoints.permissions.retrieve(checkpoint), {
      status: 401,
      code: null,
      message: /Missing scopes: api\.fine_tuning\.checkpoints\.read\./,
    });
    await assert.rejects(client.admin.organization.adminAPIKeys.list(), {
      status: 403,
      message: /Missing scopes: api\.management\.read\./,
    });
  });

  it('is told which scope an admin key lacks on project endpoints', async () => {
    const emulator = current();
    const client = new OpenAI({ apiKey: emulator.adminAPIKey, baseURL: emulator.baseURL, maxRetries: 0 });
    await assert.rejects(client.models.list(), {
      status: 403,
      message: /Missing scopes: api\.model\.read\./,
    });
  });

  it('is told which scope the key was made without, until the next reset', async () => {
    const emulator = current();
    const { permissions } = sdk(emulator).fineTuning.checkpoints;
    const [checkpoint = ''] = emulator.organization.checkpoints;
    emulator.removeScopes('api.fine_tuning.checkpoints.write', 'api.management.read');
    await permissions.retrieve(checkpoint);
    await assert.rejects(permissions.create(checkpoint, { project_ids: ['proj_a'] }), {
      status: 401,
      message: /Missing scopes: api\.fine_tuning\.checkpoints\.write\./,
    });
    await assert.rejects(sdk(emulator).admin.organization.projects.list(), { status: 403 });
    emulator.reset();
    await sdk(emulator).admin.organization.projects.list();
  });
});

describe('the official SDK on what a project may use', () => {
  const projectsOf = (emulator: Emulator) => sdk(emulator).admin.organization.projects;
  const newProject = (emulator: Emulator) => emulator.organization.state.addProject('New').id;

  it('retrieves the model policy of a project', async () => {
    const emulator = current();
    const id = newProject(emulator);
    const policy = { object: 'project.model_permissions', mode: 'allow_list', model_ids: [model] } as const;
    emulator.organization.state.modelPolicies.set(id, policy);
    assert.deepEqual(await projectsOf(emulator).modelPermissions.retrieve(id), policy);
  });

  it('replaces and deletes the model policy of a project', async () => {
    const emulator = current();
    const id = newProject(emulator);
    const { modelPermissions } = projectsOf(emulator);
    for (const mode of ['allow_list', 'deny_list'] as const) {
      const policy = { mode, model_ids: [model, 'gpt-4.1'] };
      const expected = { object: 'project.model_permissions', ...policy };
      assert.deepEqual(await modelPermissions.update(id, policy), expected);
      assert.deepEqual(await modelPermissions.retrieve(id), expected);
    }
    assert.deepEqual(await modelPermissions.delete(id), {
      object: 'project.model_permissions.deleted',
      deleted: true,
    });
    for (const gone of [modelPermissions.retrieve(id), modelPermissions.delete(id)])
      await assert.rejects(gone, { status: 404, message: /No model permissions found/ });
  });

  it('is refused a model policy that is none, and a change without the scope', async () => {
    const emulator = current();
    const id = newProject(emulator);
    const { modelPermissions } = projectsOf(emulator);
    for (const [body, param] of [
      [{ mode: 'block', model_ids: [] }, 'mode'],
      [{ mode: 'allow_list' }, 'model_ids'],
      [{ mode: 'allow_list', model_ids: 'gpt-4.1' }, 'model_ids'],
      [{ mode: 'allow_list', model_ids: [1] }, 'model_ids[0]'],
      [{ mode: 'allow_list', model_ids: [], note: '' }, 'note'],
    ] as const)
      await assert.rejects(modelPermissions.update(id, body as never), { status: 400, param });
    emulator.removeScopes('api.management.write');
    await assert.rejects(modelPermissions.update(id, { mode: 'allow_list', model_ids: [] }), {
      message: /Missing scopes: api\.management\.write\./,
    });
    assert.equal(emulator.organization.state.modelPolicies.has(id), false);
  });

  it('is told that a project has no model policy, and that there is no such project', async () => {
    const emulator = current();
    const { modelPermissions } = projectsOf(emulator);
    await assert.rejects(modelPermissions.retrieve(newProject(emulator)), {
      status: 404,
      message: /No model permissions found/,
    });
    await assert.rejects(modelPermissions.retrieve('proj_nothing'), {
      status: 404,
      message: /Project with ID 'proj_nothing' was not found/,
    });
  });

  it('pages through redacted keys of people and of service accounts', async () => {
    const emulator = current();
    const { state } = emulator.organization;
    const id = newProject(emulator);
    const keys = Array.from({ length: 30 }, (_, index) =>
      projectAPIKey(state, id, index, {
        owner: index % 2 ? 'user' : 'service_account',
        createdDaysAgo: 50 - index,
        isOwnerGone: index === 3,
      }),
    );
    state.projectAPIKeys.set(id, keys);
    const read = [];
    for await (const key of projectsOf(emulator).apiKeys.list(id, { owner_project_access: 'any' }))
      read.push(key);
    assert.deepEqual(read, keys);
    assert.equal(emulator.requests.length, 2);
    for (const { redacted_value } of read) assert.match(redacted_value, /^sk-proj\.\.\..{3}$/);
    assert.deepEqual(new Set(read.map(({ owner }) => owner.type)), new Set(['user', 'service_account']));
    assert.equal((await projectsOf(emulator).apiKeys.list(id, { limit: 100 })).data.length, 29);
    const [first] = keys;
    assert.deepEqual(await projectsOf(emulator).apiKeys.retrieve(first?.id ?? '', { project_id: id }), first);
    await assert.rejects(projectsOf(emulator).apiKeys.retrieve('key_none', { project_id: id }), {
      status: 404,
    });
  });

  it('is refused parameters that these requests do not have', async () => {
    const emulator = current();
    const id = newProject(emulator);
    await assert.rejects(projectsOf(emulator).apiKeys.list(id, { order: 'asc' } as object), {
      status: 400,
      param: 'order',
    });
    const query = { query: { limit: 1 } };
    await assert.rejects(projectsOf(emulator).modelPermissions.retrieve(id, query), {
      status: 400,
      param: 'limit',
    });
  });
});
