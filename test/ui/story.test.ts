import assert from 'node:assert/strict';
import { planGrants } from '../../src/access/plan/plan';
import { createSampleOrganization } from '../../src/sample';
import { moreRow } from '../../src/words/checkpoints';
import { changesMade } from '../../src/words/outcomes';
import { planQuestion } from '../../src/words/plan';
import { assertSays } from '../says';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';

const nobody = { id: '', name: '' };

describe('the story of a first visit', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1000, height: 640 } });
  const tree = () => workbench.tree('Checkpoints');
  const picture = (file: string, options = {}) => workbench.screenshot(pictureOf(file), options);
  const sample = createSampleOrganization();
  const shared = 'support-bot';
  const unshared = 'support-bot · step 160';
  const unsharedId = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m:ckpt-step-160';
  const none = { done: 0, total: 0 };
  const both = { done: 2, total: 2 };
  /** Projects that the sample has; nobody has access to the unshared step yet. */
  const [one = nobody, two = nobody] = [...sample.state.projects.values()]
    .filter(({ status }) => status === 'active')
    .slice(2);

  it('from the welcome to a revoked permission', async () => {
    await step('is welcomed with one sentence, a button and a link', async () => {
      const view = await workbench.openView(name);
      const welcome = await view.welcome();
      assert.match(welcome, /which projects in your OpenAI organization can use each fine-tuned model/);
      assert.match(welcome, /Set Admin API Key…/);
      assert.match(welcome, /Open Sample Organization/);
      await picture('welcome');
    });
    await step('explores the sample organization, which says what it is', async () => {
      await workbench.view.pressWelcome(titleOf('exploreSample'));
      await workbench.waitForSample();
      await tree().row(shared).waitFor();
      await workbench.view.waitForMessage(/Sample organization/);
    });
    await step('expands a checkpoint and loads more', async () => {
      await workbench.view.widen(460);
      const row = await tree().row(shared).expand();
      await tree().rowsOnce(
        (rows) => rows.some(({ description }) => description?.startsWith('only 100 permissions loaded')),
        '100+ permissions',
      );
      const [first] = await row.childrenOnce(
        (rows) => rows.every(({ label }) => !label.startsWith('proj_')),
        'rows with the names of projects',
      );
      assert.match(first?.description ?? '', /^(archived · )?granted .* ago$/);
      await picture('tree');
      await (await tree().reveal(moreRow(100).label)).click();
      await tree().reveal(moreRow(100).label);
      await tree().rowsOnce(
        (rows) => rows.some(({ description }) => description === moreRow(200).description),
        '200 rows',
      );
      await (await tree().reveal(moreRow(100).label)).click();
      await (await tree().reveal(shared)).waitFor();
      await tree().rowsOnce(
        (rows) => rows.some(({ description }) => description?.startsWith('250 permissions')),
        'all 250 permissions',
      );
      await tree().row(shared).collapse();
    });
    await step('grants two projects access and sees them', async () => {
      const row = await tree().row(unshared).expand();
      assert.deepEqual(
        (await row.children()).map(({ label }) => label),
        ['No permissions'],
      );
      await tree().row(unshared).press(titleOf('grant'));
      const input = await workbench.input.waitFor(/Search \d+ projects by name or ID, or paste IDs/);
      await input.type(one.name);
      await input.tick(one.name);
      await input.type(two.name);
      await input.tick(two.name);
      await input.type('');
      await picture('grant');
      await input.accept();
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.message(), planQuestion(planGrants([unsharedId], [one.id, two.id])));
      assert.ok((await dialog.detail()).includes(`${one.name} (${one.id})`));
      await dialog.press('Grant');
      const toast = await workbench.toasts.waitFor(changesMade([unsharedId], both, none));
      assertSays(await toast.message(), 'Confirmed by the server.');
      await toast.close();
      await tree().row(one.name).waitFor();
      await tree().row(two.name).waitFor();
      await workbench.toasts.waitUntilGone();
    });
    await step('right-clicks a permission and copies its id', async () => {
      const menu = await tree().row(one.name).contextMenu();
      assert.deepEqual(await menu.entries(), [
        titleOf('showDetails'),
        titleOf('explainAccess'),
        'Copy Permission ID',
        'Copy Project ID',
        'Copy Checkpoint ID',
        titleOf('revoke'),
      ]);
      await picture('context-menu', { keepMouse: true });
      await menu.choose('Copy Permission ID');
      await workbench.waitForStatus('Copied 1 permission ID');
      assert.match(await workbench.clipboard(), /^cp_\w+$/);
    });
    await step('copies project ids of a selection by keyboard, one a line', async () => {
      await tree().row(one.name).click();
      await tree().row(two.name).alsoSelect();
      await workbench.press('Shift+Alt+C');
      await workbench.waitForStatus('Copied 2 project IDs');
      assert.deepEqual((await workbench.clipboard()).split('\n').sort(), [one.id, two.id].sort());
    });
    await step('revokes a selection with the Delete key and sees it gone', async () => {
      await tree().row(one.name).click();
      await tree().row(two.name).alsoSelect();
      await tree().press('Delete');
      const dialog = await workbench.dialog.waitFor();
      assertSays(await dialog.message(), 'Revoke 2 permissions for support-bot (step 160)?');
      const detail = await dialog.detail();
      for (const part of [one.name, one.id, two.name, two.id, 'ckpt-step-160'])
        assert.ok(detail.includes(part));
      assert.ok((await dialog.buttons()).includes('Revoke'));
      await picture('revoke');
      await dialog.press('Revoke');
      await workbench.toasts.waitFor(changesMade([unsharedId], none, both));
      await tree().row(one.name).waitUntilGone();
      await tree().row(two.name).waitUntilGone();
      await tree().row('No permissions').waitFor();
    });
    await step('leaves the sample by one command', async () => {
      await workbench.runCommand(paletteTitleOf('leaveSample'));
      assert.match(await workbench.view.welcome(), /Set Admin API Key…/);
    });
  });
});
