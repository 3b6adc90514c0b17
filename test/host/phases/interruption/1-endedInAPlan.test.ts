import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Organization } from '../../../../src/access/organization';
import type { Services } from '../../../../src/commands/shared/services';
import { copying } from '../../../../src/words/changes';
import { applyChanges } from '../../../../src/words/changesTab';
import { reportSoFar } from '../../report';
import type { Report } from '../../selection';
import { run, services } from '../../support/extension';
import { Person } from '../../support/person';
import { baseURL, begin, checkpoints, ended, interrupted, lastWords, shownOrganization } from './plan';

// Other moments are tested without VS Code, in test/unit/access/journal/interruption.test.ts.
describe('a window in the middle of a plan', () => {
  let parts: Services;
  let organization: Organization;
  const person = new Person();

  before(async () => {
    person.sitsDown();
    parts = await services();
    await parts.profiles.add({ id: interrupted, name: 'Interrupted', baseUrl: baseURL });
    await saveKey();
    await parts.current.show(interrupted);
    organization = await shownOrganization(parts);
    organization.proposals.onDidChange(() => person.looksAt(organization));
    await organization.catalog.add(checkpoints);
  });
  after(() => person.leaves());

  /** Resolves when the extension has received the event, which fires after the key was saved. */
  async function saveKey(): Promise<void> {
    const heard = new Promise<void>((resolve) => parts.keys.onDidChange(() => resolve()));
    await parts.keys.set(interrupted, { key: 'test-admin-key', origin: new URL(baseURL).origin });
    await heard;
  }

  it('is ended', async () => {
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

  /** Ends this process when a response has arrived and isn't recorded yet. */
  function endAfterAnswer(steps: number): void {
    const { api } = organization;
    let asked = 0;
    const end = (): Promise<never> => {
      const { passed, failed, skipped } = reportSoFar();
      const report: Report = { passed: passed + 1, failed, skipped };
      writeFileSync(lastWords, JSON.stringify(report));
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
