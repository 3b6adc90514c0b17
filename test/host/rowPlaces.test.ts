import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { itemId, type Node } from '../../src/views/shared/nodes';
import { buttons } from '../../src/words/titles';
import { eventually } from './support/eventually';
import { checkpoint, run, step, useStage } from './support/extension';

const other = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:other:Oo1Tt2Hh';

describe('the place of rows in the real tree', () => {
  const stage = useStage(4);
  const parts = () => stage.scene.services;
  const selected = () => parts().view.selection.map(itemId);

  /** Resolves once these rows are the selection. */
  const selectionBecomes = (...rows: readonly (Node | undefined)[]) =>
    eventually(
      selected,
      rows.map((row) => row && itemId(row)),
    );

  /** Resolves with the next load of the root, which VS Code begins after a redraw. */
  const rootLoaded = () =>
    new Promise<void>((resolve) => {
      const subscription = parts().tree.onDidLoadRows(({ parent }) => {
        if (parent) return;
        subscription.dispose();
        resolve();
      });
    });

  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.view.extension.checkpointPermissions');
  });

  const permissions = async () => {
    await parts().view.expand(checkpoint);
    return (await stage.scene.expand()).rows;
  };

  it('Truth 24: is taken by the next permission, the previous one, and their checkpoint', async () => {
    const [first, second, third, fourth] = await permissions();
    stage.person.presses('Revoke');
    await run('revoke', second);
    await selectionBecomes(third);
    stage.person.presses('Revoke');
    await run('revoke', third, [third, fourth]);
    await selectionBecomes(first);
    stage.person.presses('Revoke');
    await run('revoke', first);
    await selectionBecomes(parts().tree.nodeOf(checkpoint));
  });

  it('is that of what was granted, and of what an undo restored', async () => {
    const [first] = await permissions();
    assert.ok(first?.kind === 'permission');
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', parts().tree.nodeOf(checkpoint));
    const granted = async () =>
      (await stage.scene.expand()).rows.find(
        (row) => row.kind === 'permission' && row.permission.project_id === project,
      );
    await selectionBecomes(await granted());
    await run('showInSidebar', parts().tree.nodeOf(step));
    await selectionBecomes(parts().tree.nodeOf(step));
    stage.person.presses('Revoke').willPressInMessage(buttons.undo).presses('Grant');
    await run('revoke', await granted());
    const restored = await new Promise<Node | undefined>((resolve) => {
      const subscription = parts().tree.onDidLoadRows(async () => {
        const row = await granted();
        if (row) subscription.dispose();
        if (row) resolve(row);
      });
    });
    await selectionBecomes(restored);
  });

  it('stays where it is for a grant below a folded checkpoint', async () => {
    await permissions();
    await vscode.commands.executeCommand(
      'workbench.actions.treeView.checkpointPermissions.checkpoints.collapseAll',
    );
    await parts().view.reveal(step);
    await selectionBecomes(parts().tree.nodeOf(step));
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', parts().tree.nodeOf(checkpoint), [
      parts().tree.nodeOf(checkpoint),
      parts().tree.nodeOf(step),
    ]);
    const drawn = rootLoaded();
    parts().tree.refreshRoot();
    await drawn;
    await selectionBecomes(parts().tree.nodeOf(step));
  });

  it('Truth 24: is taken by the next checkpoint when one is removed from the list', async () => {
    await (await stage.scene.organization()).catalog.add([other]);
    await parts().view.reveal(step);
    await selectionBecomes(parts().tree.nodeOf(step));
    await run('removeFromList', parts().tree.nodeOf(step));
    await selectionBecomes(parts().tree.nodeOf(other));
    await run('removeFromList', parts().tree.nodeOf(other));
    await selectionBecomes(parts().tree.nodeOf(checkpoint));
  });

  it('Truth 24: Show in Sidebar and regrouping many times at once: no error, and the last one is shown', async () => {
    const ids = [checkpoint, step];
    await permissions();
    const work: Thenable<unknown>[] = [];
    for (let turn = 0; turn < 25; turn += 1) {
      work.push(run('showInSidebar', parts().tree.nodeOf(ids[turn % 2] ?? '')));
      work.push(run(turn % 3 === 0 ? 'groupByModel' : 'showAsFlatList'));
      if (turn % 4 === 1) work.push(run('refresh'));
      if (turn % 5 === 2) parts().tree.redraw(checkpoint);
      if (turn % 5 === 3) parts().tree.refreshRoot();
      // Sometimes VS Code has begun with one before the next comes.
      if (turn % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (turn % 4 === 3) await rootLoaded();
    }
    await Promise.all(work);
    assert.deepEqual(stage.person.told, []);
    await run('groupByModel');
    await run('showInSidebar', parts().tree.nodeOf(step));
    await selectionBecomes(parts().tree.nodeOf(step));
    assert.deepEqual(stage.person.told, []);
  });

  it('Truth 24: one permission ID for two projects makes two rows', async () => {
    const [first, second] = await permissions();
    assert.ok(first?.kind === 'permission' && second?.kind === 'permission');
    const twin: Node = { ...second, permission: { ...second.permission, id: first.permission.id } };
    assert.notEqual(itemId(twin), itemId(first));
  });
});
