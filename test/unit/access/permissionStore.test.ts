import assert from 'node:assert/strict';
import { NotFoundError } from '../../../src/openai';
import { cursorTraps, faults } from '../../emulator';
import { checkpoint, usePlace } from './support';

describe('the permission store', () => {
  const place = usePlace(250);

  it('reads the first page of 250 with one request, each further page with one, a known page with none', async () => {
    const store = place.organization.permissions;
    assert.equal((await store.read(checkpoint)).permissions.length, 100);
    assert.equal(place.emulator.requests.length, 1);
    assert.deepEqual(place.emulator.requests[0]?.query, { limit: '100', order: 'descending' });
    await store.read(checkpoint);
    assert.equal(place.emulator.requests.length, 1);
    assert.equal((await store.readMore(checkpoint)).permissions.length, 200);
    assert.equal(place.emulator.requests.length, 2);
    const whole = await store.readMore(checkpoint);
    assert.equal(place.emulator.requests.length, 3);
    assert.deepEqual(whole.ending, { kind: 'complete' });
    assert.equal(new Set(whole.permissions.map(({ id }) => id)).size, 250);
    await store.readMore(checkpoint);
    assert.equal(place.emulator.requests.length, 3, 'there is nothing more to ask for');
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

  it('can be cancelled, which is a failure and not an empty list', async () => {
    place.emulator.hold();
    const read = place.organization.permissions.read(checkpoint);
    await place.emulator.requested(1);
    place.organization.permissions.cancel(checkpoint);
    await assert.rejects(read, /abort/i);
    assert.equal(place.organization.permissions.snapshot(checkpoint).listing, undefined);
    assert.ok(place.organization.permissions.snapshot(checkpoint).failure);
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
