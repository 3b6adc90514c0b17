import assert from 'node:assert/strict';
import { currentAccess } from '../../../src/access/currentAccess';
import type { Organization } from '../../../src/access/organization';
import { type Emulator, startEmulator } from '../../emulator';
import { checkpoint, newProjects, organizationAt, projectsOnServer } from './support';

describe('the current access of projects', () => {
  let emulator: Emulator;
  let organization: Organization;

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    emulator.organization.addCheckpoint(checkpoint, { permissions: 250 });
    organization = organizationAt(emulator);
  });
  afterEach(() => organization.dispose());

  it('costs nothing more when the whole list is known', async () => {
    const store = organization.permissions;
    await store.read(checkpoint);
    await store.readMore(checkpoint);
    await store.readMore(checkpoint);
    const [project = ''] = newProjects(emulator, 1);
    const access = await currentAccess(store, checkpoint, [project]);
    assert.deepEqual(access.get(project), []);
    assert.equal(emulator.requests.length, 3);
  });

  it('costs one request for one project that is not in the part that was read', async () => {
    const oldest = projectsOnServer(emulator)[0] ?? '';
    await organization.permissions.read(checkpoint);
    const access = await currentAccess(organization.permissions, checkpoint, [oldest]);
    assert.equal(access.get(oldest)?.length, 1);
    assert.equal(emulator.requests.length, 2);
  });

  it('reads on instead of asking for each of many projects', async () => {
    const projects = [...projectsOnServer(emulator).slice(0, 20), ...newProjects(emulator, 10)];
    const access = await currentAccess(organization.permissions, checkpoint, projects);
    assert.equal([...access.values()].filter((permissions) => permissions.length > 0).length, 20);
    assert.equal(emulator.requests.length, 3);
  });
});
