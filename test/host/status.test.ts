import assert from 'node:assert/strict';
import { statusInWords } from '../../src/words/status';
import { eventually } from './support/eventually';
import { checkpoint, run, useStage } from './support/extension';

// VS Code has no way to read the status bar. What the item shows is tested here, the bar itself in the UI tests.

describe('the status bar item', () => {
  const stage = useStage(3);
  const parts = () => stage.scene.services;

  async function status() {
    const { tree, current } = parts();
    await tree.getChildren();
    const bundle = tree.bundle;
    assert.ok(bundle, 'the views are loaded with the first rows');
    const owned: unknown[] = [];
    const shown = bundle.showStatus(current, owned as never);
    assert.deepEqual(owned, [], 'it was made when an organization was opened');
    return shown;
  }

  const text = (name: string, staged = 0, icon = 'organization') =>
    `$(${icon}) ${statusInWords(name, staged).text}`;

  it('names the organization in use and counts what is staged in it, without a request', async () => {
    const shown = await status();
    const { name, staged } = await stage.scene.organization();
    await eventually(() => shown.text, text(name));
    staged.stage([{ checkpoint, project: 'proj_a', action: 'grant' }]);
    staged.stage([{ checkpoint, project: 'proj_b', action: 'revoke' }]);
    assert.equal(shown.text, text(name, 2));
    assert.equal(shown.tooltip, statusInWords(name, 2).tooltip);
    assert.equal(shown.spoken, statusInWords(name, 2).spoken);
    staged.clear();
    assert.equal(shown.text, text(name));
    assert.deepEqual(stage.scene.sent, []);
  });

  it('follows to a sample and back, each with its own number of staged changes', async () => {
    const shown = await status();
    const { name, staged } = await stage.scene.organization();
    staged.stage([{ checkpoint, project: 'proj_a', action: 'grant' }]);
    await run('exploreSample');
    await eventually(() => shown.text, text('Harbor Labs (sample)', 0, 'beaker'));
    staged.clear();
    assert.equal(shown.text, text('Harbor Labs (sample)', 0, 'beaker'), 'no longer of the other one');
    staged.stage([{ checkpoint, project: 'proj_a', action: 'grant' }]);
    await run('leaveSample');
    await eventually(() => shown.text, text(name, 1));
    staged.clear();
  });

  it('is hidden without an organization, and never names one that is being left', async () => {
    const shown = await status();
    const { name } = await stage.scene.organization();
    await eventually(() => shown.text, text(name));
    const seen: (string | undefined)[] = [];
    const subscription = parts().current.onDidChange(() => seen.push(shown.text));
    await parts().keys.remove('default');
    subscription.dispose();
    assert.deepEqual(seen, [undefined]);
    await eventually(() => shown.text, undefined);
    await stage.scene.saveKey(stage.scene.emulator.adminAPIKey);
    await eventually(() => shown.text, text(name));
  });

  it('shows a new name at once, and a hostile one as text', async () => {
    const shown = await status();
    const { profiles } = parts();
    const hostile = '$(sync~spin) [x](command:evil)\n\u202eAcme';
    try {
      await profiles.rename('default', hostile);
      await eventually(() => shown.text, text(hostile));
      assert.ok(!shown.text?.slice('$(organization)'.length).includes('$('));
      assert.ok(!shown.text?.includes('\n'));
      assert.ok(!String(shown.tooltip).includes(']('));
    } finally {
      await profiles.rename('default', '');
    }
  });
});
