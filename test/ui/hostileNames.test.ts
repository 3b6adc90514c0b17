import assert from 'node:assert/strict';
import { applyChanges, changesTab, hiddenChanges, retryChanges } from '../../src/words/changesTab';
import { noChangeMade } from '../../src/words/outcomes';
import { loadLog } from '../../src/words/tabs';
import { undoPicker } from '../../src/words/undo';
import { faults } from '../emulator';
import { hostileBeginnings, hostileNames } from '../hostileNames';
import { paletteTitleOf, titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:hostile-bot:Ss1Ll2Oo';

/** What the page has of things that a name asked for, and of what is beyond the window. All of it empty is well. */
const cameAlive = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
  const links = ['href', 'data-href', 'src'].flatMap((name) => ['hostile', 'javascript:'].map((in_) => \`[\${name}*="\${in_}"]\`));
  return {
    ran: globalThis.hostile === undefined ? [] : ['a script'],
    made: [...document.querySelectorAll(['img[src="x"]', '.codicon-rocket', ...links].join())].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    steers: document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069\\u001b]/g) ?? [],
    beyond: all('.monaco-dialog-box, .monaco-dialog-box .monaco-button, .quick-input-widget, .notification-toast, .monaco-hover')
      .map((each) => [each.className, each.getBoundingClientRect()])
      .filter(([, { left, top, right, bottom }]) => left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1)
      .map(([name, box]) => name + ' ' + JSON.stringify(box)),
    wider: document.documentElement.scrollWidth > innerWidth ? ['the page'] : [],
  };
})()`;

describe('hostile names in the workbench', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1000, height: 640 } });
  const tree = () => workbench.tree('Checkpoints');
  const access = () => workbench.access;
  const rowsOfPicker = '.quick-input-list .monaco-list-row';
  /** As many as a dialog names; all of the same length, which is as long as is shown. */
  const long = Array.from(
    { length: 14 },
    (_, index) => `${String(index).padStart(2, '0')} ${'wide '.repeat(2000)}`,
  );

  before('an organization with such projects', async () => {
    const { organization } = emulator();
    organization.state.projects.clear();
    organization.state.addProject('Ordinary');
    for (const each of [...Object.values(hostileNames), ...long]) organization.state.addProject(each);
    const { id: owner } = organization.state.addProject(`${hostileNames.html} archived`, 1, 2);
    organization.addCheckpoint(model, { owner });
    await setUp(workbench, emulator().adminAPIKey, [model]);
    await tree().row('hostile-bot').expand();
  });

  /** Everything below an element as it reads, without the marks that keep links and icons apart. */
  async function read(selector: string): Promise<string> {
    const texts = await workbench.page.locator(selector).allInnerTexts();
    return texts.join('\n').replaceAll('\u200b', '').replaceAll('\u00a0', ' ');
  }

  async function assertReadIn(
    selector: string,
    beginnings: readonly string[] = hostileBeginnings,
  ): Promise<void> {
    await expect(
      () => read(selector),
      (text) => beginnings.every((each) => text.includes(each)),
      `${beginnings.join(', ')} in ${selector}`,
    );
    await assertHarmless();
  }

  async function assertHarmless(): Promise<void> {
    // What comes into sight moves into its place.
    await expect(
      () => workbench.page.evaluate<Record<string, readonly unknown[]>>(cameAlive),
      (found) => Object.values(found).every(({ length }) => length === 0),
      'nothing that came alive, and nothing beyond the window',
    );
  }

  /** Reads the rows of the page's plan as they come into sight. */
  async function assertReadInPage(): Promise<void> {
    const seen = new Set<string>();
    await access().panel('changes').locator('.table').hover();
    const missing = () => hostileBeginnings.filter((each) => ![...seen].join('\n').includes(each));
    for (let turns = 0; turns < 60 && missing().length > 0; turns += 1) {
      for (const text of await access().rows('changes').allInnerTexts()) seen.add(text);
      await workbench.page.mouse.wheel(0, 150);
      await access().framesDrawn();
    }
    assert.deepEqual(missing(), []);
    await assertHarmless();
  }

  /** Rows are of the height that they have anyway: of one line, or of two. */
  async function assertEven(selector: string): Promise<void> {
    const all = await workbench.page
      .locator(selector)
      .evaluateAll((rows: { offsetHeight: number }[]) => rows.map(({ offsetHeight }) => offsetHeight));
    const heights = all.filter((height) => height > 0);
    assert.ok(heights.length > 0);
    for (const height of heights) assert.ok(height === 22 || height === 44, `${selector}: ${heights.join()}`);
  }

  /** Looks for each name in the picker that is open. */
  async function searchForEach(): Promise<void> {
    for (const [index, words] of [
      '<img',
      'command:',
      'rocket',
      'red',
      'right',
      'hyperlink',
      'long x',
    ].entries()) {
      await workbench.input.type(words);
      await assertReadIn(rowsOfPicker, [hostileBeginnings[index] ?? '']);
      await assertEven(rowsOfPicker);
    }
    await workbench.input.type('');
  }

  it('from the choice to the undo: read as they are, and do nothing', async () => {
    await step('the picker of projects', async () => {
      await tree().row('hostile-bot').press(titleOf('grant'));
      const input = await workbench.input.waitFor(/Search \d+ projects/);
      await searchForEach();
      await input.tickAll();
      await input.accept();
    });
    await step('the plan on the page, with every change', async () => {
      await access().waitForTab('changes');
      await access().button(applyChanges(22)).waitFor();
      await workbench.screenshot('.vscode-test/pictures/hostile-preview.png');
      assert.equal(await access().count('changes'), '23', 'with the archived one');
      await assertReadInPage();
    });
    await step('the long names are cleared', async () => {
      await access().searchFor('wide');
      await access().panel('changes').getByText(hiddenChanges(9)).waitFor();
      const all = access().frame.getByRole('checkbox', { name: changesTab.allShown });
      await all.click();
      await access().button(applyChanges(8)).waitFor();
      await access().searchFor('');
      await workbench.screenshot('.vscode-test/pictures/hostile-steps.png');
    });
    await step('a refusal in the words of the server, the log of it, and another try', async () => {
      const message = Object.values(hostileNames).join(' ');
      const error = { message, type: 'invalid_request_error', param: null, code: null };
      emulator().fail('permissions.create', faults.status(400, { body: { error } }), 1);
      await access().button(applyChanges(8)).click();
      await access()
        .panel('changes')
        .getByText(noChangeMade([model], true))
        .waitFor();
      await access()
        .row('changes', /failed: /)
        .first()
        .waitFor();
      await workbench.screenshot('.vscode-test/pictures/hostile-toast.png');
      await workbench.runCommand(paletteTitleOf('showLog'));
      await assertReadIn('.part.panel .view-lines', ['xxxxxxxx']);
      await workbench.screenshot('.vscode-test/pictures/hostile-log.png');
      await workbench.runCommand('View: Toggle Panel Visibility');
      const gate = emulator().hold('permissions.create');
      await access().button(retryChanges(8)).click();
      const progress = access().frame.locator('.changes-progress');
      await progress.filter({ hasText: /1 of 8: / }).waitFor();
      const said = (await progress.innerText()).replaceAll('\u200b', '');
      assert.ok(
        hostileBeginnings.some((each) => said.includes(`1 of 8: ${each}`)),
        said,
      );
      await assertHarmless();
      gate.release();
      await access()
        .panel('changes')
        .getByText(/Granted 8 projects access/)
        .waitFor();
      await access().button(changesTab.close).click();
    });
    await step('the rows of permissions, their hover, and the view Projects', async () => {
      await assertReadIn('.part.sidebar .monaco-list-row');
      await assertEven('.part.sidebar .monaco-list-row');
      for (const beginning of hostileBeginnings) {
        await workbench.page
          .locator('.part.sidebar .monaco-list-row')
          .filter({ hasText: beginning })
          .first()
          .hover();
        await assertReadIn('.monaco-hover', [beginning]);
      }
      await workbench.page.mouse.move(0, 0);
      await workbench.view.unfold('Projects');
      await workbench.tree('Projects').rowsOnce((rows) => rows.length > 3, 'the rows of Projects');
      await assertHarmless();
      await assertEven('.part.sidebar .monaco-list-row');
      await workbench.view.fold('Projects');
    });
    await step('the picker of permissions', async () => {
      await (await tree().row('hostile-bot').contextMenu()).choose(titleOf('revoke'));
      const input = await workbench.input.waitFor('8 permissions in total');
      await assertReadIn(rowsOfPicker);
      await assertEven(rowsOfPicker);
      await input.cancel();
    });
    await step('the history', async () => {
      await workbench.runCommand(paletteTitleOf('showHistory'));
      const { access } = workbench;
      await access
        .panel('history')
        .getByRole('button', { name: loadLog(1) })
        .click();
      await expect(
        async () => (await access.rows('history').allInnerTexts()).join('\n'),
        (text) => text.includes('<img') && text.split('\n').length > 7,
        'the history with its hostile names',
      );
      await assertHarmless();
      await workbench.runCommand('View: Close All Editors');
    });
    await step('the list of changes to take back, and its preview', async () => {
      await workbench.runCommand(paletteTitleOf('undoLastChange'));
      const input = await workbench.input.waitFor(undoPicker.placeholder);
      await assertReadIn(rowsOfPicker, ['[31mred', '[click](command:hostile.run)']);
      await workbench.screenshot('.vscode-test/pictures/hostile-undo.png');
      await input.choose('Grant 8 projects access to hostile-bot');
      await access().button(applyChanges(8)).click();
      await access()
        .panel('changes')
        .getByText(/Revoked 8 permissions/)
        .waitFor();
      await assertHarmless();
    });
  });

  it('of an organization: in the title, and wherever it is named', async () => {
    const called = `${hostileNames.icon} <b>x</b> [y](command:hostile.run)`;
    await workbench.runCommand(paletteTitleOf('renameOrganization'));
    const input = await workbench.input.waitFor('The name is used only in VS Code');
    await input.type(called);
    await input.accept();
    await workbench.waitForStatus(/Renamed to/);
    await assertReadIn('.part.statusbar', ['Renamed to $(rocket) $(rocket~spin) <b>x</b>']);
    await expect(
      () => workbench.view.title(),
      (title) => title.replaceAll('\u200b', '').toLowerCase().includes(called.toLowerCase()),
      'the name in the title',
    );
    await assertHarmless();
    await workbench.runCommand(paletteTitleOf('removeOrganization'));
    await workbench.dialog.waitFor();
    await assertReadIn('.monaco-dialog-box', [called]);
    await workbench.dialog.press('Cancel');
  });
});
