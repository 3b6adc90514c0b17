import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { viewIds } from '../../src/ids';
import { checkpointName } from '../../src/words/names';
import { eventually } from './support/eventually';
import { checkpoint, run, step, useStage } from './support/extension';

describe('what an earlier session loaded', () => {
  const stage = useStage(3);

  /** Closes and opens the organization, as a restart does. */
  const restart = async () => {
    const { current, tree } = stage.scene.services;
    await current.reopen();
    const organization = await stage.scene.organization();
    await tree.getChildren();
    return organization;
  };
  const lists = () => stage.scene.sent.filter((each) => each === 'GET permissions.list').length;

  beforeEach(async () => {
    await stage.scene.expand();
    await stage.scene.expand(step);
  });

  it('Truth 23: is shown without a request, and Refresh says what changed since', async () => {
    const { permissions } = stage.scene.emulator.organization.state.checkpoints.get(checkpoint) ?? {};
    const gone = permissions?.all()[0];
    assert.ok(gone);
    permissions?.remove(gone.id);
    const sent = stage.scene.emulator.requests.length;
    const organization = await restart();
    assert.equal(organization.standingOf(checkpoint).count, 3);
    assert.equal(stage.scene.emulator.requests.length, sent);
    await run('refreshCheckpoint', stage.scene.services.tree.nodeOf(checkpoint));
    assert.equal(organization.standingOf(checkpoint).count, 2);
    await eventually(
      () =>
        stage.person.told.some(
          (text) => text.includes('1 permission was revoked') && text.includes(checkpointName(checkpoint)),
        ),
      true,
    );
  });

  it('Truth 23: is shown at once when a person expands a row, and loaded again in the background', async () => {
    const organization = await restart();
    const before = lists();
    const gate = stage.scene.emulator.hold();
    await vscode.commands.executeCommand(`${viewIds.checkpoints}.focus`);
    await stage.scene.services.view.expand(checkpoint);
    await eventually(lists, before + 1);
    assert.equal(organization.standingOf(checkpoint).count, 3, 'the old rows are there meanwhile');
    assert.ok(organization.permissions.snapshot(checkpoint).restored);
    gate.release();
    await eventually(() => organization.permissions.snapshot(checkpoint).restored, undefined);
    assert.equal(lists(), before + 1);
    assert.ok(organization.permissions.snapshot(step).restored, 'another list is not touched');
  });
});
