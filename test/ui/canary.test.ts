import assert from 'node:assert/strict';
import type { commandIds, toolIds } from '../../src/ids';
import { dataNote, stagedByAgent } from '../../src/words/agents';
import { addQuestion } from '../../src/words/checkpointList';
import { expiryInWords } from '../../src/words/keyStatus';
import { chooseProjectKeysToRemove, noKey, unusualKey } from '../../src/words/keys';
import { organizationQuestions } from '../../src/words/organizations';
import { type Emulator, type Fault, faults, startEmulator } from '../emulator';
import { paletteTitleOf, titleOf } from '../titles';
import { useToolCaller } from './toolCaller';
import { tracesOf, useWorkbench, type WindowOptions } from './workbench';

const name = 'Checkpoint Permissions';
const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:canary-bot:Ca1Na2Ry';
/** Put together here, so that the key stands nowhere, not even in this file. */
const canary = ['sk', 'admin', 'canary', 'QmVyZ2JhdQ'].join('-');

const none: Fault = { name: 'none', processed: true };

describe('a key goes nowhere', () => {
  const options: WindowOptions = {};
  const caller = useToolCaller();
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({ adminAPIKey: canary });
    emulator.organization.addCheckpoint(checkpoint, { permissions: 120 });
    options.settings = {
      'checkpointPermissions.baseUrl': emulator.baseURL,
      'checkpointPermissions.requestTimeout': 2,
    };
  });
  const workbench = useWorkbench(options);
  const tree = () => workbench.tree('Checkpoints');
  after(() => emulator.stop());
  // What is planned last counts: no test leaves a fault to the next.
  afterEach(() => emulator.fail(undefined, none));

  async function clean(): Promise<void> {
    assert.deepEqual(await tracesOf(canary, workbench), []);
  }

  async function setKey(key: string): Promise<void> {
    await workbench.runCommand(paletteTitleOf('setAdminKey'));
    const input = await workbench.input.waitFor('Paste an admin API key');
    assert.equal(await input.isPassword(), true);
    await input.type(key);
    await input.accept();
  }

  before('a key is refused, then saved and used', async () => {
    const message = `Incorrect API key provided: ${canary}.`;
    const echo = { error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' } };
    emulator.fail(undefined, faults.status(401, { body: echo, headers: { 'x-request-id': canary } }), 1);
    await workbench.openView(name);
    await setKey(canary);
    const toast = await workbench.toasts.waitFor("wasn't saved");
    assert.match(await toast.message(), /Incorrect API key provided/);
    await clean();
    await toast.close();

    await setKey(canary);
    await workbench.waitForStatus('Admin API key saved');
    await workbench.runCommand(paletteTitleOf('addCheckpoint'));
    const input = await workbench.input.waitFor(addQuestion.prompt);
    await input.type(checkpoint);
    await input.accept();
    await tree().row('canary-bot').expand();
    await workbench.runCommand(paletteTitleOf('showLog'));
    assert.equal(emulator.requests.at(-1)?.authorization, `Bearer ${canary}`, 'it did go to its server');
  });

  it('when it is saved and used', clean);

  const echoed = {
    error: {
      message: `No, ${canary} may not do that. Bearer ${canary}`,
      type: 'x',
      param: canary,
      code: canary,
    },
  };
  const missingScope = {
    error: {
      message: `${canary}: Missing scopes: api.fine_tuning.checkpoints.read.`,
      type: 'x',
      param: null,
      code: null,
    },
  };
  const failures: Readonly<Record<string, Fault>> = {
    'a 400': faults.status(400, { body: echoed }),
    'a 401': faults.status(401, { body: echoed }),
    'a missing scope': faults.status(401, { body: missingScope }),
    'a 429': faults.tooManyRequests({ shouldRetry: false }),
    'a time-out': faults.hangInHeaders,
    'a 403': faults.status(403, { body: echoed, headers: { 'x-request-id': canary } }),
    'a 404': faults.status(404, { body: echoed }),
    'a 500': faults.status(500, { body: echoed, headers: { 'x-should-retry': 'false' } }),
    HTML: faults.status(200, { body: `<html>${canary}</html>`, headers: { 'content-type': 'text/html' } }),
    'a malformed answer': faults.status(200, { body: { object: canary, data: canary } }),
    'a redirect': faults.redirect(`https://elsewhere.invalid/?key=${canary}`),
    'a reset connection': faults.resetBeforeAnswer,
  };
  it('when the names of projects cannot be read', async () => {
    const echo = { body: echoed, headers: { 'x-request-id': canary } };
    emulator.fail('projects.list', faults.status(403, echo));
    await workbench.runCommand(paletteTitleOf('refreshProjects'));
    await workbench.view.waitForMessage(/because the last refresh failed/);
    const toast = await workbench.toasts.waitFor("Project names couldn't be loaded");
    await clean();
    await toast.close();
    emulator.fail('projects.list', none);
    await workbench.runCommand(paletteTitleOf('refreshProjects'));
    await workbench.waitForStatus(/Loaded \d+ projects/);
  });

  for (const [fault, how] of Object.entries(failures)) {
    it(`when reading and granting meet ${fault}`, async () => {
      emulator.fail(undefined, how);
      await tree().row('canary-bot').press(titleOf('refreshCheckpoint'));
      await tree()
        .row(/^Error: /)
        .waitFor();
      await clean();
      emulator.fail('permissions.list', none);
      await tree().row('canary-bot').press(titleOf('refreshCheckpoint'));
      await tree()
        .row(/^Error: /)
        .waitUntilGone();
      await tree().row('canary-bot').press(titleOf('grant'));
      const input = await workbench.input.waitFor(/paste IDs/);
      await input.type(emulator.organization.state.addProject('Canary').id);
      await input.accept();
      await workbench.dialog.press('Grant');
      const toast = await workbench.toasts.waitFor(
        /It's unknown whether access to .* changed|Access to .* wasn't changed/,
      );
      await clean();
      await toast.close();
    });
  }

  it('when the connection is refused', async () => {
    const port = Number(new URL(emulator.origin).port);
    await emulator.stop();
    try {
      await tree().row('canary-bot').press(titleOf('refreshCheckpoint'));
      await tree()
        .row(/^Error: The server refused the connection/)
        .waitFor();
      await clean();
    } finally {
      await emulator.listen(port);
    }
    await tree().row('canary-bot').press(titleOf('refreshCheckpoint'));
    await tree()
      .row(/^Error: /)
      .waitUntilGone();
  });

  it('when every other command is run', async () => {
    const choose = async (command: keyof typeof commandIds, ...more: readonly string[]): Promise<void> => {
      await workbench.runCommand(paletteTitleOf(command));
      await workbench.input.waitFor(/(Choose|Select) .*checkpoint/);
      for (const keys of more) await workbench.press(keys);
    };
    const choosePermission = async (command: keyof typeof commandIds): Promise<void> => {
      await choose(command, 'Enter');
      await workbench.input.waitFor('Select permissions');
      for (const keys of ['ArrowDown', 'Space', 'Enter']) await workbench.press(keys);
    };
    await choosePermission('copyPermissionId');
    await workbench.waitForStatus('Copied 1 permission ID');
    await choosePermission('copyProjectId');
    await workbench.waitForStatus('Copied 1 project ID');
    await choose('copyCheckpointId', 'ArrowDown', 'Space', 'Enter');
    await workbench.waitForStatus('Copied 1 checkpoint ID');
    await choosePermission('revoke');
    await workbench.dialog.press('Revoke');
    await (await workbench.toasts.waitFor('Revoked 1 permission')).close();
    await choose('loadMore', 'Enter');
    await tree().rowsOnce(
      (rows) => rows.some(({ description }) => /^1\d\d permissions/.test(description)),
      'all rows',
    );
    await choose('refreshCheckpoint', 'Escape');
    await choose('removeFromList', 'Escape');
    await workbench.runCommand(paletteTitleOf('refresh'));
    await workbench.runCommand(paletteTitleOf('exploreSample'));
    await workbench.waitForSample();
    await workbench.runCommand(paletteTitleOf('leaveSample'));
    await tree().row('canary-bot').waitFor();
    await clean();
  });

  it('when agents call the tools', async () => {
    // The name of a project is the key.
    const newProject = (): string => emulator.organization.state.addProject(`Key ${canary}`).id;
    const [one, other] = [newProject(), newProject()];
    const another = checkpoint.replace('canary-bot', 'canary-tools');
    emulator.organization.addCheckpoint(another, { permissions: 2 });
    await workbench.runCommand(paletteTitleOf('addCheckpoint'));
    const input = await workbench.input.waitFor(addQuestion.prompt);
    await input.type(another);
    await input.accept();
    await tree().row('canary-tools').waitFor();
    const call = async (...[tool, value]: readonly [keyof typeof toolIds, object]): Promise<void> => {
      const answer = await caller.call(workbench, tool, value);
      const dialog = await workbench.dialog.waitFor();
      await clean();
      await dialog.press('Yes');
      const text = await answer();
      assert.ok(text.startsWith(dataNote), text);
      assert.ok(!text.includes(canary), text);
      assert.doesNotMatch(text, /Bearer|x-request-id/i);
      await clean();
    };
    await workbench.runCommand(paletteTitleOf('refreshProjects'));
    await workbench.waitForStatus(/Loaded \d+ projects/);
    const echo = faults.status(403, { body: echoed, headers: { 'x-request-id': canary } });
    for (const [project, fault] of [
      [one, echo],
      [other, none],
    ] as const) {
      emulator.fail(undefined, fault);
      await call('listAccess', { checkpoint: another, load: true });
      await call('listAccess', { project, load: true });
      await call('explainAccess', { checkpoint: another, project, load: true });
    }
    await call('listAccess', {});
    await call('stageChanges', { changes: [{ action: 'grant', project: other, checkpoint: another }] });
    await (await workbench.toasts.waitFor(stagedByAgent)).close();
    await workbench.runCommand('View: Close All Editors');
  });

  it('when its status is shown and it is checked again', async () => {
    // Not what the API shows of it, either: it is compared, and kept nowhere.
    const [own] = emulator.organization.state.adminAPIKeys;
    assert.ok(own && canary.endsWith(own.redacted_value.slice(-3)));
    const isClean = async (): Promise<void> => {
      await clean();
      assert.deepEqual(await tracesOf(own.redacted_value, workbench), []);
    };
    await workbench.runCommand(paletteTitleOf('checkKeyAgain'));
    const page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await page.getByText(expiryInWords('notReported', 0)).waitFor();
    await isClean();
    emulator.fail('adminAPIKeys.list', faults.status(403, { body: missingScope }), 1);
    await workbench.runCommand(paletteTitleOf('checkKeyAgain'));
    await (await workbench.toasts.waitFor('lacks the api.fine_tuning.checkpoints.read scope')).close();
    await page.getByText('api.fine_tuning.checkpoints.read').first().waitFor();
    await isClean();
    await workbench.runCommand('View: Close All Editors');
  });

  it('when it is given as the key of a project', async () => {
    const ask = async (): Promise<void> => {
      await workbench.runCommand(paletteTitleOf('addProjectKey'));
      const input = await workbench.input.waitFor('Select a project or paste its ID');
      await input.type('proj_canary');
      await input.accept();
      await workbench.input.waitFor('Paste an API key of the project');
      assert.equal(await input.isPassword(), true);
      await input.type(canary);
      await workbench.input.waitFor('looks like an admin API key');
      await input.accept();
    };
    emulator.fail('models.list', faults.status(401, { body: echoed }), 1);
    await ask();
    await (await workbench.toasts.waitFor("project API key wasn't saved")).close();
    await clean();
    emulator.fail('models.list', faults.status(200, { body: { object: 'list', data: [] } }));
    await ask();
    await (await workbench.toasts.waitFor('can now find what its fine-tuning jobs created')).close();
    await clean();
    emulator.fail(undefined, faults.status(401, { body: echoed }));
    await workbench.runCommand(paletteTitleOf('findCheckpoints'));
    await workbench.input.waitFor('Select where to search');
    // Nobody knows this project, so its place is not ticked from the beginning.
    await workbench.input.tick('Fine-tuning jobs of');
    await workbench.input.press('OK');
    await (await workbench.toasts.waitFor("weren't searched completely")).close();
    await clean();
    await workbench.runCommand(paletteTitleOf('removeProjectKey'));
    await workbench.input.waitFor(chooseProjectKeysToRemove);
    await workbench.input.pick('proj_canary');
    await workbench.waitForStatus('Project API key removed');
    await clean();
  });

  it('when an organization is added, switched, renamed and removed with it', async () => {
    const add = async (): Promise<void> => {
      await workbench.runCommand(paletteTitleOf('addOrganization'));
      const input = await workbench.input.waitFor('Add Organization (1/3)');
      await input.type(canary);
      await workbench.input.waitFor('looks like an API key');
      await input.type('Canary');
      await input.accept();
      await workbench.input.waitFor('Add Organization (2/3)');
      await input.type(`${emulator.baseURL}/${canary}`);
      await workbench.input.waitFor('looks like an API key');
      await input.type(emulator.baseURL);
      await input.accept();
      await workbench.input.waitFor('Paste an admin API key of “Canary”');
      assert.equal(await input.isPassword(), true);
      await input.type(canary);
      await input.accept();
    };
    emulator.fail(undefined, faults.status(401, { body: echoed }), 1);
    await add();
    const toast = await workbench.toasts.waitFor("wasn't saved");
    await clean();
    await toast.press('Try Again');
    const input = await workbench.input.waitFor('Paste an admin API key of “Canary”');
    await clean();
    await input.type(canary);
    await input.accept();
    await workbench.waitForStatus('Organization Canary added');
    await clean();
    await workbench.runCommand(paletteTitleOf('renameOrganization'));
    await workbench.input.waitFor('Select the organization to rename');
    await input.choose('Canary');
    await workbench.input.waitFor('The name is used only in VS Code');
    await input.type(canary);
    await workbench.input.waitFor('looks like an API key');
    await input.cancel();
    await workbench.runCommand(paletteTitleOf('switchOrganization'));
    await workbench.input.waitFor(organizationQuestions.switch);
    await clean();
    await input.choose(/^127/);
    await tree().row('canary-bot').waitFor();
    await workbench.runCommand(paletteTitleOf('removeOrganization'));
    await workbench.input.waitFor('Select the organization to remove');
    await input.choose('Canary');
    await workbench.dialog.waitFor();
    await clean();
    await workbench.dialog.press('Remove');
    await workbench.waitForStatus('Removed “Canary” from VS Code');
    await clean();
  });

  it('with another prefix is warned about, not blocked', async () => {
    await workbench.runCommand(paletteTitleOf('setAdminKey'));
    const input = await workbench.input.waitFor('Paste an admin API key');
    await input.type('some-other-key');
    await workbench.input.waitFor(unusualKey['admin API key']);
    await input.type('two words');
    await workbench.input.waitFor(noKey);
    await input.cancel();
  });

  it('when it is pasted where it does not belong', async () => {
    await workbench.runCommand(paletteTitleOf('addCheckpoint'));
    const input = await workbench.input.waitFor(addQuestion.prompt);
    await input.type(canary);
    assert.ok(!(await input.message()).includes(canary));
    await input.cancel();
    await clean();
  });

  it('over a reload of the window, and when it is removed', async () => {
    await workbench.reload();
    await workbench.openView(name);
    await tree().row('canary-bot').waitFor();
    await clean();
    await workbench.runCommand(paletteTitleOf('removeAdminKey'));
    await workbench.dialog.press('Remove');
    await workbench.waitForStatus('Admin API key removed');
    assert.match(await workbench.view.welcome(), /Set Admin API Key…/);
    await clean();
  });
});
