import assert from 'node:assert/strict';
import { apply } from '../../../../src/access/plan/apply';
import { lookAgain, outcomeOf, stillToDo, undoOf } from '../../../../src/access/plan/lookAgain';
import type { Meanwhile } from '../../../../src/access/plan/meanwhile';
import { planRevokes } from '../../../../src/access/plan/plan';
import type { Permission } from '../../../../src/openai/index';
import { faults, gateways } from '../../../emulator/index';
import { checkpoint, projectsOnServer, usePlace } from '../support';

// A permission that is not on the part of a list that was read may be on the rest of it.

const deletes = { method: 'DELETE' };
const lists = { method: 'GET' };

for (const { name, count, prepare } of [
  {
    name: 'whose gateway ignores the order',
    count: 150,
    prepare: () => gateways.ignoresOrder,
  },
  ...[2, 3600].map((seconds) => ({
    name: `whose last permission is dated ${seconds} seconds too new`,
    count: 101,
    prepare: (newestFirst: readonly Permission[]) => {
      const [before, last] = newestFirst.slice(-2);
      return gateways.otherTime(last?.id ?? '', (before?.created_at ?? 0) + seconds);
    },
  })),
]) {
  describe(`Truth 1: with ${count} permissions and a list ${name}`, () => {
    const place = usePlace(count);
    const store = () => place.organization.permissions;
    const found = () => place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions;

    /** The plan to revoke a permission of the second page, made when the page was shown. */
    async function plan() {
      const newestFirst = found()?.all().reverse() ?? [];
      place.emulator.fail(lists, prepare(newestFirst));
      const { permissions } = await store().readAll(checkpoint);
      const permission = permissions[permissions.length - 1];
      assert.ok(permission);
      const { api } = place.organization;
      store().forget(checkpoint);
      return { permission, plan: planRevokes([{ checkpoint, permission }]), target: { api, store: store() } };
    }

    /** The first page only, as it is shown and read back. */
    async function readFirstPage() {
      assert.equal((await store().read(checkpoint)).ending.kind, 'more');
    }

    for (const [what, fault] of [
      ['answered 500', faults.status(500)],
      ['refused', faults.status(403)],
      ['lost', faults.resetBeforeAnswer],
    ] as const) {
      it(`a revoke that was ${what} and not carried out is not called done`, async () => {
        const { plan: revoke, permission, target } = await plan();
        await readFirstPage();
        place.emulator.fail(deletes, fault);
        const [outcome] = await apply(revoke, target);
        assert.equal(outcome?.result, 'failed');
        assert.ok(projectsOnServer(place.emulator).includes(permission.project_id));
      });
    }

    it('a revoke that was carried out is confirmed though its answer was lost', async () => {
      const { plan: revoke, permission, target } = await plan();
      await readFirstPage();
      place.emulator.fail(deletes, faults.resetAfterProcessing);
      const [outcome] = await apply(revoke, target);
      assert.equal(outcome?.result, 'done');
      assert.ok(!projectsOnServer(place.emulator).includes(permission.project_id));
    });

    it('Continue and Undo find what is still there', async () => {
      const { plan: revoke } = await plan();
      await readFirstPage();
      for (const answer of ['uncertain', 'accepted'] as const) {
        const [look] = await lookAgain(
          revoke,
          () => ({ sentAt: 1, answer }),
          store(),
          () => 60_000,
        );
        assert.ok(look);
        assert.equal(look.found.isSo, false);
        assert.equal(outcomeOf(look).result, 'notSent');
        assert.deepEqual(undoOf([look]).plan.steps, []);
      }
    });

    it('what is still there is still to do', async () => {
      const { plan: revoke } = await plan();
      await readFirstPage();
      assert.deepEqual((await stillToDo(revoke, store())).left.steps, revoke.steps);
    });

    it('nothing is said to be changed meanwhile', async () => {
      const { target } = await plan();
      const { permissions } = await store().read(checkpoint);
      const [first] = permissions;
      assert.ok(first);
      const noticed: Meanwhile[] = [];
      const onMeanwhile = (changes: readonly Meanwhile[]) => noticed.push(...changes);
      // What was on the second page comes to the first.
      const [outcome] = await apply(planRevokes([{ checkpoint, permission: first }]), target, {
        onMeanwhile,
      });
      assert.equal(outcome?.result, 'done');
      assert.deepEqual(noticed, []);
    });
  });
}

describe('Truth 1: many revokes with an unknown outcome', () => {
  const place = usePlace(250);

  it('are looked up by the rest of the list, not one by one', async () => {
    const { permissions: store, api } = place.organization;
    const { permissions } = await store.readAll(checkpoint);
    const last = permissions.slice(-30).map((permission) => ({ checkpoint, permission }));
    store.forget(checkpoint);
    await store.read(checkpoint);
    place.emulator.fail(deletes, faults.resetAfterProcessing);
    const before = place.emulator.requests.length;
    const outcomes = await apply(planRevokes(last), { api, store });
    assert.deepEqual(new Set(outcomes.map(({ result }) => result)), new Set(['done']));
    const asked = place.emulator.requests.slice(before).filter(({ method }) => method === 'GET');
    assert.equal(asked.length, 4, 'three pages, and the first one again');
  });
});
