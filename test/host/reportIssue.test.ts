import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { noIssueAddress } from '../../src/words/issueReport';
import { checkpoint, run, useStage } from './support/extension';

describe('Report an Issue', () => {
  const stage = useStage(3);
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('without an address of a repository, is a new document with the versions and the last error', async () => {
    const { catalog } = await stage.scene.organization();
    assert.ok(catalog.ids.includes(checkpoint));
    stage.scene.emulator.removeScopes('api.fine_tuning.checkpoints.read');
    await run('refreshCheckpoint', await nodeOf());
    const before = stage.scene.requests.length;
    await run('reportIssue');
    assert.equal(stage.person.told.at(-1), noIssueAddress);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    const text = document?.getText() ?? '';
    assert.ok(text.includes(vscode.version), text);
    assert.match(text, /Last (?:error|failed request): .*40\d|Last error: .*scope/, text);
    for (const name of [checkpoint, 'host-test', 'harbor-labs', stage.scene.emulator.adminAPIKey])
      assert.ok(!text.includes(name), `${name} in ${text}`);
    assert.equal(stage.scene.requests.length, before, 'nothing is sent');
  });

  async function nodeOf(): Promise<unknown> {
    await stage.scene.services.tree.getChildren();
    return stage.scene.services.tree.nodeOf(checkpoint);
  }
});
