import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import type { Organization } from '../../../../src/access/organization';
import type { Services } from '../../../../src/commands/shared/services';
import { copying } from '../../../../src/words/changes';
import { applyChanges } from '../../../../src/words/changesTab';
import { alreadyDone, resumeChoices } from '../../../../src/words/undo';
import { assertSays } from '../../../says';
import { type Selection, selectionVariable } from '../../selection';
import { run, services, setSetting } from '../../support/extension';
import { Person } from '../../support/person';
import type { Beginning, State } from '../../survivor';

/** One plan of ten steps, each a request of its own: five grants and five revokes over ten checkpoints. */
const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4.1-2025-04-14:harbor-labs:crash:Cc1Rr2As:ckpt-step-${index}`,
);
const [source, target, bystander] = [0, 1, 2];
const beginning: Beginning = {
  projects: ['Source', 'Target', 'Bystander'],
  access: Object.fromEntries(checkpoints.map((id, index) => [id, [index % 2 ? target : source, bystander]])),
};

const { restarts } = JSON.parse(process.env[selectionVariable] ?? '{}') as Selection;
assert.ok(restarts);
const { baseURL, control, start, lastWords } = restarts;

/** The process ends when the response to this step has arrived and isn't recorded yet. */
const ended = 3;

const begin = async (): Promise<string[]> =>
  (await fetch(control, { method: 'POST', body: JSON.stringify(beginning) })).json() as Promise<string[]>;
const state = async (): Promise<State> => (await fetch(control)).json() as Promise<State>;

// Other moments are tested without VS Code, in test/unit/access/journal/interruption.test.ts.
describe(`a window that ends in the middle of a plan, start ${start} of 2`, () => {
  let parts: Services;
  let organization: Organization;
  const person = new Person();
  let isFine = true;

  before(async () => {
    person.sitsDown();
    parts = await services();
    // Settings are new with each start. The key and the list are those of the first start.
    await setSetting('baseUrl', baseURL);
    if (start === 1) await saveKey();
    const current = await parts.current.get();
    assert.ok(current.kind === 'organization', current.kind);
    organization = current.organization;
    organization.proposals.onDidChange(() => person.looksAt(organization));
    if (start === 1) await organization.catalog.add(checkpoints);
  });
  afterEach(function () {
    isFine &&= this.currentTest?.state === 'passed';
  });
  after(() => person.leaves());

  /** Resolves when the extension has received the event, which fires after the key was saved. */
  async function saveKey(): Promise<void> {
    const heard = new Promise<void>((resolve) => parts.keys.onDidChange(() => resolve()));
    await parts.keys.set('default', { key: 'test-admin-key', origin: new URL(baseURL).origin });
    await heard;
  }

  const accounts = async () =>
    (await new Journal(new FileStorage(parts.journals.folder)).read(organization.id)).accounts;

  if (start === 2) {
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
  }

  if (start === 1) {
    it('is ended', async () => {
      // A process that ends can't report failures, so they are reported first.
      assert.ok(isFine, 'what came before has failed');
      await begin();
      endAfterAnswer(ended);
      person
        .picks([copying.betweenProjects])
        .picks(['Target'])
        .picks(['Source'])
        .picks([copying.match])
        .presses(applyChanges(10));
      for (const id of checkpoints) organization.permissions.forget(id);
      await run('copyAccessFrom');
      assert.fail(`It should have ended, and said: ${person.told.join(' ')}`);
    });
  }

  /** Ends this process when a response has arrived and isn't recorded yet. */
  function endAfterAnswer(steps: number): void {
    const { api } = organization;
    let asked = 0;
    const end = (): Promise<never> => {
      writeFileSync(lastWords, JSON.stringify({ passed: 1, failed: 0, skipped: 0 }));
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    };
    const counted = <A extends unknown[], R extends object>(send: (...args: A) => R) =>
      ((...args: A): R => {
        asked += 1;
        const promise = send(...args);
        if (asked < steps) return promise;
        const answer = promise as unknown as { withResponse(): Promise<unknown> };
        const withResponse = answer.withResponse.bind(answer);
        answer.withResponse = () => withResponse().then(end);
        return promise;
      }) as typeof send;
    const own = api as { create: unknown; delete: unknown };
    own.create = counted(api.create.bind(api));
    own.delete = counted(api.delete.bind(api));
  }
});
