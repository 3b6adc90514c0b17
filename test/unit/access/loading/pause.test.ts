import assert from 'node:assert/strict';
import { NoLongerShownError } from '../../../../src/access/loading/snapshot';
import { apply } from '../../../../src/access/plan/apply';
import { planRevokes } from '../../../../src/access/plan/plan';
import { checkpoint, newProjects, usePlace } from '../support';

describe('an organization that rests while another is shown', () => {
  const place = usePlace(150);
  const requests = () => place.emulator.requests.length;

  it('keeps what is known, and costs no request when it is shown again', async () => {
    const { organization } = place;
    const listing = await organization.permissions.read(checkpoint);
    const projects = await organization.projects.read();
    const before = requests();
    organization.pause();
    organization.resume();
    assert.equal(await organization.permissions.read(checkpoint), listing);
    assert.equal((await organization.projects.read()).projects, projects.projects);
    assert.equal(requests(), before);
  });

  it('asks nothing meanwhile', async () => {
    const { organization } = place;
    const [project = ''] = newProjects(place.emulator, 1);
    organization.pause();
    const { permissions, projects } = organization;
    await assert.rejects(permissions.read(checkpoint), NoLongerShownError);
    await assert.rejects(permissions.readAgain(checkpoint), NoLongerShownError);
    await assert.rejects(permissions.readProject(checkpoint, project), NoLongerShownError);
    assert.ok((await projects.read()).failure instanceof NoLongerShownError);
    assert.equal(requests(), 0);
    organization.resume();
    assert.equal((await permissions.read(checkpoint)).permissions.length, 100);
    assert.equal((await projects.read()).failure, undefined);
  });

  it('takes over no answer that was under way, also when it is shown again before the answer comes', async () => {
    const { organization, emulator } = place;
    const { permissions, projects } = organization;
    const gate = emulator.hold(undefined, 'processed');
    const [project = ''] = newProjects(emulator, 1);
    const asked = [permissions.read(checkpoint), permissions.readProject(checkpoint, project)];
    const named = projects.read();
    await emulator.requested(3);
    organization.pause();
    organization.resume();
    assert.deepEqual(permissions.snapshot(checkpoint), { reading: false });
    assert.deepEqual([projects.snapshot.reading, projects.snapshot.failure], [false, undefined]);
    gate.release();
    for (const each of asked) await assert.rejects(each, NoLongerShownError);
    assert.equal((await named).readAt, undefined);
    assert.equal(permissions.snapshot(checkpoint).listing, undefined);
    // No failure is stored, so the next read sends a request.
    assert.equal((await permissions.read(checkpoint)).permissions.length, 100);
    assert.ok((await projects.read()).projects.size > 0);
  });

  it('gives an old listing to nobody who asked for a new one', async () => {
    const { permissions } = place.organization;
    const old = await permissions.read(checkpoint);
    const gate = place.emulator.hold(undefined, 'processed');
    const asked = permissions.readAgain(checkpoint);
    await place.emulator.requested(2);
    place.organization.pause();
    gate.release();
    await assert.rejects(asked, NoLongerShownError);
    assert.equal(permissions.snapshot(checkpoint).listing, old);
  });

  it('ends a plan before its next request, and knows of the change that was sent', async () => {
    const { organization, emulator } = place;
    const { permissions } = await organization.permissions.read(checkpoint);
    const plan = planRevokes(permissions.slice(0, 3).map((permission) => ({ checkpoint, permission })));
    const gate = emulator.hold('permissions.delete', 'processed');
    const target = { api: organization.api, store: organization.permissions };
    const applying = apply(plan, target, { signal: organization.closed });
    await emulator.requested(1, 'permissions.delete');
    organization.pause();
    gate.release();
    const outcomes = await applying;
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['unverified', 'notSent', 'notSent'],
    );
    assert.equal(requests(), 2, 'nothing is read back for a view that shows something else');
    organization.resume();
    assert.equal(organization.closed.aborted, false);
    assert.equal(organization.permissions.snapshot(checkpoint).beforeChange, true, 'the old list says so');
  });

  it('is not brought back once it was let go of', async () => {
    place.organization.dispose();
    place.organization.resume();
    await assert.rejects(place.organization.permissions.read(checkpoint), NoLongerShownError);
    assert.ok((await place.organization.projects.read()).failure);
    assert.equal(requests(), 0);
  });
});
