import assert from 'node:assert/strict';
import { areProjectsCertain } from '../../../../src/access/loading/projectsStanding';
import { cursorTraps, faults } from '../../../emulator/index';
import { organizationAt, usePlace } from '../support';

describe('the directory of projects', () => {
  const place = usePlace(0, ({ organization: { state } }) => {
    for (let number = 0; number < 250; number += 1) state.addProject(`Project ${number}`);
    state.addProject('Gone', 1, 2);
  });
  const requests = () => place.emulator.requests.length;
  const named = (name: string) =>
    [...place.emulator.organization.state.projects.values()].find((each) => each.name === name)?.id ?? '';

  it('reads nothing before a name is wanted, then all pages once', async () => {
    const { projects } = place.organization;
    assert.equal(projects.nameOf(named('Project 7')), undefined);
    assert.equal(requests(), 0);
    const all = await Promise.all([projects.read(), projects.read()]);
    await projects.read();
    const { size } = place.emulator.organization.state.projects;
    assert.equal(requests(), Math.ceil(size / 100));
    assert.equal(all[0], all[1]);
    assert.equal(all[0]?.incomplete, undefined);
    assert.equal(all[0]?.projects.size, size);
    assert.equal(projects.nameOf(named('Project 7')), 'Project 7');
  });

  it('knows archived projects', async () => {
    const { projects } = place.organization;
    await projects.read();
    assert.equal(projects.isArchived(named('Gone')), true);
    assert.equal(projects.isArchived(named('Project 1')), false);
    assert.equal(projects.isArchived('proj_unknown'), false);
  });

  it('keeps a failure without asking again, until it is asked to', async () => {
    const { emulator, organization } = place;
    emulator.fail('projects.list', faults.status(500), 1);
    const failed = await organization.projects.read();
    assert.ok(failed.failure);
    assert.equal(failed.readAt, undefined);
    const sent = requests();
    await organization.projects.read();
    assert.equal(requests(), sent);
    const read = await organization.projects.readAgain();
    assert.equal(read.failure, undefined);
    assert.ok(read.projects.size > 250);
  });

  it('keeps what it knew when reading again fails, and says so', async () => {
    const { emulator, organization } = place;
    const before = await organization.projects.read();
    emulator.fail('projects.list', faults.status(500));
    const after = await organization.projects.readAgain();
    assert.equal(after.readAt, before.readAt);
    assert.equal(after.projects, before.projects);
    assert.ok(after.failure);
  });

  it('says that names are missing when a page of several fails', async () => {
    const { emulator, organization } = place;
    emulator.fail('projects.list', faults.status(500));
    emulator.fail('projects.list', { name: 'none', processed: true }, 1);
    const read = await organization.projects.read();
    assert.equal(read.projects.size, 100);
    assert.equal(read.incomplete, 'failed');
    assert.ok(read.failure);
  });

  it('says that names are missing when an announced page is empty', async () => {
    const { emulator, organization } = place;
    emulator.fail('projects.list', cursorTraps.emptyEnd);
    const read = await organization.projects.read();
    assert.deepEqual([read.projects.size, read.incomplete], [100, 'changedWhileLoading']);
    assert.equal(areProjectsCertain(read), false);
  });

  it('tells nobody of a reading that ends because the organization is no longer shown', async () => {
    const { emulator, organization } = place;
    emulator.hold('projects.list');
    const reading = organization.projects.read();
    await emulator.requested(1);
    organization.projects.onDidChange(() => assert.fail('it was told'));
    organization.dispose();
    assert.ok((await reading).failure);
    assert.equal(organization.projects.snapshot.failure, undefined);
  });

  it('asks nothing once the organization is no longer shown', async () => {
    const { organization } = place;
    organization.dispose();
    assert.ok((await organization.projects.read()).failure);
    assert.equal(requests(), 0);
  });
});

// A suite of its own, because the measured rate limit is shared by origin and key.
describe('the directory of projects behind a rate limit', () => {
  const place = usePlace(0, ({ organization: { state } }) => {
    for (let number = 0; number < 250; number += 1) state.addProject(`Project ${number}`);
  });

  it('keeps what was read before a wait that is cancelled, and says that names are missing', async () => {
    const { emulator } = place;
    const patient = organizationAt(emulator, [], Date.now, 1);
    emulator.fail('projects.list', faults.tooManyRequests({ retryAfter: 300 }));
    emulator.fail('projects.list', { name: 'none', processed: true }, 1);
    const waiting = new Promise<void>((resolve) => patient.projects.onDidChangeWaits(resolve));
    const reading = patient.projects.read();
    await waiting;
    assert.equal(patient.projects.waits[0]?.reason, 'rate-limit');
    patient.projects.cancelWaits();
    const read = await reading;
    assert.equal(read.projects.size, 100);
    assert.equal(read.incomplete, 'canceled');
    assert.match(String(read.failure), /abort/i);
    assert.deepEqual(patient.projects.waits, []);
    patient.dispose();
  });
});
