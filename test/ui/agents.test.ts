import assert from 'node:assert/strict';
import {
  changeInWords,
  dataNote,
  listAccessQuestion,
  stagedByAgent,
  stageQuestion,
  type ToolQuestion,
  toolNotes,
} from '../../src/words/agents';
import { inTabs } from '../../src/words/tabs';
import { setUp, useEmulator } from './support';
import { useToolCaller } from './toolCaller';
import { step } from './workbench';

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:agents:Aa1Bb2Cc';
/** Markdown in it would be a link, a picture, and emphasis. */
const markdownName = '*Berths* [here](https://example.com) ![](x) <b>now</b>';

describe('tools of agents, called by another extension', () => {
  const caller = useToolCaller();
  const { workbench, emulator } = useEmulator();
  const sent = () => emulator().requests.length;
  const permissions = () => {
    const found = emulator().organization.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    return found.map(({ project_id }) => project_id).sort();
  };
  let project = '';

  before('an organization with a checkpoint', async () => {
    emulator().organization.addCheckpoint(checkpoint, { permissions: 3 });
    project = emulator().organization.state.addProject(markdownName).id;
    await setUp(workbench, emulator().adminAPIKey, [checkpoint]);
    await workbench.tree('Checkpoints').row('agents').waitFor();
    await emulator().idle();
  });

  /** Calls a tool, and answers what VS Code asks, which has to be this. */
  async function call(
    [tool, input]: readonly [Parameters<typeof caller.call>[1], object],
    { title, message }: Pick<ToolQuestion, 'title' | 'message'>,
    button: 'Yes' | 'Cancel',
    picture?: string,
  ): Promise<string> {
    const before = sent();
    const answer = await caller.call(workbench, tool, input);
    const dialog = await workbench.dialog.waitFor();
    if (picture) await workbench.screenshot(`.vscode-test/pictures/${picture}.png`);
    // What would be a link is broken by a space without width.
    const detail = (await dialog.detail()).replaceAll('\u200b', '');
    assert.deepEqual([await dialog.message(), detail], [title, message]);
    await emulator().idle();
    assert.equal(sent(), before, 'nothing is sent before the answer');
    await dialog.press(button);
    return answer();
  }

  const load = ['listAccess', { checkpoint, load: true }] as const;
  const loadQuestion = (least: number, withNames: boolean) =>
    listAccessQuestion('agents', 'checkpoint', {
      least,
      baseURL: emulator().baseURL,
      isSample: false,
      withNames,
    });

  it('send nothing after a no', async () => {
    const before = sent();
    const answer = await call(load, loadQuestion(2, true), 'Cancel', 'agents-question');
    assert.match(answer, /^Rejected: /);
    await emulator().idle();
    assert.equal(sent(), before);
  });

  it('send what was said after a yes', async () => {
    const before = sent();
    const answer = await call(load, loadQuestion(2, true), 'Yes');
    assert.ok(answer.startsWith(dataNote), answer);
    for (const id of permissions()) assert.ok(answer.includes(`"id":"${id}"`), answer);
    const requests = emulator().requests.slice(before);
    assert.ok(requests.every(({ method }) => method === 'GET'));
    assert.deepEqual([...new Set(requests.map(({ path }) => path))].sort(), [
      `/v1/fine_tuning/checkpoints/${checkpoint}/permissions`,
      '/v1/organization/projects',
    ]);
    assert.equal(requests.filter(({ path }) => path.endsWith('/permissions')).length, 1);
  });

  it('say that nothing is sent where all is loaded, and send nothing', async () => {
    const before = sent();
    for (const input of [load, ['listAccess', { checkpoint }] as const]) {
      const answer = await call(input, loadQuestion(0, false), 'Yes');
      assert.ok(answer.includes('"isComplete":true'), answer);
    }
    await emulator().idle();
    assert.equal(sent(), before);
  });

  it('stage, and leave it to the person to look and apply', async () => {
    const before = sent();
    const had = permissions();
    await step('the question names the change, and shows a name as it is', async () => {
      const question = stageQuestion([changeInWords('grant', markdownName, 'agents')]);
      const changes = [{ action: 'grant', project, checkpoint }];
      const answer = await call(['stageChanges', { changes }], question, 'Yes', 'agents-stage');
      assert.ok(answer.includes(toolNotes.nothingSent), answer);
      await emulator().idle();
      assert.equal(sent(), before);
    });
    await step('the message leads to the changes', async () => {
      const toast = await workbench.toasts.waitFor(stagedByAgent);
      await workbench.screenshot('.vscode-test/pictures/agents-staged.png');
      await toast.press(inTabs.reviewChanges);
      await workbench.access.waitForTab('changes');
      await workbench.access.panel('changes').getByText(markdownName).first().waitFor();
      await workbench.screenshot('.vscode-test/pictures/agents-review.png');
    });
    await emulator().idle();
    assert.deepEqual(permissions(), had);
  });
});
