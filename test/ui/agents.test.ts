import assert from 'node:assert/strict';
import { dataNote, listAccessQuestion, stagedByAgent, stageQuestion, toolNotes } from '../../src/words/agents';
import { inTabs } from '../../src/words/tabs';
import { setUp, useEmulator } from './support';
import { useToolCaller } from './toolCaller';
import { step } from './workbench';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:agents:Aa1Bb2Cc';

describe('tools of agents ask a person', () => {
  const caller = useToolCaller();
  const { workbench, emulator } = useEmulator();
  const sent = () => emulator().requests.length;
  const call = (...[tool, input]: Parameters<typeof caller.call> extends [unknown, ...infer R] ? R : never) =>
    caller.call(workbench, tool, input);

  before('an organization with a checkpoint', async () => {
    emulator().organization.addCheckpoint(checkpoint, { permissions: 3 });
    await setUp(workbench, emulator().adminAPIKey, [checkpoint]);
    await workbench.tree('Checkpoints').row('agents').waitFor();
    await emulator().idle();
  });

  it('before a request, and send nothing after a no', async () => {
    const before = sent();
    const answer = await call('listAccess', { checkpoint, load: true });
    const dialog = await workbench.dialog.waitFor();
    const { title, message } = listAccessQuestion('agents', 'checkpoint', {
      least: 2,
      baseURL: emulator().baseURL,
      isSample: false,
    });
    await workbench.screenshot('.vscode-test/pictures/agents-question.png');
    assert.deepEqual([await dialog.message(), await dialog.detail()], [title, message]);
    console.log(await dialog.buttons());
    await emulator().idle();
    assert.equal(sent(), before);
    await dialog.press('Cancel');
    assert.match(await answer(), /^Rejected: /);
    await emulator().idle();
    assert.equal(sent(), before);
  });

  it('and answer after a yes', async () => {
    const before = sent();
    const answer = await call('listAccess', { checkpoint, load: true });
    const dialog = await workbench.dialog.waitFor();
    await dialog.press('Yes');
    const text = await answer();
    assert.ok(text.startsWith(dataNote), text);
    assert.ok(text.includes('"permissions":3'), text);
    console.log(emulator().requests.slice(before).map(({ endpoint, method }: any) => [method, endpoint]));
  });
});
