import assert from 'node:assert/strict';
import { foundQuestion, searchTexts, whereFound } from '../../src/words/discovery';
import { paletteTitleOf, titleOf } from '../titles';
import { pictureOf } from './pictures';
import { expect, step, useWorkbench } from './workbench';

const name = 'Checkpoint Permissions';

describe('finding checkpoints', () => {
  const workbench = useWorkbench();
  const tree = () => workbench.tree('Checkpoints');

  before('the sample organization', async () => {
    const view = await workbench.openView(name);
    await view.pressWelcome(titleOf('exploreSample'));
    await workbench.waitForSample();
  });

  it('by keyboard: from the palette, without the audit log, and nothing is kept on Escape', async () => {
    await workbench.runCommand(paletteTitleOf('findCheckpoints'));
    await workbench.input.waitFor(searchTexts.where);
    for (const keys of ['ArrowDown', 'Space', 'Enter']) await workbench.press(keys);
    const results = await workbench.input.waitFor(foundQuestion('').trim());
    assert.match(await results.words(), /All 9 places searched/, 'all of ten but the audit log');
    const places = (await results.options()).join('\n');
    assert.ok(!places.includes(whereFound({ in: 'auditLog' })), places);
    await results.cancel();
    assert.ok(!(await tree().rows()).some(({ label }) => label.startsWith('berth-notes')));
  });

  it('by mouse: from the title’s menu, every place, and what is wanted of what was found', async () => {
    await (await workbench.view.moreActions()).choose('Find Checkpoints…');
    const input = await workbench.input.waitFor(searchTexts.where);
    await step('what each place costs stands beside it', async () => {
      const options = await input.options();
      const costs = options.map((option) => /request/.test(option));
      assert.ok(options.length >= 4 && costs.every(Boolean), options.join('\n'));
    });
    await workbench.input.press('OK');
    const results = await workbench.input.waitFor(foundQuestion('').trim());
    await step('what was found says where', async () => {
      assert.match(await results.words(), /All 10 places searched/);
      const options = (await results.options()).join('\n');
      assert.match(options, new RegExp(`${whereFound({ in: 'auditLog' })} \\(granted`));
      assert.match(
        options,
        new RegExp(`${whereFound({ in: 'usage' })} \\([\\d,]+ requests in 93 days, last on`),
      );
      assert.match(options, new RegExp(`${whereFound({ in: 'jobs' })} \\(job ftjob-`));
      // The search's own notice stays for a moment.
      await expect(
        () => workbench.toasts.messages(),
        (messages) => messages.length === 0,
        'no notification',
      );
      await workbench.screenshot(pictureOf('find'));
    });
    await workbench.input.press('OK');
    await tree().row('berth-notes').waitFor();
    await tree().row('claims-triage').waitFor();
  });
});
