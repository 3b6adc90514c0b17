import assert from 'node:assert/strict';
import { shutdownLine } from '../../src/words/shutdown';
import { findShutdownTexts, placeInFile, problemTexts } from '../../src/words/shutdownProblems';
import { paletteTitleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const listed = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V';
const retired = 'ft:babbage-002:harbor-labs:old-times:Zz1Yy2Xx';

const mail = `# Reads the invoices that come by mail.
READER = "${listed}"
FALLBACK = "gpt-4.1-mini"

def read(client, mail):
    return client.chat.completions.create(model=READER, messages=[mail])
`;

describe('models that shut down, in Problems', () => {
  const workbench = useWorkbench({
    theme: 'dark',
    size: { width: 1320, height: 720 },
    settings: {
      'editor.fontSize': 13,
      'editor.minimap.enabled': false,
      'problems.showCurrentInStatus': false,
    },
  });
  const rows = () => workbench.page.locator('.markers-panel .monaco-list-row');
  const rowOf = (text: string) => rows().filter({ hasText: text });
  const editorTab = (name: string) =>
    workbench.page.locator('.part.editor .tab.active').filter({ hasText: name });
  const search = paletteTitleOf('findShutdowns');

  before('files that use models, beside the sample organization', async () => {
    await workbench.writeFile('mail/reader.py', mail);
    await workbench.writeFile('triage.json', `{\n  "model": "${retired}"\n}\n`);
    await workbench.writeFile('.gitignore', 'build\n');
    await workbench.writeFile('build/triage.json', retired);
    await workbench.openView('Checkpoint Permissions');
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.view.widen(300);
  });

  it('are found in the workspace by mouse, and opened from the list and from Problems', async () => {
    await step('the list has each place by date', async () => {
      await workbench.runCommand(search);
      const input = await workbench.input.waitFor(findShutdownTexts.open);
      const options = await input.options();
      assert.equal(options.length, 3, options.join('\n'));
      const over = shutdownLine({ shutsDownOn: '2026-10-23', source: 'table' }, Date.now());
      assert.ok(options[0]?.includes(placeInFile('triage.json', 1)) && options[0].includes(over), options[0]);
      assert.ok(options[1]?.includes(placeInFile('mail/reader.py', 1)), options[1]);
      await workbench.screenshot('.vscode-test/pictures/find-shutdowns.png');
      await input.choose(placeInFile('mail/reader.py', 1));
      await editorTab('reader.py').waitFor();
    });
    await step('Problems has them all', async () => {
      await workbench.runCommand(search);
      await (await workbench.input.waitFor(findShutdownTexts.open)).choose(findShutdownTexts.showAll);
      await rowOf('old-times').waitFor();
      await rowOf('invoice-reader').waitFor();
      assert.equal(await rowOf(problemTexts.source).count(), 2);
      await workbench.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
      await workbench.screenshot(pictureOf('problems'));
    });
    await step('a row opens its file', async () => {
      await rowOf('old-times').click();
      await editorTab('triage.json').waitFor();
    });
    await step('and its menu has the quick fix', async () => {
      // The menu has what VS Code asked for when the mouse came over the row.
      await rowOf('old-times').hover();
      await rowOf('old-times').locator('.codicon-light-bulb').waitFor();
      await rowOf('old-times').click({ button: 'right' });
      await (await workbench.menu.waitFor()).choose(problemTexts.showWhoUsesIt);
      const toast = await workbench.toasts.waitFor(/old-times isn't in your checkpoint list/);
      await toast.close();
    });
  });

  it('are reached by keyboard, and so is who uses them', async () => {
    await workbench.runCommand('Go to Next Problem in Files (Error, Warning, Info)');
    await workbench.page.locator('.marker-widget').waitFor();
    await editorTab('triage.json').waitFor();
    await workbench.press('F8');
    await editorTab('reader.py').waitFor();
    await workbench.press('Escape');
    await workbench.page.locator('.marker-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await workbench.press('Control+.');
    const actions = workbench.page.locator('.action-widget');
    await actions.getByText(problemTexts.showWhoUsesIt).waitFor();
    await workbench.screenshot('.vscode-test/pictures/problems-fix.png');
    await workbench.press('Enter');
    await workbench.access.waitFor();
    await workbench.access.waitForTab('permissions');
    assert.equal(await workbench.access.search.inputValue(), `model:${listed}`);
    await workbench.screenshot('.vscode-test/pictures/problems-who.png');
  });

  it('are cleared from Problems', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand(search);
    const input = await workbench.input.waitFor(findShutdownTexts.open);
    await input.press(findShutdownTexts.clear);
    await input.waitUntilGone();
    await expect(
      () => rowOf(problemTexts.source).count(),
      (count) => count === 0,
      'no problem',
    );
  });
});
