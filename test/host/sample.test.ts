import assert from 'node:assert/strict';
import { run, Scene } from './support/extension';
import { Person } from './support/person';

describe('the sample organization', () => {
  let scene: Scene;
  let person: Person;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(async () => {
    await scene.reset(1);
    person = new Person();
    person.sitsDown();
    await run('exploreSample');
  });
  afterEach(async () => {
    await run('leaveSample');
    person.leaves();
  });

  it('is explored without a key, sends nothing, and says what it is', async () => {
    const organization = await scene.organization();
    assert.equal(organization.isSample, true);
    const root = await scene.services.tree.getChildren();
    assert.ok(root.length >= 5);
    assert.match(scene.services.view.message ?? '', /Sample organization/);
    const [first] = root;
    assert.ok(first);
    assert.equal((await scene.services.tree.getChildren(first)).length, 101);
    assert.deepEqual(scene.sent, []);
    const { accessibilityInformation } = scene.services.tree.getTreeItem(first);
    assert.match(accessibilityInformation?.label ?? '', /sample organization/);
  });

  it('is changed by the same commands, which say that it is the sample', async () => {
    const root = await scene.services.tree.getChildren();
    const empty = root.find((node) => node.kind === 'checkpoint' && node.checkpoint.step === 160);
    assert.ok(empty?.kind === 'checkpoint');
    const [first] = root;
    assert.ok(first);
    const [permission] = await scene.services.tree.getChildren(first);
    assert.ok(permission?.kind === 'permission');
    person.types(permission.permission.project_id).presses('Grant');
    await run('grant', empty);
    const rows = await scene.services.tree.getChildren(empty);
    assert.deepEqual(
      rows.map((row) => row.kind === 'permission' && row.permission.project_id),
      [permission.permission.project_id],
    );
    for (const { kind, text } of person.shown) {
      if (kind === 'modal' || kind === 'input') assert.match(text, /^Sample organization: /);
    }
    assert.match(person.told.at(-1) ?? '', /^Sample organization: Granted/);
    assert.deepEqual(scene.sent, []);
  });

  it('is left by one command, and nothing of it stays', async () => {
    await run('leaveSample');
    const organization = await scene.organization();
    assert.equal(organization.isSample, false);
    assert.equal((await scene.services.tree.getChildren()).length, 2);
    assert.equal(scene.services.view.message, undefined);
  });

  it('leaves the list of the real organization alone', async () => {
    const { catalog } = await scene.organization();
    await catalog.remove(catalog.ids);
    await run('leaveSample');
    assert.equal((await scene.organization()).catalog.ids.length, 2);
  });
});
