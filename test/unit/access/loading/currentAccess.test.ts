import assert from 'node:assert/strict';
import { currentAccess } from '../../../../src/access/loading/currentAccess';
import { checkpoint, newProjects, projectsOnServer, usePlace } from '../support';

describe('the current access of projects', () => {
  const place = usePlace(250);

  it('costs nothing more when the whole list is known', async () => {
    const store = place.organization.permissions;
    await store.read(checkpoint);
    await store.readMore(checkpoint);
    await store.readMore(checkpoint);
    const [project = ''] = newProjects(place.emulator, 1);
    const access = await currentAccess(store, checkpoint, [project]);
    assert.deepEqual(access.get(project), []);
    assert.equal(place.emulator.requests.length, 4);
  });

  it('costs one request for one project that is not in the part that was read', async () => {
    const oldest = projectsOnServer(place.emulator)[0] ?? '';
    await place.organization.permissions.read(checkpoint);
    const access = await currentAccess(place.organization.permissions, checkpoint, [oldest]);
    assert.equal(access.get(oldest)?.length, 1);
    assert.equal(place.emulator.requests.length, 2);
  });

  it('reads on instead of asking for each of many projects', async () => {
    const projects = [...projectsOnServer(place.emulator).slice(0, 20), ...newProjects(place.emulator, 10)];
    const access = await currentAccess(place.organization.permissions, checkpoint, projects);
    assert.equal([...access.values()].filter((permissions) => permissions.length > 0).length, 20);
    assert.equal(place.emulator.requests.length, 4, 'three pages, and the first one again');
  });
});
