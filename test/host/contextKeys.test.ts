import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './support/eventually';
import { run, useStage } from './support/extension';

// Each change of a key makes VS Code draw the titles of views anew, which closes a menu that is open there.

describe('context keys', () => {
  const stage = useStage(3);
  const { executeCommand } = vscode.commands;
  let sent: string[];

  beforeEach(() => {
    sent = [];
    const commands: { executeCommand: (command: string, ...args: unknown[]) => Thenable<unknown> } =
      vscode.commands;
    commands.executeCommand = (command, ...args) => {
      if (command === 'setContext') sent.push(args.map(String).join(' '));
      return executeCommand(command, ...args);
    };
  });
  afterEach(() => {
    Object.assign(vscode.commands, { executeCommand });
  });

  /** Resolves with the tree drawn by model, and nothing left to be sent. */
  async function settle(): Promise<void> {
    const { choices, tree } = stage.scene.services;
    await choices.arrangeBy({ grouping: 'model', sort: 'added' });
    await tree.getChildren();
    await eventually(() => sent.at(-1), 'checkpointPermissions.grouping model');
    sent = [];
  }

  it('are sent when they change, and a value that clauses take for granted removes its key', async () => {
    const { choices, tree } = stage.scene.services;
    const organization = await stage.scene.organization();
    await settle();
    await choices.filterBy(organization, { text: 'host' });
    await tree.getChildren();
    await eventually(() => sent.join(), 'checkpointPermissions.filter some');
    await choices.filterBy(organization, { text: 'host-test' });
    await tree.getChildren();
    await choices.filterBy(organization, {});
    await choices.arrangeBy({ grouping: 'flat', sort: 'added' });
    await tree.getChildren();
    await eventually(
      () => sent.slice(1).join(),
      'checkpointPermissions.filter undefined,checkpointPermissions.grouping undefined',
    );
  });

  it('are not sent for lists that are loaded, changed or drawn again', async () => {
    const { tree, current } = stage.scene.services;
    await settle();
    await stage.scene.expand();
    await run('refresh');
    await tree.getChildren();
    await current.reopen();
    await tree.getChildren();
    assert.deepEqual(sent, []);
  });
});
