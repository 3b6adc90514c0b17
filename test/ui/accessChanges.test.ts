import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import * as texts from '../../src/words/changesTab';
import { matrixPage, reviewChanges } from '../../src/words/matrix';
import { plainCheckpointLabel } from '../../src/words/names';
import { changesMade } from '../../src/words/outcomes';
import { applyButton } from '../../src/words/plan';
import { paletteTitleOf, titleOf } from '../titles';
import { setUp, useEmulator } from './support';
import { expect, step } from './workbench';

const { changesTab: words } = texts;

const idOf = (base: string, number: number): string =>
  `ft:${base}:harbor-labs:plan-bot-${String(number).padStart(2, '0')}:Pp${String(number).padStart(2, '0')}Qq`;
/** Eleven checkpoints that can be used, and one whose model has shut down. */
const usable = Array.from({ length: 11 }, (_, index) => idOf('gpt-4.1-2025-04-14', index + 1));
const ended = idOf('gpt-4.1-nano-2025-04-14', 12);
const checkpoints = [...usable, ended];
const allNames = checkpoints.map((_, index) => `plan-bot-${String(index + 1).padStart(2, '0')}`);

describe('the Changes tab', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1280, height: 800 } });
  const access = () => workbench.access;
  const tree = () => workbench.tree('Checkpoints');
  const rows = () => access().rows('changes');
  const items = () => access().panel('changes').locator('.row:not(.group)');
  const projects: { id: string; name: string }[] = [];
  /** Projects that only few changes are for. */
  const others: { id: string; name: string }[] = [];

  before('an organization with twelve checkpoints', async () => {
    const { state } = emulator().organization;
    state.projects.clear();
    for (let number = 1; number <= 5; number += 1) {
      const name = `Plan project ${number}`;
      projects.push({ id: state.addProject(name).id, name });
    }
    for (const number of [1, 2, 3]) others.push(state.addProject(`Other ${number}`));
    const owner = state.addProject('The owner').id;
    for (const id of checkpoints) emulator().organization.addCheckpoint(id, { owner });
    // Twenty of the sixty grants are in effect.
    for (const id of usable.slice(0, 4)) {
      const found = state.checkpoints.get(id);
      for (const project of projects) if (found) state.addPermission(found, project.id);
    }
    await setUp(workbench, emulator().adminAPIKey, checkpoints);
    await tree().row('plan-bot-12').waitFor();
  });

  /** Grants projects access to checkpoints that are selected in the tree, by the button of the last row. */
  async function grant(names: readonly string[], ids: readonly string[]): Promise<void> {
    const [first = ''] = names;
    const last = names.at(-1) ?? first;
    await tree().row(first).click();
    await tree().row(first).collapse();
    // A range, of which no row is expanded.
    await tree()
      .row(last)
      .click({ extend: names.length > 1 });
    await tree().row(last).press(titleOf('grant'));
    const input = await workbench.input.waitFor(/Search \d+ projects/);
    await input.type(ids.join(' '));
    await input.accept();
  }

  const change = (text: string | RegExp): Locator => items().filter({ hasText: text });

  /** What can be seen of the changes without scrolling: the text of each row that is whole and has nothing over it. */
  function inSight(): Promise<string[]> {
    return access().evaluate<string[]>(`(() => {
      const table = document.querySelector('#panel-changes .table');
      const box = table.getBoundingClientRect();
      const top = box.top + table.querySelector('.table-head').offsetHeight;
      return [...table.querySelectorAll('.row:not(.group)')]
        .filter((row) => {
          const each = row.getBoundingClientRect();
          if (each.top < top - 1 || each.bottom > Math.min(box.bottom, innerHeight) + 1) return false;
          return [each.top + 3, each.bottom - 3].every((y) => row.contains(document.elementFromPoint(each.left + 60, y)));
        })
        .map((row) => row.innerText);
    })()`);
  }

  const applyButtonOf = (changes: number) => access().button(texts.applyChanges(changes));

  describe('of a plan of 40 changes over 12 checkpoints with 5 obstacles', () => {
    before('propose it', async () => {
      await grant(
        allNames,
        projects.map(({ id }) => id),
      );
      await access().waitFor();
      await access().waitForTab('changes');
      await change('plan-bot-05').first().waitFor();
      await workbench.toasts.waitUntilGone();
    });

    it('brings each change into sight by the wheel, and each obstacle names its checkpoint and its project', async () => {
      assert.equal(await access().count('changes'), '40');
      await workbench.screenshot('.vscode-test/pictures/changes-plan.png');
      const seen = new Set<string>();
      const table = access().panel('changes').locator('.table');
      await table.hover();
      for (let turns = 0; turns < 60 && seen.size < 40; turns += 1) {
        for (const text of await inSight()) seen.add(text);
        await workbench.page.mouse.wheel(0, 120);
        await access().framesDrawn();
      }
      assert.equal(seen.size, 40);
      const blocked = [...seen].filter((text) => text.includes("can't be done"));
      assert.equal(blocked.length, 5);
      for (const text of blocked) assert.ok(text.includes(plainCheckpointLabel(ended)), text);
      for (const { name } of projects)
        assert.ok(
          blocked.some((text) => text.includes(name)),
          name,
        );
    });

    it('says in full why a change is impossible, whatever the width', async () => {
      for (const width of [1280, 911, 640]) {
        await workbench.resize({ width, height: 800 });
        await access().searchFor('plan-bot-12');
        await change("can't be done").first().waitFor();
        await expect(
          () => access().cutTexts('changes'),
          (texts) => texts.length === 0,
          `nothing cut at ${width} pixels`,
        );
        await workbench.screenshot(`.vscode-test/pictures/changes-obstacles-${width}.png`);
        await access().searchFor('');
      }
      await workbench.resize({ width: 1280, height: 800 });
    });

    it('brings each change into sight by the keyboard alone', async () => {
      const { length } = await access().evaluate<unknown[]>(
        "[...new Array(Number(document.querySelector('#panel-changes .table').getAttribute('aria-rowcount')) - 1)]",
      );
      await items().first().click();
      await workbench.press('Home');
      const seen = new Set<string>();
      for (let presses = 0; presses < length; presses += 1) {
        for (const text of await inSight()) seen.add(text);
        await workbench.press('ArrowDown');
      }
      assert.equal(seen.size, 40);
    });

    it('has no violation of accessibility rules in any theme', async () => {
      for (const theme of ['high contrast', 'high contrast light', 'dark', 'light'] as const) {
        await workbench.useTheme(theme);
        await access().waitForTab('changes');
        // Where it was scrolled to is kept.
        await change(/plan-bot-/)
          .first()
          .waitFor();
        assert.deepEqual(await access().violations(), [], theme);
        if (theme === 'dark') await workbench.screenshot('.vscode-test/pictures/changes-dark.png');
      }
    });

    it('is searched without losing what is hidden, and clears a change by mouse and by keyboard', async () => {
      await applyButtonOf(35).waitFor();
      await access().searchFor('plan-bot-05');
      await access().panel('changes').getByText(texts.hiddenChanges(35)).waitFor();
      await change('Plan project 1').locator('input').click();
      await applyButtonOf(34).waitFor();
      await change('Plan project 2').click();
      await workbench.press('Space');
      await applyButtonOf(33).waitFor();
      await access().searchFor('');
      await change('plan-bot-05').first().waitFor();
      await applyButtonOf(33).waitFor();
    });

    it('shows what became of each change in its place, and undoes the plan', async () => {
      await applyButtonOf(33).click();
      await change('confirmed').first().waitFor();
      await access().button(words.close).waitFor();
      const granted = changesMade(usable.slice(4), { done: 33, total: 33 }, { done: 0, total: 0 });
      await access().panel('changes').getByText(granted).waitFor();
      await workbench.screenshot('.vscode-test/pictures/changes-applied.png');
      assert.deepEqual(await workbench.toasts.messages(), [], 'what is in sight is not told twice');
      assert.deepEqual(await access().violations(), []);
      assert.equal(emulator().requests.filter(({ endpoint }) => endpoint === 'permissions.create').length, 7);
      await step('another tab and back keep the outcomes, and so does another editor', async () => {
        await access().select('history');
        await access().select('changes');
        await change('confirmed').first().waitFor();
        await workbench.runCommand('File: New Untitled Text File');
        await workbench.page
          .getByRole('tab', { name: /Untitled-1/ })
          .first()
          .waitFor();
        await workbench.runCommand(paletteTitleOf('openAccess'));
        await access().waitFor();
        await access().panel('changes').getByText(granted).waitFor();
        await change('confirmed').first().waitFor();
      });
      await access().button(words.undo).click();
      await applyButtonOf(33).waitFor();
      await rows().filter({ hasText: words.toRevoke }).waitFor();
      await workbench.screenshot('.vscode-test/pictures/changes-undo.png');
      await access().button(words.cancel).click();
      await access().panel('changes').getByText(words.empty).waitFor();
    });

    it('is canceled when the page is closed, which sends nothing', async () => {
      const before = emulator().requests.filter(({ method }) => method !== 'GET').length;
      await grant(
        ['plan-bot-11', 'plan-bot-12'],
        others.map(({ id }) => id),
      );
      await access().waitForTab('changes');
      await change('plan-bot-12').first().waitFor();
      await workbench.runCommand('View: Close Editor');
      await workbench.runCommand(paletteTitleOf('openAccess'));
      await access().waitFor();
      await access().select('changes');
      await access().panel('changes').getByText(words.empty).waitFor();
      assert.equal(emulator().requests.filter(({ method }) => method !== 'GET').length, before);
    });
  });

  describe('of few changes', () => {
    it('leaves a plan of three to a dialog, with one button to press', async () => {
      await grant(
        ['plan-bot-05'],
        others.map(({ id }) => id),
      );
      const dialog = await workbench.dialog.waitFor();
      for (const { id } of others) assert.ok((await dialog.detail()).includes(id));
      await dialog.press(applyButton.grants);
      const granted = changesMade([usable[4] ?? ''], { done: 3, total: 3 }, { done: 0, total: 0 });
      await (await workbench.toasts.waitFor(granted)).close();
    });

    it('applies staged changes without another question, by keyboard alone', async () => {
      await access().select('matrix');
      await access().searchFor('plan-bot-07 project:other');
      await workbench.matrix.cell('plan-bot-07', 'Other 1').click();
      await workbench.matrix.cell('plan-bot-07', 'Other 2').click();
      await access().button(reviewChanges(2)).click();
      await access().waitForTab('changes');
      await access().searchFor('');
      await change('Other 1').waitFor();
      assert.equal(await access().count('changes'), '2');
      await workbench.screenshot('.vscode-test/pictures/changes-staged.png');
      assert.deepEqual(await access().violations(), []);
      await change('Other 1').focus();
      await step('the second change is cleared, and stays staged', async () => {
        await workbench.press('ArrowDown');
        await workbench.press('Space');
        await applyButtonOf(1).waitFor();
      });
      await step('Tab leads to the button', async () => {
        const focused = () =>
          access().evaluate<string>(
            "document.activeElement === document.body ? '' : document.activeElement.innerText",
          );
        const button = texts.applyChanges(1);
        await workbench.pressUntil('Tab', focused, (text) => text === button, button);
        await workbench.press('Enter');
      });
      await change('confirmed').waitFor();
      assert.equal(await workbench.dialog.locator.count(), 0);
      await access().panel('changes').getByText(texts.stagedBesides(1)).waitFor();
      await access().button(words.close).click();
      await change('Other 2').waitFor();
      await access().button(words.discardAll).click();
      await access().panel('changes').getByText(words.empty).waitFor();
      await access().button(words.openMatrix).click();
      await access().button(matrixPage.preview).waitFor();
    });

    it('is usable at 320 pixels and at twice the size', async () => {
      await workbench.runCommand('View: Close Primary Side Bar');
      await access().select('matrix');
      await access().searchFor('plan-bot-07 project:other');
      await workbench.matrix.cell('plan-bot-07', 'Other 2').click();
      await access().searchFor('');
      await access().select('changes');
      await change('Other 2').waitFor();
      for (const size of [
        { width: 380, height: 640 },
        { width: 640, height: 400 },
      ]) {
        await workbench.resize(size);
        await expect(
          inSight,
          (seen) => seen.length > 0,
          `a change in sight at ${size.width} × ${size.height}`,
        );
        assert.deepEqual(await access().violations(), [], `${size.width}`);
        await workbench.screenshot(`.vscode-test/pictures/changes-${size.width}.png`);
      }
    });
  });
});
