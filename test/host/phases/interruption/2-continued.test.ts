import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import type { Organization } from '../../../../src/access/organization';
import type { Services } from '../../../../src/commands/shared/services';
import { viewIds } from '../../../../src/ids';
import { applyChanges } from '../../../../src/words/changesTab';
import { alreadyDone, resumeChoices } from '../../../../src/words/undo';
import { assertSays } from '../../../says';
import { run, services } from '../../support/extension';
import { Person } from '../../support/person';
import { checkpoints, ended, interrupted, shownOrganization, state } from './plan';

describe('a window that ended in the middle of a plan', () => {
  let parts: Services;
  let organization: Organization;
  const person = new Person();

  before(async () => {
    person.sitsDown();
    parts = await services();
    organization = await shownOrganization(parts);
    organization.proposals.onDidChange(() => person.looksAt(organization));
  });
  after(() => person.leaves());

  const accounts = async () =>
    (await new Journal(new FileStorage(parts.journals.folder)).read(organization.id)).accounts;

  it('is followed by one that shows the same organization, and has sent nothing', async () => {
    assert.equal(parts.current.profile.id, interrupted, 'the choice is remembered');
    await vscode.commands.executeCommand(`${viewIds.checkpoints}.focus`);
    assert.equal((await parts.tree.getChildren()).length, checkpoints.length);
    const { requests, changes } = await state();
    assert.equal(changes.length, ended);
    assert.equal(requests.at(-1), changes.at(-1), 'nothing after the last change');
  });

  it('leaves a journal that matches the server', async () => {
    const [account] = await accounts();
    assert.ok(account && !account.ended);
    const { access, changes } = await state();
    assert.equal(changes.length, ended);
    let unknown = 0;
    for (const { step, sentAt, answer } of account.steps) {
      const has = access[step.checkpoint]?.includes(step.project) ?? false;
      const isDone = step.action === 'grant' ? has : !has;
      if (answer === 'accepted') assert.ok(isDone, 'what it says is done is done');
      else if (sentAt === undefined) assert.ok(!isDone, 'what it says was not sent was not done');
      else unknown += 1;
    }
    assert.equal(unknown, 1, 'the last answer was not recorded');
  });

  it('is followed by a window that applies the remaining steps, none twice', async () => {
    const [account] = await accounts();
    person
      .picks(() => true)
      .picks([resumeChoices.continue.label])
      .presses(applyChanges(10 - ended));
    await run('showInterrupted');
    assertSays(person.shown.find(({ kind }) => kind === 'page')?.text, alreadyDone(ended, 10));

    const { access, changes } = await state();
    for (const [index, id] of checkpoints.entries()) {
      const users = index % 2 ? 1 : 3;
      assert.equal(access[id]?.length, users, `${id} as after an undisturbed run`);
    }
    assert.equal(changes.length, 10);
    assert.equal(new Set(changes).size, 10, 'nothing twice');
    assert.ok(changes.every((change) => change.endsWith(' 200')));
    const [whole] = await accounts();
    assert.equal(whole?.id, account?.id);
    assert.ok(whole?.ended);
    const by = whole.steps.map(({ done }) => done?.by);
    // The last answer before the end was not recorded, so nothing tells who made that change.
    assert.equal(by.filter((each) => each === 'us').length, 9);
    assert.equal(by.filter((each) => each === 'perhapsUs').length, 1);
  });
});
