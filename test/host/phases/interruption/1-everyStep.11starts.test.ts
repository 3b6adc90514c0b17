import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import type { Organization } from '../../../../src/access/organization';
import type { Services } from '../../../../src/commands/shared/services';
import { type Selection, selectionVariable } from '../../selection';
import { run, services, setSetting } from '../../support/extension';
import { Person } from '../../support/person';
import type { Beginning, State } from '../../survivor';

/** One plan of ten steps, each a request of its own: five grants and five revokes over ten checkpoints. */
const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4.1-2025-04-14:harbor-labs:crash:Cc1Rr2As:ckpt-step-${index}`,
);
const [SOURCE, TARGET, BYSTANDER] = [0, 1, 2];
const beginning: Beginning = {
  projects: ['Source', 'Target', 'Bystander'],
  access: Object.fromEntries(checkpoints.map((id, index) => [id, [index % 2 ? TARGET : SOURCE, BYSTANDER]])),
};

const { restarts } = JSON.parse(process.env[selectionVariable] ?? '{}') as Selection;
assert.ok(restarts);
const { baseURL, control, start, starts, lastWords } = restarts;

const begin = async (): Promise<string[]> =>
  (await fetch(control, { method: 'POST', body: JSON.stringify(beginning) })).json() as Promise<string[]>;
const state = async (): Promise<State> => (await fetch(control)).json() as Promise<State>;

describe(`a window that ends after each step of a plan, start ${start} of ${starts}`, () => {
  let parts: Services;
  let organization: Organization;
  const person = new Person();
  let isFine = true;

  before(async () => {
    person.sitsDown();
    parts = await services();
    // The settings are new with each start; the key and the list are what the first one has left.
    await setSetting('baseUrl', baseURL);
    if (start === 1) await saveKey();
    const current = await parts.current.get();
    assert.ok(current.kind === 'organization', current.kind);
    organization = current.organization;
    if (start === 1) await organization.catalog.add(checkpoints);
  });
  afterEach(function () {
    isFine &&= this.currentTest?.state === 'passed';
  });
  after(() => person.leaves());

  /** Resolves when the extension has heard of it, which comes after it was saved. */
  async function saveKey(): Promise<void> {
    const heard = new Promise<void>((resolve) => parts.keys.onDidChange(() => resolve()));
    await parts.keys.set('default', { key: 'test-admin-key', origin: new URL(baseURL).origin });
    await heard;
  }

  const accounts = () => new Journal(new FileStorage(parts.journals.folder)).accounts(organization.id);

  if (start > 1) {
    const ended = start - 1;

    it(`after ${ended} steps: the journal knows what the server has`, async () => {
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
      // Either the last answer was not written down, or the next request was about to be sent.
      assert.equal(unknown, ended === 10 && ended % 2 === 0 ? 0 : 1);
    });

    it(`after ${ended} steps: Continue does the rest, and nothing twice`, async () => {
      const [account] = await accounts();
      const verb = ended < 5 ? 'Apply' : 'Revoke';
      person.picks(() => true).picks(['Continue']);
      if (ended < 10) person.presses(verb);
      await run('showInterrupted');
      const modal =
        person.shown.find(({ kind }) => kind === 'modal')?.text ?? `${ended} of 10 steps done already`;
      assert.match(modal, new RegExp(`${ended} of 10 steps done already`), 'as read from the server');

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
      assert.ok(whole?.ended && whole.steps.every(({ done }) => done?.by === 'us'));
    });
  }

  if (start < starts) {
    it(`is ended after step ${start}`, async () => {
      // Whatever failed before has to be reported, which a process that ends cannot do.
      assert.ok(isFine, 'what came before has failed');
      await begin();
      endAfter(start);
      person
        .picks(['From one project to another'])
        .picks(['Target'])
        .picks(['Source'])
        .picks(['Make it the same'])
        .presses('Apply');
      for (const id of checkpoints) organization.permissions.forget(id);
      await run('copyAccessFrom');
      assert.fail(`It should have ended, and said: ${person.told.join(' ')}`);
    });
  }

  /**
   * Ends this process, at once and for good. After an odd number of steps when the server's answer is there and was not
   * written down yet; after an even number when the next request is about to be sent.
   */
  function endAfter(steps: number): void {
    const { api } = organization;
    let asked = 0;
    const end = (): Promise<never> => {
      writeFileSync(lastWords, JSON.stringify({ passed: start === 1 ? 1 : 3, failed: 0, skipped: 0 }));
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    };
    const counted = <A extends unknown[], R extends object>(send: (...args: A) => R) =>
      ((...args: A): R => {
        asked += 1;
        if (steps % 2 === 0 && asked > steps) return end() as unknown as R;
        const promise = send(...args);
        if (steps % 2 === 0 || asked < steps) return promise;
        const answer = promise as unknown as { withResponse(): Promise<unknown> };
        const withResponse = answer.withResponse.bind(answer);
        answer.withResponse = () => withResponse().then(end);
        return promise;
      }) as typeof send;
    const own = api as { create: unknown; delete: unknown; list: unknown };
    own.create = counted(api.create.bind(api));
    own.delete = counted(api.delete.bind(api));
    const list = api.list.bind(api);
    // There is no request for a change after the tenth: it ends before the lists are read back.
    own.list = (...args: Parameters<typeof list>) => (asked === 10 ? end() : list(...args));
  }
});
