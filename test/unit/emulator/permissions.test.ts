import assert from 'node:assert/strict';
import { BadRequestError, NotFoundError } from 'openai';
import { emulatorForEachTest, model, sdk } from './setUp';

const current = emulatorForEachTest();

function shared(count: number) {
  const emulator = current();
  const checkpoint = emulator.organization.addCheckpoint(model, { permissions: count });
  return { emulator, checkpoint, permissions: sdk(emulator).fineTuning.checkpoints.permissions };
}

describe('the official SDK on permissions', () => {
  for (const order of ['ascending', 'descending'] as const) {
    it(`pages through 250, ${order}, and gets each exactly once`, async () => {
      const { emulator, checkpoint, permissions } = shared(250);
      const read = [];
      for await (const permission of permissions.list(model, { limit: 100, order })) read.push(permission);
      const all = checkpoint.permissions.all();
      assert.deepEqual(read, order === 'ascending' ? all : all.reverse());
      assert.equal(emulator.requests.length, 3);
      assert.deepEqual(
        emulator.requests.map(({ query }) => query),
        [
          { limit: '100', order },
          { limit: '100', order, after: read[99]?.id },
          { limit: '100', order, after: read[199]?.id },
        ],
      );
    });
  }

  it('pages through 10,000', async () => {
    const { emulator, permissions } = shared(10_000);
    const ids = new Set<string>();
    for await (const { id } of permissions.list(model, { limit: 100 })) ids.add(id);
    assert.equal(ids.size, 10_000);
    assert.equal(emulator.requests.length, 100);
  }).timeout(20_000);

  it('gets ten, newest first, when it asks for nothing', async () => {
    const { checkpoint, permissions } = shared(12);
    const page = await permissions.list(model);
    assert.deepEqual(page.data, checkpoint.permissions.all().reverse().slice(0, 10));
    assert.equal(page.hasNextPage(), true);
  });

  it('retrieves one page of one project', async () => {
    const { checkpoint, permissions } = shared(12);
    const [, second] = checkpoint.permissions.all();
    assert.ok(second);
    const page = await permissions.retrieve(model, { project_id: second.project_id });
    assert.deepEqual(page, {
      object: 'list',
      data: [second],
      first_id: second.id,
      last_id: second.id,
      has_more: false,
    });
  });

  it('gets an empty page of a checkpoint that is not shared', async () => {
    const { permissions } = shared(0);
    const page = await permissions.retrieve(model);
    assert.deepEqual(page, { object: 'list', data: [], first_id: null, last_id: null, has_more: false });
  });

  it('grants, and the list has it', async () => {
    const { emulator, checkpoint, permissions } = shared(2);
    const project = emulator.organization.state.addProject('New').id;
    const granted = await permissions.create(model, { project_ids: [project] });
    assert.equal(granted.data.length, 1);
    assert.equal(granted.data[0]?.project_id, project);
    assert.deepEqual(checkpoint.permissions.ofProject(project), granted.data);
    assert.deepEqual(emulator.requests[0]?.body, { project_ids: [project] });
    assert.deepEqual((await permissions.list(model, { limit: 1 })).data, granted.data);
  });

  it('is told what a project has already', async () => {
    const { checkpoint, permissions } = shared(2);
    const [existing] = checkpoint.permissions.all();
    assert.ok(existing);
    const granted = await permissions.create(model, { project_ids: [existing.project_id] });
    assert.deepEqual(granted.data, [existing]);
    assert.equal(checkpoint.permissions.size, 2);
  });

  it('is refused the owner, and the whole batch with it', async () => {
    const { emulator, checkpoint, permissions } = shared(2);
    const project = emulator.organization.state.addProject('New').id;
    await assert.rejects(permissions.create(model, { project_ids: [project, checkpoint.owner] }), (error) => {
      assert.ok(error instanceof BadRequestError);
      const message = `400 Cannot modify checkpoint permissions for the owning project: ${checkpoint.owner}`;
      assert.equal(error.message, message);
      return true;
    });
    assert.equal(checkpoint.permissions.size, 2);
  });

  it('revokes, and finds it gone the second time', async () => {
    const { emulator, checkpoint, permissions } = shared(2);
    const [{ id } = { id: '' }] = checkpoint.permissions.all();
    const revoked = await permissions.delete(id, { fine_tuned_model_checkpoint: model });
    assert.deepEqual(revoked, { id, object: 'checkpoint.permission', deleted: true });
    assert.equal(checkpoint.permissions.has(id), false);
    const again = permissions.delete(id, { fine_tuned_model_checkpoint: model });
    await assert.rejects(again, NotFoundError);
    assert.equal(emulator.requests[0]?.body, undefined);
  });

  it('sends the checkpoint id with its colons raw, and the record shows it so', async () => {
    const { emulator, permissions } = shared(1);
    await permissions.list(`${model}`, { limit: 5 });
    assert.equal(emulator.requests[0]?.path, `/v1/fine_tuning/checkpoints/${model}/permissions`);
  });

  it('meets the 500 of an ftckpt_ id, the 404 of an unknown model, the 400 of a base model', async () => {
    const { permissions } = shared(1);
    await assert.rejects(permissions.retrieve('ftckpt_abc'), { status: 500 });
    const unknown = permissions.retrieve('ft:gpt-4.1-2025-04-14:other::BBBBBBBB');
    await assert.rejects(unknown, { status: 404, code: 'model_not_found', param: 'model' });
    await assert.rejects(permissions.retrieve('gpt-4.1'), { status: 400, code: 'invalid_value' });
  });

  it('is refused keys and values the API does not know', async () => {
    const { emulator, permissions, checkpoint } = shared(1);
    const order = 'asc' as 'ascending';
    await assert.rejects(permissions.retrieve(model, { order }), { status: 400, param: 'order' });
    await assert.rejects(permissions.retrieve(model, { limit: 0 }), { status: 400, param: 'limit' });
    const query = { colour: 'red' };
    await assert.rejects(permissions.retrieve(model, {}, { query }), { status: 400, param: 'colour' });
    const project = emulator.organization.state.addProject('New').id;
    const body = { project_ids: [project], note: 'x' };
    await assert.rejects(permissions.create(model, body), { status: 400, param: 'note' });
    assert.equal(checkpoint.permissions.size, 1);
  });
});
