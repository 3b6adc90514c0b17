import assert from 'node:assert/strict';
import { gateKinds } from '../../src/access/explain/gates';
import { accessErrorTexts as errorTexts } from '../../src/words/accessError';
import { gateTitles } from '../../src/words/explain';
import { heardInWords, explainTab as words } from '../../src/words/explainTab';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';
const supportBot = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m';

describe('explaining access', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1280, height: 900 } });
  const access = () => workbench.access;
  const panel = () => access().panel('explain');
  const button = (text: string | RegExp) =>
    panel().getByRole('button', { name: text, exact: typeof text === 'string' });
  const verdict = () => panel().getByRole('group', { name: words.verdict });
  const gate = (kind: (typeof gateKinds)[number]) => panel().locator(`[data-gate="${kind}"]`);
  const says = (text: string | RegExp) => verdict().filter({ hasText: text }).waitFor();
  const state = (kind: (typeof gateKinds)[number]) => gate(kind).locator('.state').innerText();
  /** The project of the error. */
  let project = '';
  const settled = () => panel().locator('.status').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });

  async function noViolations(what: string): Promise<void> {
    assert.deepEqual(await access().violations(), [], what);
  }

  /** Explains an access from the palette. */
  async function explain(checkpoint: string, project: string): Promise<void> {
    await workbench.runCommand(paletteTitleOf('explainAccess'));
    await (await workbench.input.waitFor(errorTexts.checkpointQuestion)).choose(checkpoint);
    const input = await workbench.input.waitFor(errorTexts.projectQuestion);
    await input.type(project);
    await input.choose(project);
  }

  async function openPage(): Promise<void> {
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await access().waitFor();
  }

  before('open the sample organization', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await openPage();
  });

  it('says what it is for before anything is explained', async () => {
    await access().select('explain');
    await panel().getByText(words.empty).waitFor();
    assert.equal(await access().search.isVisible(), false, 'there is nothing to search');
    await noViolations('empty');
    await workbench.screenshot('.vscode-test/pictures/explain-empty.png');
    await button(titleOf('explainAccess')).click();
    await (await workbench.input.waitFor(errorTexts.explainTitle)).cancel();
  });

  it('explains a cell of the matrix from its menu: one closed gate', async () => {
    await access().select('matrix');
    await access().searchFor('project:"contract review"');
    const cell = workbench.matrix.cell('support-bot', 'Contract review');
    await cell.waitFor();
    const menu = await access().contextMenuOf(cell);
    assert.deepEqual(await menu.entries(), [titleOf('explainAccess')]);
    await menu.choose(titleOf('explainAccess'));
    await access().waitForTab('explain');
    await says("Contract review can't use support-bot.");
    await settled();
    for (const kind of gateKinds) await gate(kind).getByRole('heading', { name: gateTitles[kind] }).waitFor();
    assert.deepEqual(
      [await state('project'), await state('permission'), await state('policy')],
      ['Open', 'Open', 'Closed'],
    );
    await noViolations('cannot');
    await workbench.screenshot(pictureOf('explain'));
  });

  it('and the cell then says so itself', async () => {
    await access().select('matrix');
    await workbench.matrix.cell('support-bot', 'Contract review').hover();
    await access()
      .frame.locator('#detail')
      .filter({ hasText: "Contract review can't use support-bot." })
      .waitFor();
    await access().searchFor('');
  });

  it('explains a row of permissions from its menu, which has what a row needs: a witness against a gate', async () => {
    await access().select('permissions');
    await access().searchFor('project:"mobile app"');
    const row = access().row('permissions', 'Mobile app').first();
    const menu = await access().contextMenuOf(row);
    assert.deepEqual(await menu.entries(), [
      titleOf('explainAccess'),
      titleOf('showRowDetails'),
      titleOf('stageRow'),
      titleOf('copyRowPermissionId'),
      titleOf('copyRowProjectId'),
      titleOf('copyRowCheckpointId'),
    ]);
    await menu.choose(titleOf('explainAccess'));
    await access().waitForTab('explain');
    await says(/^Mobile app can't use /);
    await settled();
    await panel()
      .locator('.warnings')
      .getByText(/contradicts/)
      .waitFor();
    await noViolations('a witness');
  });

  it('copies, stages and shows from the menu of a row', async () => {
    await access().select('permissions');
    const row = access().row('permissions', 'Mobile app').first();
    await (await access().contextMenuOf(row)).choose(titleOf('copyRowPermissionId'));
    await workbench.waitForStatus('Copied 1 permission ID');
    assert.match(await workbench.clipboard(), /^cp_\w+$/);
    await (await access().contextMenuOf(row)).choose(titleOf('stageRow'));
    await access().row('permissions', 'staged to revoke').first().waitFor();
    await access().select('matrix');
    await access().button('Discard Changes').click();
    await access().select('permissions');
    await (await access().contextMenuOf(row)).choose(titleOf('showRowDetails'));
    await workbench.page.getByRole('tab', { name: /.* · .*\.md/ }).waitFor();
    await workbench.runCommand('View: Close Editor');
    await access().waitForTab('permissions');
    await access().searchFor('');
  });

  it('says what is unknown, and what would settle it', async () => {
    await explain('support-bot', 'Evaluation lab');
    await access().waitForTab('explain');
    await says(/^Whether Evaluation lab can use support-bot is unknown\.$/);
    await settled();
    assert.equal(await state('policy'), 'Unknown');
    await gate('policy')
      .getByRole('button', { name: /^Load Again/ })
      .waitFor();
    await noViolations('unknown');
    await workbench.screenshot('.vscode-test/pictures/explain-unknown.png');
  });

  it('grants from there, and turns', async () => {
    await explain('support-bot · step 160', 'Antwerp billing');
    await says(/^Whether Antwerp billing can use support-bot · step 160 is unknown\.$/);
    await settled();
    await gate('permission')
      .getByRole('button', { name: titleOf('grant') })
      .click();
    await (await workbench.dialog.waitFor()).press('Grant');
    await says('Antwerp billing can use support-bot · step 160.');
    assert.equal(await state('permission'), 'Open');
    await gate('permission')
      .getByRole('button', { name: titleOf('revoke') })
      .waitFor();
    await noViolations('can');
    await workbench.screenshot('.vscode-test/pictures/explain-can.png');
  });

  it('explains an error from the clipboard, and says so', async () => {
    project = await projectOf('Contract review');
    await workbench.page.evaluate(
      `navigator.clipboard.writeText(${JSON.stringify(
        `Error: 403 Project \`${project}\` does not have access to model \`${supportBot}\``,
      )})`,
    );
    await workbench.runCommand(paletteTitleOf('explainAccessError'));
    await says("Contract review can't use support-bot.");
    await panel()
      .getByText(heardInWords('noAccess', 'clipboard', false))
      .waitFor();
    await noViolations('an error');
  });

  async function projectOf(text: string): Promise<string> {
    await explain('support-bot', text);
    await says(new RegExp(`^${text} `));
    await button(words.copy).click();
    const copied = await expect(
      () => workbench.clipboard(),
      (found) => found.includes(text) && /^Project: proj_/m.test(found),
      'the explanation on the clipboard',
    );
    return /^Project: (proj_\S+)$/m.exec(copied)?.[1] ?? '';
  }

  it('comes back after a reload with what was explained, and loads nothing', async () => {
    await workbench.waitForStored(
      new RegExp(`checkpointPermissions\\.access[^\\n]*${project}[^\\n]*\\btab\\W+explain`),
    );
    await workbench.reload();
    await access().waitForTab('explain');
    // Of a sample, nothing is kept, not even the names of its projects.
    await panel()
      .getByRole('heading', { name: `${project} · support-bot` })
      .waitFor();
    await button(/^Load \(at least \d requests?\)$/).waitFor();
    await workbench.screenshot('.vscode-test/pictures/explain-restored.png');
    await noViolations('restored');
    await button(/^Load \(at least \d requests?\)$/).click();
    await says("Contract review can't use support-bot.");
    await settled();
  });

  for (const theme of ['light', 'high contrast', 'high contrast light', 'dark'] as const)
    it(`breaks no rule of accessibility in the theme ${theme}, at 100 % and 200 %, and at 320 px`, async () => {
      await workbench.useTheme(theme);
      await openPage();
      await says("Contract review can't use support-bot.");
      for (const size of [
        { width: 1280, height: 900 },
        { width: 640, height: 450 },
        { width: 400, height: 700 },
      ]) {
        await workbench.resize(size);
        await noViolations(`${theme}, ${size.width} px`);
        const [room, needed] = await access().evaluate<[number, number]>(
          '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
        );
        assert.ok(needed <= room, `nothing is cut at ${size.width} px: ${needed} > ${room}`);
        await workbench.screenshot(
          `.vscode-test/pictures/explain-${theme.replaceAll(' ', '-')}-${size.width}.png`,
        );
      }
      await workbench.resize({ width: 1280, height: 900 });
    });
});

describe('explaining access by keyboard alone', () => {
  const workbench = useWorkbench({ theme: 'high contrast', size: { width: 1280, height: 860 } });
  const access = () => workbench.access;
  const panel = () => access().panel('explain');
  const focused = () => access().frame.locator(':focus');
  const says = (text: string | RegExp) =>
    panel().getByRole('group', { name: words.verdict }).filter({ hasText: text }).waitFor();

  async function tabTo(wanted: string): Promise<void> {
    const place = () => focused().evaluate((each) => each.ariaLabel ?? each.textContent ?? '');
    await workbench.pressUntil('Tab', place, (text) => text === wanted, wanted);
  }

  before('open the sample organization', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
  });

  it('from the palette, the matrix, and a finding, to a grant', async () => {
    await step('the palette asks for checkpoint and project', async () => {
      await workbench.runCommand(paletteTitleOf('explainAccess'));
      await workbench.input.waitFor(errorTexts.checkpointQuestion);
      await workbench.page.keyboard.type('support-bot · step 160');
      await workbench.press('Enter');
      await workbench.input.waitFor(errorTexts.projectQuestion);
      await workbench.page.keyboard.type('Bergen billing');
      await workbench.press('Enter');
      await says(/^Whether Bergen billing can use support-bot · step 160 is unknown\.$/);
    });
    await step('the heading has the keyboard, and the buttons follow', async () => {
      await expect(
        () => focused().evaluate((each) => each.tagName),
        (tag) => tag === 'H2',
        'the heading to have the keyboard',
      );
      await tabTo(titleOf('grant'));
      await workbench.press('Enter');
      await workbench.dialog.waitFor();
      await workbench.press('Enter');
      await says('Bergen billing can use support-bot · step 160.');
    });
    await step('the menu of a cell of the matrix', async () => {
      await workbench.press('Alt+PageDown');
      await access().waitForTab('matrix');
      await workbench.matrix.cell('support-bot', 'Contract review').focus();
      await workbench.press('Shift+F10');
      await workbench.menu.waitFor();
      await workbench.press('ArrowDown');
      await workbench.press('Enter');
      await access().waitForTab('explain');
      await says("Contract review can't use support-bot.");
    });
    await step('the next and the previous tab', async () => {
      await workbench.press('Alt+PageUp');
      await access().waitForTab('changes');
      await workbench.press('Alt+PageDown');
      await access().waitForTab('explain');
      await says("Contract review can't use support-bot.");
    });
  });
});
