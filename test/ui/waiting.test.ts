import assert from 'node:assert/strict';
import { faults } from '../emulator';
import { setUp, useEmulator } from './support';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:waiting-bot:Ca1Na2Ry';

describe('waiting for the rate limit', () => {
  const { workbench, emulator } = useEmulator();
  const tree = () => workbench.tree('Checkpoints');

  before(async () => {
    emulator().organization.addCheckpoint(checkpoint, { permissions: 3 });
    await setUp(workbench, emulator().adminAPIKey, [checkpoint]);
  });

  it('is shown with the time that is left, and can be cancelled', async () => {
    emulator().fail('permissions.list', faults.tooManyRequests({ retryAfter: 45 }), 1);
    await tree().row('waiting-bot').click();
    const toast = await workbench.toasts.waitFor(/Waiting for the rate limit \(about 4\d seconds left\)/);
    assert.deepEqual(await toast.buttons(), ['Cancel']);
    await toast.press('Cancel');
    const row = await tree()
      .row(/^Error: Canceled before it finished/)
      .waitFor();
    assert.match((await row.state()).description, /Refresh to try again/);
    await toast.locator.waitFor({ state: 'detached' });
    assert.equal(emulator().requests.filter(({ endpoint }) => endpoint === 'permissions.list').length, 1);
  });
});
