import assert from 'node:assert/strict';
import { createSampleOrganization } from '../../src/sample';
import { paletteTitleOf, titleOf } from '../titles';
import { expect, step, useWorkbench } from './workbench';

const nobody = { id: '', name: '' };

describe('by keyboard alone', () => {
  const workbench = useWorkbench({ theme: 'high contrast' });
  const tree = () => workbench.tree('Checkpoints');
  const [project = nobody, other = nobody] = [...createSampleOrganization().state.projects.values()].slice(3);

  /** Moves the keyboard to a row of the tree with the arrow keys. */
  async function goTo(label: string): Promise<void> {
    await tree().press('Home');
    for (let step = 0; step < 40; step += 1) {
      const rows = await tree().rowsOnce((all) => all.some(({ focused }) => focused), 'a focused row');
      const at = rows.find(({ focused }) => focused);
      if (at?.label === label) return;
      await tree().press('ArrowDown');
      await tree().rowsOnce(
        (all) => all.some((row) => row.focused && row.index !== at?.index),
        'the next row',
      );
    }
    assert.fail(`The keyboard did not come to ${label}.`);
  }

  before('open the view', async () => {
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await tree().focus();
  });

  it('a person does everything', async () => {
    await step('a checkpoint is expanded and folded', async () => {
      await goTo('support-bot · step 160');
      await tree().press('ArrowRight');
      await tree().row('No permissions').waitFor();
    });
    await step('its id is copied', async () => {
      await goTo('support-bot · step 160');
      await tree().press('Control+c');
      await workbench.waitForStatus('Copied 1 checkpoint ID');
      assert.match(await workbench.clipboard(), /:ckpt-step-160$/);
    });
    await step('access is granted through the context menu', async () => {
      await goTo('support-bot · step 160');
      await tree().press('Shift+F10');
      const menu = await workbench.menu.waitFor();
      assert.ok((await menu.entries()).includes(titleOf('grant')));
      await workbench.press('ArrowDown');
      await workbench.press('Enter');
      const input = await workbench.input.waitFor(/Search \d+ projects/);
      await input.type(project.name);
      await workbench.press('ArrowDown');
      await workbench.press('Space');
      // An id that is pasted into the search comes to what is ticked.
      await input.type(other.id);
      await expect(
        () => input.options(),
        ([first = '']) => /Press Enter to use 1 pasted ID/.test(first),
        'the row of what was pasted',
      );
      await workbench.press('Enter');
      await workbench.dialog.waitFor();
      await workbench.press('Enter');
      await tree().row(project.name).waitFor();
    });
    await step('the focused permission is copied and revoked, whatever is selected', async () => {
      await tree().focus();
      await goTo(project.name);
      await tree().press('Control+c');
      await workbench.waitForStatus('Copied 1 permission ID');
      await tree().press('Shift+Alt+c');
      await workbench.waitForStatus('Copied 1 project ID');
      assert.equal(await workbench.clipboard(), project.id);
      await tree().press('Delete');
      const dialog = await workbench.dialog.waitFor();
      const detail = await dialog.detail();
      assert.ok(detail.includes(project.id) && !detail.includes(other.id));
      await workbench.press('Enter');
      await tree().row(project.name).waitUntilGone();
    });

    await step('Escape takes back every question', async () => {
      await workbench.runCommand(paletteTitleOf('grant'));
      const input = await workbench.input.waitFor('Select a checkpoint');
      await input.cancel();
      await workbench.runCommand(paletteTitleOf('revoke'));
      await workbench.input.waitFor('Select a checkpoint');
      await workbench.press('Enter');
      await workbench.input.waitFor('Select permissions');
      await input.cancel();
      await tree().row('support-bot').waitFor();
    });
    await step('a permission is revoked from the palette', async () => {
      await workbench.runCommand(paletteTitleOf('revoke'));
      const input = await workbench.input.waitFor('Select a checkpoint');
      await input.type('invoice-reader · step 120');
      await workbench.press('Enter');
      await workbench.input.waitFor('Select permissions · 1 permission in total');
      await workbench.press('ArrowDown');
      await workbench.press('Space');
      await workbench.press('Enter');
      const dialog = await workbench.dialog.waitFor();
      assert.match(await dialog.message(), /Revoke 1 permission for invoice-reader \(step 120\)/);
      await workbench.press('Enter');
      await workbench.toasts.waitFor('Revoked 1 permission for invoice-reader (step 120)');
    });
  });

  it('every row reads well aloud', async () => {
    const rows = await tree().rows();
    assert.ok(rows.length > 8);
    for (const { spoken } of rows)
      assert.match(spoken, /^(Fine-tuned model|Checkpoint |Project|No permissions|Load more)/);
  });

  for (const theme of ['light', 'dark', 'high contrast', 'high contrast light'] as const) {
    it(`has a picture in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.screenshot(`.vscode-test/pictures/theme-${theme.replaceAll(' ', '-')}.png`);
    });
  }
});
