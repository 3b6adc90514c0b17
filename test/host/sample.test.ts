import assert from 'node:assert/strict';
import { sampleLabel } from '../../src/organizations/samples';
import { checkpointName } from '../../src/words/names';
import { run, useStage } from './support/extension';

describe('the sample organization', () => {
  const stage = useStage(1);
  beforeEach(() => run('exploreSample'));
  afterEach(() => run('leaveSample'));

  it('opens without a key, sends nothing, and says that it is a sample', async () => {
    const organization = await stage.scene.organization();
    assert.equal(organization.isSample, true);
    const root = await stage.scene.services.tree.getChildren();
    assert.ok(root.length >= 5);
    assert.match(stage.scene.services.view.message ?? '', /Sample organization/);
    const [first] = root;
    assert.ok(first);
    assert.equal((await stage.scene.services.tree.getChildren(first)).length, 101);
    assert.deepEqual(stage.scene.sent, []);
    const { accessibilityInformation } = stage.scene.services.tree.getTreeItem(first);
    assert.match(accessibilityInformation?.label ?? '', /sample organization/);
  });

  it('is changed by the same commands, which say that it is the sample', async () => {
    const root = await stage.scene.services.tree.getChildren();
    const empty = root.find((node) => node.kind === 'checkpoint' && node.checkpoint.step === 160);
    assert.ok(empty?.kind === 'checkpoint');
    const [first] = root;
    assert.ok(first);
    const [permission] = await stage.scene.services.tree.getChildren(first);
    assert.ok(permission?.kind === 'permission');
    stage.person.types(permission.permission.project_id).presses('Grant');
    await run('grant', empty);
    const rows = await stage.scene.services.tree.getChildren(empty);
    assert.deepEqual(
      rows.map((row) => row.kind === 'permission' && row.permission.project_id),
      [permission.permission.project_id],
    );
    for (const { kind, text } of stage.person.shown) {
      if (kind === 'modal' || kind === 'picker')
        assert.ok(text.startsWith(`${sampleLabel('sample')}: `), text);
    }
    const granted = stage.person.told.at(-1) ?? '';
    assert.ok(granted.startsWith(`${sampleLabel('sample')}: Granted`), granted);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('has its own name in each question, so that the two samples are told apart', async () => {
    assert.notEqual(sampleLabel('sample'), sampleLabel('sample-2'));
    await stage.scene.services.current.show('sample-2');
    const { projects, catalog } = await stage.scene.organization();
    await projects.read();
    const [project = ''] = projects.snapshot.projects.keys();
    const [checkpoint = ''] = catalog.ids;
    await stage.scene.services.tree.getChildren();
    stage.person.types(project).cancels();
    await run('grant', stage.scene.services.tree.nodeOf(checkpoint));
    const asked = stage.person.shown.filter(({ kind }) => kind === 'modal' || kind === 'picker');
    assert.ok(asked.length > 1);
    for (const { text } of asked) assert.ok(text.startsWith(`${sampleLabel('sample-2')}: `), text);
  });

  it('Truth 11: a change that fails in part names its checkpoint, and nothing blames a key', async () => {
    const root = await stage.scene.services.tree.getChildren();
    const ofModel = (isStep: boolean) => {
      const found = root.find(
        (node) =>
          node.kind === 'checkpoint' &&
          node.checkpoint.suffix === 'contract-summary' &&
          (node.checkpoint.step === 48) === isStep,
      );
      assert.ok(found?.kind === 'checkpoint');
      return found;
    };
    // The sample has a checkpoint whose scope is missing.
    const [whole, refused] = [ofModel(false), ofModel(true)];
    const { permissions, projects } = await stage.scene.organization();
    await projects.read();
    const having = new Set<string>();
    for (const { checkpoint } of [whole, refused])
      for (const { project_id } of (await permissions.read(checkpoint.id)).permissions)
        having.add(project_id);
    const [, project = ''] = [...projects.snapshot.projects.keys()].filter(
      (id) => !having.has(id) && projects.nameOf(id) !== 'Contract review' && !projects.isArchived(id),
    );
    stage.person.types(project).presses('Grant');
    await run('grant', whole, [whole, refused]);
    const told = stage.person.told.at(-1) ?? '';
    assert.ok(told.includes(` for ${checkpointName(refused.checkpoint.id)}: `), told);
    assert.ok(!told.includes(` for ${checkpointName(whole.checkpoint.id)}: `), told);
    assert.doesNotMatch(told, /\bkey\b/i);
    const { text = '' } = stage.person.shown.at(-1) ?? {};
    assert.doesNotMatch(text, /Set Admin API Key/);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('is closed by one command, and nothing of it stays', async () => {
    await run('leaveSample');
    const organization = await stage.scene.organization();
    assert.equal(organization.isSample, false);
    assert.equal((await stage.scene.services.tree.getChildren()).length, 2);
    assert.equal(stage.scene.services.view.message, undefined);
  });

  it('doesn’t change the list of the real organization', async () => {
    const { catalog } = await stage.scene.organization();
    await catalog.remove(catalog.ids);
    await run('leaveSample');
    assert.equal((await stage.scene.organization()).catalog.ids.length, 2);
  });
});
