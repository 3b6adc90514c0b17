import assert from 'node:assert/strict';
import type { FindingKind } from '../../src/access/evidence/review/finding';
import { loadPolicies, withoutEffectClauses } from '../../src/words/effect';
import { formatInWords } from '../../src/words/exports/dialogs';
import {
  acceptFor,
  acceptTexts,
  countSoFar,
  findingKindInWords,
  findingsTab,
  loadAllGaps,
  removedInWords,
  soonNotCounted,
  stagedInWords,
  stageSelected,
  unstagedInWords,
  unusedHeading,
} from '../../src/words/findings';
import { inTabs, loadUsage } from '../../src/words/tabs';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';

describe('the findings', () => {
  const workbench = useWorkbench({ theme: 'dark', size: { width: 1440, height: 860 } });
  const access = () => workbench.access;
  const panel = () => access().panel('findings');
  const group = (title: string) =>
    access().rows('findings').and(panel().locator('.group')).filter({ hasText: title });
  const ofKind = (kind: FindingKind) => group(findingKindInWords[kind]);
  const item = (text: string | RegExp) =>
    access().rows('findings').and(panel().locator('.row:not(.group)')).filter({ hasText: text });
  const button = (words: string) => panel().getByRole('button', { name: words, exact: true });
  const said = (words: string) => panel().locator('.result').filter({ hasText: words }).waitFor();
  const countOf = async (title: string) => (await group(title).locator('.group-count').innerText()).trim();
  const counts = (title: string, wanted: (count: string) => boolean) =>
    expect(() => countOf(title), wanted, `the number of “${title}”`);
  const isExpanded = (title: string, wanted: boolean) =>
    expect(
      () => group(title).getAttribute('aria-expanded'),
      (expanded) => expanded === `${wanted}`,
      `“${title}” to be ${wanted ? 'expanded' : 'collapsed'}`,
    );
  /** The number of requests for model policies, as the category says it. */
  async function policiesToLoad(): Promise<number> {
    const said = await ofKind('withoutEffect').innerText();
    const requests = Number(/(\d+) requests?\)/.exec(said)?.[1]);
    assert.ok(said.includes(loadPolicies(requests, false)), said);
    return requests;
  }
  async function unfold(title: string): Promise<void> {
    if ((await group(title).getAttribute('aria-expanded')) !== 'true')
      await group(title).locator('.twistie').click();
    await isExpanded(title, true);
  }
  async function accept(reason: string): Promise<void> {
    await (await workbench.input.waitFor(acceptTexts.untilQuestion)).choose(acceptFor(90));
    await (await workbench.input.waitFor(acceptTexts.reasonPrompt)).type(reason);
    await workbench.input.accept();
  }

  before('review the sample organization', async () => {
    await workbench.openView(name);
    await workbench.view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('reviewAccess'));
    await access().waitFor();
    await access().waitForTab('findings');
    await counts(findingKindInWords.shutDown, (count) => count === '5');
  });

  it('are listed by category with counts, and say what was not counted or checked', async () => {
    assert.equal(await countOf(findingKindInWords.archived), '13');
    await ofKind('shutsDownSoon')
      .filter({ hasText: soonNotCounted(304, 309) })
      .waitFor();
    await group(unusedHeading(90)).filter({ hasText: findingsTab.usageNotLoaded }).waitFor();
    const policies = await policiesToLoad();
    assert.ok(policies > 1);
    await group(findingsTab.notChecked)
      .filter({ hasText: loadAllGaps(3 + policies) })
      .waitFor();
    assert.equal(await access().count('findings'), '18');
    await unfold(findingKindInWords.archived);
    await item('Hackathon 2025')
      .filter({ hasText: /archived .* UTC/ })
      .waitFor();
  });

  it('by mouse: loads usage data when asked, and stages what is unused', async () => {
    await step('loads usage data', async () => {
      await group(unusedHeading(90)).getByText(loadUsage(3, false)).click();
      await group(unusedHeading(90)).filter({ hasText: 'usage loaded just now' }).waitFor();
      await counts(unusedHeading(90), (count) => Number(count) > 10);
    });
    await step('for another number of days', async () => {
      const days = panel().getByRole('spinbutton', { name: findingsTab.unusedDays });
      const before = Number(await countOf(unusedHeading(90)));
      await days.fill('30');
      await days.press('Enter');
      await counts(unusedHeading(30), (count) => Number(count) >= before);
      await days.fill('90');
      await days.press('Enter');
      await counts(unusedHeading(90), (count) => Number(count) === before);
    });
    await step('stages a category, and takes one of it back', async () => {
      await ofKind('archived').getByText(findingsTab.stageAll).click();
      await said(stagedInWords(13, 0));
      await item('Hackathon 2025').filter({ hasText: findingsTab.staged }).waitFor();
      await item('Hackathon 2025').getByText(findingsTab.unstage, { exact: true }).click();
      await said(unstagedInWords(1));
      await expect(
        () => access().count('changes'),
        (count) => count === '12',
        'twelve staged changes',
      );
      assert.deepEqual(await access().violations(), []);
      await workbench.screenshot(pictureOf('review'));
    });
    await step('discards', async () => {
      await access().select('matrix');
      await workbench.matrix.pressButton('Discard Changes');
      await access().select('findings');
    });
  });

  it('by mouse: loads model policies when asked, and lists what is granted without effect', async () => {
    await ofKind('withoutEffect').filter({ hasText: findingsTab.policiesNotLoaded }).waitFor();
    await ofKind('withoutEffect')
      .getByText(loadPolicies(await policiesToLoad(), false))
      .click();
    // One project refuses: the sample shows what a missing scope does.
    await ofKind('withoutEffect').filter({ hasText: findingsTab.policiesPartlyLoaded }).waitFor();
    await ofKind('withoutEffect')
      .filter({ hasText: loadPolicies(1, false) })
      .waitFor();
    await counts(findingKindInWords.withoutEffect, (count) => count !== '' && count !== countSoFar(0));
    await unfold(findingKindInWords.withoutEffect);
    await item('Mobile app').filter({ hasText: withoutEffectClauses.blocked }).first().waitFor();
    assert.deepEqual(await access().violations(), []);
    await workbench.screenshot('.vscode-test/pictures/findings-without-effect.png');
    await group(findingsTab.notChecked).locator('.twistie').click();
    await item('Evaluation lab').filter({ hasText: 'model policy' }).waitFor();
    await workbench.screenshot('.vscode-test/pictures/findings-policy-failed.png');
    await group(findingsTab.notChecked).locator('.twistie').click();
    await ofKind('withoutEffect').locator('.twistie').click();
  });

  it('by mouse: accepts a finding with a reason, and removes the acceptance', async () => {
    await unfold(findingKindInWords.archived);
    await item('Hackathon 2025').getByText(findingsTab.accept).click();
    await accept('Kept for the next one');
    await counts(findingsTab.accepted, (count) => count === '1');
    await counts(findingKindInWords.archived, (count) => count === '12');
    await unfold(findingsTab.accepted);
    await unfold(findingsTab.notChecked);
    assert.deepEqual(await access().violations(), []);
    await item('Kept for the next one').getByText(findingsTab.removeAcceptance).click();
    await said(removedInWords(1));
    await counts(findingKindInWords.archived, (count) => count === '13');
  });

  it('by mouse: opens what was staged, and exports', async () => {
    await unfold(findingKindInWords.shutDown);
    await item('tone-of-voice').first().getByRole('checkbox').click();
    await button(stageSelected(1)).click();
    await said(stagedInWords(1, 0));
    await button(inTabs.reviewChanges).click();
    await access().waitForTab('changes');
    await access().select('matrix');
    await workbench.matrix.pressButton('Discard Changes');
    await access().select('findings');
    await button(findingsTab.export).click();
    await (await workbench.input.waitFor(/Export/)).choose(formatInWords.markdown.label);
    const dialog = await workbench.input.waitFor(/Export/);
    await expect(
      () => dialog.value(),
      (value) => /access-review-.*\.md$/.test(value),
      'a file to be offered',
    );
    await dialog.cancel();
  });

  it('is worked by keyboard alone', async () => {
    await step('folds and moves', async () => {
      await ofKind('archived').focus();
      if ((await ofKind('archived').getAttribute('aria-expanded')) === 'true')
        await workbench.press('ArrowLeft');
      await isExpanded(findingKindInWords.archived, false);
      await workbench.press('ArrowRight');
      await isExpanded(findingKindInWords.archived, true);
    });
    await step('selects three, stages them, and unstages them', async () => {
      await workbench.press('ArrowDown');
      await workbench.press('Space');
      await workbench.press('Shift+ArrowDown');
      await workbench.press('Shift+ArrowDown');
      await expect(
        () => button(stageSelected(3)).count(),
        (count) => count === 1,
        'three to be selected',
      );
      await button(stageSelected(3)).focus();
      await workbench.press('Enter');
      await said(stagedInWords(3, 0));
    });
    await step('reaches the button of the row that has the keyboard', async () => {
      await ofKind('archived').focus();
      await workbench.press('ArrowDown');
      await workbench.press('Tab');
      await workbench.press('Enter');
      await said(unstagedInWords(1));
      await expect(
        () => access().frame.locator(':focus').innerText(),
        (text) => text === findingsTab.accept,
        'the button to accept the finding',
      );
      await workbench.press('Enter');
      await accept('By keyboard');
      await counts(findingsTab.accepted, (count) => count === '1');
      await counts(findingKindInWords.archived, (count) => count === '12');
    });
    await step('loads what is missing of model policies', async () => {
      await ofKind('withoutEffect').focus();
      await workbench.press('Tab');
      await workbench.press('Tab');
      await expect(
        () => access().frame.locator(':focus').innerText(),
        (text) => text === loadPolicies(1, false),
        'the button to load the policy that failed',
      );
      await workbench.press('Enter');
      await ofKind('withoutEffect').filter({ hasText: findingsTab.policiesPartlyLoaded }).waitFor();
    });
    await step('removes the acceptance', async () => {
      await group(findingsTab.accepted).focus();
      await workbench.press('ArrowRight');
      await workbench.press('ArrowDown');
      await workbench.press('Tab');
      await workbench.press('Enter');
      await said(removedInWords(1));
    });
    await step('searches', async () => {
      await access().searchFor('project:hackathon');
      await counts(findingKindInWords.archived, (count) => count === '1');
      await access().searchFor('');
      await counts(findingKindInWords.archived, (count) => count === '13');
    });
  });

  it('says in full why, whatever the width', async () => {
    await unfold(findingKindInWords.archived);
    for (const width of [700, 500, 320]) {
      await access().makeWide(width, 700);
      await item('Hackathon 2025').first().waitFor();
      await expect(
        () => access().cutTexts('findings'),
        (texts) => texts.length === 0,
        `nothing cut at ${width} pixels`,
      );
      // What a category says gives way to its button.
      const right = await access().evaluate<number>(
        `Math.max(...[...document.querySelectorAll('#panel-findings .group-extra')].map((extra) => extra.getBoundingClientRect().right))`,
      );
      if (width >= 500) assert.ok(right <= width, `the buttons of categories end at ${right}`);
      assert.deepEqual(await access().violations(), []);
      await workbench.screenshot(`.vscode-test/pictures/findings-${width}.png`);
    }
    await workbench.resize({ width: 1440, height: 860 });
  });

  it('comes back after a reload with what was expanded, and loads nothing by itself', async () => {
    await unfold(findingKindInWords.shutDown);
    await workbench.waitForStored(/checkpointPermissions\.access[^\n]*\btab\W+findings/);
    await workbench.waitForStored(/expanded.{0,60}shutDown/);
    await workbench.reload();
    await access().waitForTab('findings');
    await isExpanded(findingKindInWords.shutDown, true);
  });
});

for (const theme of ['light', 'high contrast', 'high contrast light'] as const) {
  describe(`the findings in the ${theme} theme`, () => {
    const workbench = useWorkbench({ theme, size: { width: 1280, height: 720 } });

    it('are accessible, also in a window of a quarter of the size', async () => {
      const { access } = workbench;
      await workbench.openView(name);
      await workbench.view.pressWelcome(titleOf('exploreSample'));
      await workbench.waitForSample();
      await workbench.runCommand(paletteTitleOf('reviewAccess'));
      await access.waitFor();
      const archived = access.rows('findings').filter({ hasText: findingKindInWords.archived });
      await archived.getByText(findingsTab.stageAll).click();
      await archived.locator('.twistie').click();
      await access.row('findings', 'Hackathon 2025').filter({ hasText: findingsTab.staged }).waitFor();
      assert.deepEqual(await access.violations(), []);
      await workbench.screenshot(`.vscode-test/pictures/findings-${theme.replaceAll(' ', '-')}.png`);
      await workbench.page.setViewportSize({ width: 640, height: 360 });
      await archived.waitFor();
      assert.deepEqual(await access.violations(), []);
      await workbench.screenshot(`.vscode-test/pictures/findings-${theme.replaceAll(' ', '-')}-small.png`);
    });
  });
}
