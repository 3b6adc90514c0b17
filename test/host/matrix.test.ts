import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run, type Stage, useStage } from './support/extension';

const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:matrix-host:Mm1Tt2Xx';
const many = Array.from({ length: 30 }, (_, index) => `${model}:ckpt-step-${index + 1}`);

function tabs(): vscode.Tab[] {
  const all = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return all.filter(({ label }) => label.includes('Access · '));
}

/** Resolves when the tabs satisfy a condition. */
async function tabsOnce(wanted: (tabs: readonly vscode.Tab[]) => boolean): Promise<void> {
  if (wanted(tabs())) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!wanted(tabs())) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('the access matrix', () => {
  const stage: Stage = useStage(2);

  beforeEach(async () => {
    const { scene } = stage;
    for (const id of many) scene.emulator.organization.addCheckpoint(id, { permissions: 2 });
    const { catalog } = await scene.organization();
    await catalog.remove(catalog.ids);
    await catalog.add(many);
    // Requests of earlier commands are not part of the cost of opening.
    assert.deepEqual(scene.sent, []);
  });
  afterEach(async () => {
    await vscode.window.tabGroups.close(tabs());
  });

  const lists = () => stage.scene.emulator.requests.filter(({ endpoint }) => endpoint === 'permissions.list');

  it('loads visible rows first, each list once, and sends nothing when reopened', async () => {
    const { emulator } = stage.scene;
    const gate = emulator.hold('permissions.list');
    await run('openAccess');
    const first = await emulator.requested(4, 'permissions.list');
    const steps = first.map(({ path }) => Number(/step-(\d+)/.exec(decodeURIComponent(path))?.[1]));
    assert.deepEqual(
      steps.sort((one, other) => one - other),
      [1, 2, 3, 4],
    );
    gate.release();
    await emulator.ended(many.length, 'permissions.list');
    await emulator.idle();
    const pages = Math.ceil(emulator.organization.state.projects.size / 100);
    assert.equal(emulator.requests.length, many.length + pages);
    await run('openAccess');
    assert.equal(tabs().length, 1);
    await emulator.idle();
    assert.equal(emulator.requests.length, many.length + pages);
  });

  it('stops loading while it is hidden', async () => {
    const { emulator } = stage.scene;
    const gate = emulator.hold('permissions.list');
    await run('openAccess');
    await emulator.requested(4, 'permissions.list');
    const document = await vscode.workspace.openTextDocument({ content: 'in front of it' });
    await vscode.window.showTextDocument(document, { preview: false });
    await tabsOnce(([matrix]) => matrix?.isActive === false);
    gate.release();
    await emulator.ended(4, 'permissions.list');
    await emulator.idle();
    assert.equal(lists().length, 4);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await emulator.ended(many.length, 'permissions.list');
  });

  it('stays open when another organization is shown, sends nothing for it, and keeps what is staged', async () => {
    const { scene } = stage;
    await run('openAccess');
    await scene.emulator.ended(many.length, 'permissions.list');
    const organization = await scene.organization();
    organization.staged.stage([{ checkpoint: many[0] ?? '', project: scene.newProject(), action: 'grant' }]);
    await tabsOnce(([page]) => page?.label.startsWith('● ') === true);
    const sent = scene.emulator.requests.length;
    await run('exploreSample');
    await run('openAccess');
    await tabsOnce((all) => all.length === 2);
    assert.equal(organization.staged.size, 1);
    await run('leaveSample');
    await run('openAccess');
    assert.equal(tabs().length, 2);
    assert.equal((await scene.organization()).staged.size, 1);
    assert.deepEqual(scene.changes, []);
    assert.equal(scene.emulator.requests.length, sent);
    organization.staged.clear();
    await tabsOnce((all) => all.every(({ label }) => !label.startsWith('● ')));
  });
});
