import assert from 'node:assert/strict';
import { APIUserAbortError, NotFoundError } from '../../../../src/openai/index';
import { cursorTraps, faults } from '../../../emulator/index';
import { checkpoint, organizationAt, usePlace } from '../support';

describe('the permission store', () => {
  const place = usePlace(250);

  it('reads the first page of 250 with one request, each further page with one, the end with another, a known page with none', async () => {
    const store = place.organization.permissions;
    assert.equal((await store.read(checkpoint)).permissions.length, 100);
    assert.equal(place.emulator.requests.length, 1);
    assert.deepEqual(place.emulator.requests[0]?.query, { limit: '100', order: 'descending' });
    await store.read(checkpoint);
    assert.equal(place.emulator.requests.length, 1);
    assert.equal((await store.readMore(checkpoint)).permissions.length, 200);
    assert.equal(place.emulator.requests.length, 2);
    const whole = await store.readMore(checkpoint);
    assert.equal(place.emulator.requests.length, 4, 'the first page is compared at the end');
    assert.deepEqual(place.emulator.requests[3]?.query, place.emulator.requests[0]?.query);
    assert.deepEqual(whole.ending, { kind: 'complete' });
    assert.equal(new Set(whole.permissions.map(({ id }) => id)).size, 250);
    await store.readMore(checkpoint);
    assert.equal(place.emulator.requests.length, 4, 'there is nothing more to ask for');
  });

  it('asks once however many want to know', async () => {
    const gate = place.emulator.hold();
    const reads = Array.from({ length: 10 }, () => place.organization.permissions.read(checkpoint));
    await place.emulator.requested(1);
    assert.equal(place.organization.permissions.snapshot(checkpoint).reading, true);
    gate.release();
    const listings = await Promise.all(reads);
    assert.equal(place.emulator.requests.length, 1);
    assert.equal(new Set(listings).size, 1);
  });

  it('keeps a failure without asking again by itself, and asks again when told to', async () => {
    place.emulator.fail('permissions.list', faults.status(404), 1);
    await assert.rejects(place.organization.permissions.read(checkpoint), NotFoundError);
    await assert.rejects(place.organization.permissions.read(checkpoint), NotFoundError);
    assert.equal(place.emulator.requests.length, 1);
    assert.equal(
      place.organization.permissions.snapshot(checkpoint).listing,
      undefined,
      'an error is not an empty list',
    );
    const listing = await place.organization.permissions.readAgain(checkpoint);
    assert.equal(listing.permissions.length, 100);
    assert.equal(place.organization.permissions.snapshot(checkpoint).failure, undefined);
  });

  it('reads again as many as were shown, and keeps the old rows when that fails', async () => {
    const store = place.organization.permissions;
    await store.read(checkpoint);
    await store.readMore(checkpoint);
    const again = await store.readAgain(checkpoint);
    assert.equal(again.permissions.length, 200);
    assert.equal(place.emulator.requests.length, 4);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(store.readAgain(checkpoint));
    const { listing, failure } = store.snapshot(checkpoint);
    assert.equal(listing, again);
    assert.equal(failure?.during, 'read');
  });

  it('keeps what was read when reading on fails, and says what failed', async () => {
    const store = place.organization.permissions;
    await store.read(checkpoint);
    place.emulator.fail('permissions.list', faults.html(502), 1);
    await assert.rejects(store.readMore(checkpoint));
    assert.equal(store.snapshot(checkpoint).listing?.permissions.length, 100);
    assert.equal(store.snapshot(checkpoint).failure?.during, 'readMore');
    assert.equal((await store.readMore(checkpoint)).permissions.length, 200);
    assert.equal(store.snapshot(checkpoint).failure, undefined);
  });

  it('decides by no old list that is only being read on', async () => {
    const { emulator } = place;
    let now = Date.now();
    const { permissions: store } = organizationAt(emulator, [checkpoint], () => now);
    await store.read(checkpoint);
    now += 60 * 60_000;
    const gate = emulator.hold();
    const more = store.readMore(checkpoint);
    await emulator.requested(2);
    const current = store.readCurrent(checkpoint, 60_000);
    gate.release();
    const listing = await current;
    assert.equal(listing.readAt, now);
    assert.equal(await more, listing, 'whoever reads on gets the newer list, too');
  });

  it('decides by no list that was read in the future, after the clock was turned back', async () => {
    let now = Date.now();
    const { permissions: store } = organizationAt(place.emulator, [checkpoint], () => now);
    await store.read(checkpoint);
    now -= 60 * 60_000;
    await store.readCurrent(checkpoint, 60_000);
    assert.equal(place.emulator.requests.length, 2);
  });

  it('decides by no list that was asked for before a change', async () => {
    const { emulator, organization } = place;
    const store = organization.permissions;
    const gate = emulator.hold();
    const before = store.read(checkpoint);
    await emulator.requested(1);
    store.changed(checkpoint);
    const current = store.readCurrent(checkpoint, 60_000);
    gate.release();
    await current;
    await before;
    assert.equal(store.snapshot(checkpoint).beforeChange, undefined);
  });

  it('drops the late answer of an older question', async () => {
    const store = place.organization.permissions;
    const gate = place.emulator.hold(undefined, 'processed');
    const early = store.read(checkpoint);
    await place.emulator.requested(1);
    const [newest] =
      place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all().slice(-1) ?? [];
    assert.ok(newest);
    place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.remove(newest.id);
    const late = store.readAgain(checkpoint);
    await place.emulator.requested(2);
    gate.release();
    assert.equal(await early, await late, 'who asked before gets the newer answer');
    assert.ok(!(await late).permissions.some(({ id }) => id === newest.id));
  });

  it('sends nothing more after it was disposed of, and late answers reach nobody', async () => {
    const gate = place.emulator.hold();
    const read = place.organization.permissions.read(checkpoint);
    const changed: string[] = [];
    place.organization.permissions.onDidChange((id) => changed.push(id));
    await place.emulator.requested(1);
    place.organization.dispose();
    gate.release();
    await assert.rejects(read, /no longer shown/);
    await place.emulator.ended(1);
    assert.equal(place.emulator.requests.length, 1);
    assert.deepEqual(changed, []);
    assert.equal(place.organization.permissions.snapshot(checkpoint).listing, undefined);
  });

  describe('given up by one who waits', () => {
    const store = () => place.organization.permissions;
    const gaveUp = (read: Promise<unknown>) => assert.rejects(read, APIUserAbortError);
    /** Callers that share one read, started by the first. Each can abort. */
    async function waiting(...priorities: ('person' | 'background')[]) {
      const gate = place.emulator.hold();
      const all = priorities.map((priority) => {
        const abort = new AbortController();
        return { read: store().read(checkpoint, priority, abort.signal), leave: () => abort.abort() };
      });
      for (const { read } of all) read.catch(() => undefined);
      await place.emulator.requested(1);
      const [one, other, third] = all;
      assert.ok(one);
      return { gate, one, other: other ?? one, third: third ?? one };
    }
    async function isEnded() {
      await place.emulator.ended(1);
      assert.equal(place.emulator.requests[0]?.outcome, 'abandoned');
      assert.equal(place.emulator.requests.length, 1);
      assert.deepEqual(
        [store().snapshot(checkpoint).reading, store().snapshot(checkpoint).listing],
        [false, undefined],
      );
    }

    it('who is alone ends the request, which is a failure and not an empty list', async () => {
      const { one } = await waiting('person');
      one.leave();
      await gaveUp(one.read);
      await isEnded();
      assert.ok(store().snapshot(checkpoint).failure);
    });

    for (const [leaver, stayer] of [
      ['one', 'other'],
      ['other', 'one'],
    ] as const) {
      it(`is answered at once, and the other gets the list (${leaver} leaves)`, async () => {
        const both = await waiting('person', 'person');
        both[leaver].leave();
        await gaveUp(both[leaver].read);
        assert.equal(store().snapshot(checkpoint).reading, true);
        both.gate.release();
        assert.equal((await both[stayer].read).permissions.length, 100);
        assert.equal(place.emulator.requests.length, 1);
        assert.equal(store().snapshot(checkpoint).failure, undefined);
        both[stayer].leave();
        assert.equal(store().snapshot(checkpoint).failure, undefined, 'too late to leave');
      });

      it(`ends the request when all have left, the last one included (${leaver} first)`, async () => {
        const both = await waiting('person', 'person');
        both[leaver].leave();
        await gaveUp(both[leaver].read);
        both[stayer].leave();
        await gaveUp(both[stayer].read);
        await isEnded();
        assert.ok(store().snapshot(checkpoint).failure);
      });
    }

    it('does not end what somebody waits for who cannot leave', async () => {
      const { gate, one } = await waiting('background');
      const patient = store().read(checkpoint);
      one.leave();
      await gaveUp(one.read);
      gate.release();
      assert.equal((await patient).permissions.length, 100);
      assert.equal(place.emulator.requests.length, 1);
    });

    it('in the background is as if it had not been begun, unless a person waited too', async () => {
      const { one, other } = await waiting('background', 'background');
      one.leave();
      other.leave();
      await gaveUp(other.read);
      await isEnded();
      assert.deepEqual(store().snapshot(checkpoint), { reading: false });
      const abort = new AbortController();
      const begun = store().read(checkpoint, 'background', abort.signal);
      const joined = store().read(checkpoint, 'person', abort.signal);
      abort.abort();
      await gaveUp(begun);
      await gaveUp(joined);
      assert.ok(store().snapshot(checkpoint).failure, 'a person is told how it ended');
    });

    it('counts those who waited before the question was asked anew', async () => {
      const { gate, one, other, third } = await waiting('person', 'person', 'person');
      const abort = new AbortController();
      const again = store().readAgain(checkpoint, 0, 'person', abort.signal);
      await place.emulator.requested(2);
      abort.abort();
      await gaveUp(again);
      one.leave();
      await gaveUp(one.read);
      assert.equal(store().snapshot(checkpoint).reading, true);
      third.leave();
      gate.release();
      assert.equal((await other.read).permissions.length, 100);
      assert.equal(place.emulator.requests.length, 2);
    });

    it('before it has begun asks nothing', async () => {
      const by = AbortSignal.abort();
      await gaveUp(store().read(checkpoint, 'person', by));
      await gaveUp(store().readAgain(checkpoint, 0, 'person', by));
      await gaveUp(store().readMore(checkpoint, 'person', by));
      await gaveUp(store().readAll(checkpoint, 'person', by));
      await gaveUp(store().readCurrent(checkpoint, 0, by));
      assert.equal(place.emulator.requests.length, 0);
      assert.deepEqual(store().snapshot(checkpoint), { reading: false });
    });

    it('while it is read to its end keeps what was read by then', async () => {
      await store().read(checkpoint);
      const gate = place.emulator.hold();
      const abort = new AbortController();
      const reading = store().readAll(checkpoint, 'background', abort.signal);
      await place.emulator.requested(2);
      abort.abort();
      await gaveUp(reading);
      gate.release();
      const { listing, failure } = store().snapshot(checkpoint);
      assert.deepEqual([listing?.permissions.length, failure], [100, undefined]);
    });
  });

  for (const [name, fault] of Object.entries({
    'an empty page with has_more': cursorTraps.emptyPage,
    'a cursor that does not advance': cursorTraps.standingCursor,
  })) {
    it(`ends as incomplete after ${name}`, async () => {
      const store = place.organization.permissions;
      await store.read(checkpoint);
      place.emulator.fail('permissions.list', fault);
      const listing = await store
        .readMore(checkpoint)
        .then((first) => (first.ending.kind === 'more' ? store.readMore(checkpoint) : first));
      assert.equal(listing.ending.kind, 'incomplete');
      const sent = place.emulator.requests.length;
      await store.readMore(checkpoint);
      assert.equal(place.emulator.requests.length, sent);
    });
  }

  it('reads one project alone by the filter, and does not trust a gateway that ignores the filter', async () => {
    const [project] = (await place.organization.permissions.read(checkpoint)).permissions.map(
      (each) => each.project_id,
    );
    assert.ok(project);
    const found = await place.organization.permissions.readProject(checkpoint, project);
    assert.deepEqual(
      found.map((permission) => permission.project_id),
      [project],
    );
    assert.equal(place.emulator.requests.at(-1)?.query.project_id, project);
    assert.deepEqual(await place.organization.permissions.readProject(checkpoint, 'proj_elsewhere'), []);
  });
});
