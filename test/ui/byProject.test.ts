import assert from 'node:assert/strict';
import { loadAllButton } from '../../src/words/loading';
import { titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, useWorkbench } from './workbench';

describe('the sample organization by project', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1000, height: 640 } });
  const projects = () => workbench.tree('Projects');

  it('shows what each project can use once everything is read', async () => {
    const view = await workbench.openView('Checkpoint Permissions');
    await view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.view.widen(460);
    await workbench.view.unfold('Projects');
    await projects().row('Based on 0 of 9 checkpoints').click();
    await (await workbench.dialog.waitFor()).press(loadAllButton);
    await projects().row('Based on all 9 checkpoints').waitFor();
    await projects().row('Antwerp analytics').expand();
    const [first] = await projects().rows();
    assert.equal(first?.label, 'Based on all 9 checkpoints');
    await expect(
      () => workbench.toasts.messages(),
      (messages) => messages.length === 0,
      'no notification',
    );
    await workbench.screenshot(pictureOf('by-project'));
  });
});
