import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { foundQuestion, searchTexts } from '../../src/words/discovery';
import { keyMissing } from '../../src/words/keys';
import { titleOf } from '../titles';
import { useEmulator } from './support';
import { step, useWorkbench, type Workbench } from './workbench';

const name = 'Checkpoint Permissions';

/** What the window itself has seen a person do. */
interface Gestures {
  readonly clicks: number;
  readonly enters: number;
}

/** Counts clicks and presses of Enter in a window from now on, as they reach it. */
async function countGestures({ page }: Workbench): Promise<() => Promise<Gestures>> {
  await page.evaluate(`
    globalThis.gestures = { clicks: 0, enters: 0 };
    document.addEventListener('mousedown', (event) => { if (event.isTrusted) gestures.clicks += 1; }, true);
    document.addEventListener('keydown', (event) => { if (event.isTrusted && event.key === 'Enter') gestures.enters += 1; }, true);
  `);
  return () => page.evaluate<Gestures>('globalThis.gestures');
}

/** Opens the view of a fresh window by its icon, once. */
async function clickIcon({ page }: Workbench): Promise<void> {
  const title = page.locator('.part.sidebar .composite.title').filter({ hasText: new RegExp(name, 'i') });
  assert.equal(await title.isVisible(), false, 'the view is closed');
  await page.getByRole('tab', { name, exact: true }).first().click();
}

describe('the first steps in the sample organization', () => {
  const workbench = useWorkbench();
  const tree = () => workbench.tree('Checkpoints');

  it('lead from a fresh window to who can use a model in three clicks', async () => {
    const gestures = await countGestures(workbench);
    await clickIcon(workbench);
    await workbench.view.welcome();
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await tree().row('support-bot').click();
    const row = tree().row('support-bot');
    const rows = await row.childrenOnce((children) => children.length > 0, 'who can use it');
    assert.match(rows[0]?.description ?? '', /granted/);
    assert.deepEqual(await gestures(), { clicks: 3, enters: 0 });
  });
});

describe('the first steps with a key', () => {
  const { workbench, emulator } = useEmulator();
  const tree = () => workbench.tree('Checkpoints');

  it('lead from a fresh window to who can use a model in at most five clicks', async () => {
    const gestures = await countGestures(workbench);
    await clickIcon(workbench);
    await workbench.view.welcome();
    await step('Enter in the empty box says what is missing, and the box stays open', async () => {
      await workbench.view.pressWelcome(titleOf('setAdminKey'));
      const box = await workbench.input.waitFor('Paste an admin API key');
      await box.accept();
      await box.waitFor(keyMissing['admin API key']);
    });
    await step('sets the key', async () => {
      await workbench.input.type(emulator().adminAPIKey);
      await workbench.input.accept();
      await workbench.waitForStatus('Admin API key saved');
    });
    await step('finds checkpoints, with what is selected already', async () => {
      await workbench.view.pressWelcome(titleOf('findCheckpoints'));
      await (await workbench.input.waitFor(searchTexts.where)).accept();
      await (await workbench.input.waitFor(foundQuestion('').trim())).accept();
    });
    await step('sees who can use one of them', async () => {
      await tree().row('berth-notes').waitFor();
      await tree().row('berth-notes').click();
      await tree()
        .row('berth-notes')
        .childrenOnce((children) => children.length > 0, 'who can use it');
    });
    const { clicks, enters } = await gestures();
    assert.ok(clicks <= 5, `${clicks} clicks`);
    // The empty box, the key, the places to search, and what was found.
    assert.equal(enters, 4);
  });
});

describe('the walkthrough', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1600, height: 900 } });
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [walkthrough] = contributes.walkthroughs;
  const steps: readonly { readonly id: string; readonly title: string; readonly media: object }[] =
    walkthrough.steps;
  const editor = () => workbench.page.locator('.gettingStartedContainer');
  const stepOf = (title: string) => editor().locator('.getting-started-step').filter({ hasText: title });

  async function unfold(title: string): Promise<void> {
    await stepOf(title).waitFor();
    const isUnfolded = /\bexpanded\b/.test((await stepOf(title).getAttribute('class')) ?? '');
    if (!isUnfolded) await stepOf(title).click();
    await stepOf(title).and(workbench.page.locator('.expanded')).waitFor();
  }

  it('is opened by the welcome, and shows each step with its picture in every theme', async () => {
    await workbench.openView(name);
    for (const theme of ['light', 'high contrast', 'dark'] as const) {
      await workbench.useTheme(theme);
      await workbench.view.pressWelcome('See the first steps');
      await editor().getByText(walkthrough.title).first().waitFor();
      for (const { id, title } of steps) {
        await unfold(title);
        const frame = workbench.page
          .frameLocator('iframe.webview.ready')
          .last()
          .frameLocator('#active-frame');
        const picture = id === 'key' ? frame.getByText('api.usage.read') : frame.locator('svg');
        await picture.first().waitFor();
        await workbench.screenshot(`.vscode-test/pictures/walkthrough-${id}-${theme.replace(' ', '-')}.png`);
      }
      // VS Code's walkthrough takes the keyboard from the palette.
      await workbench.page.locator('.part.editor .tab').click({ button: 'middle' });
      await editor().waitFor({ state: 'detached' });
    }
    await workbench.view.pressWelcome('See the first steps');
    await stepOf(steps[0]?.title ?? '').waitFor();
  });

  it('says that a step is done when the sample is open', async () => {
    const [first] = steps;
    assert.ok(first);
    if (
      !(await editor()
        .getByRole('button', { name: titleOf('exploreSample') })
        .isVisible())
    )
      await stepOf(first.title).click();
    await editor()
      .getByRole('button', { name: titleOf('exploreSample') })
      .click();
    await workbench.tree('Checkpoints').row('support-bot').waitFor();
    await stepOf(first.title).locator('.codicon.complete').waitFor();
  });
});
