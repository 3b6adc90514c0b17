import assert from 'node:assert/strict';
import { currentAccess } from '../../../../src/access/loading/currentAccess';
import { basisOfAccess, knownOf } from '../../../../src/access/plan/basis';
import { cursorTraps } from '../../../emulator/index';
import { checkpoint, newProjects, projectsOnServer, usePlace } from '../support';

describe('the current access of projects', () => {
  const place = usePlace(250);

  it('costs nothing more when the whole list is known', async () => {
    const store = place.organization.permissions;
    await store.read(checkpoint);
    await store.readMore(checkpoint);
    await store.readMore(checkpoint);
    const [project = ''] = newProjects(place.emulator, 1);
    const { byProject } = await currentAccess(store, checkpoint, [project]);
    assert.deepEqual(byProject.get(project), []);
    assert.equal(place.emulator.requests.length, 4);
  });

  it('costs one request for one project that is not in the part that was read', async () => {
    const oldest = projectsOnServer(place.emulator)[0] ?? '';
    await place.organization.permissions.read(checkpoint);
    const { byProject } = await currentAccess(place.organization.permissions, checkpoint, [oldest]);
    assert.equal(byProject.get(oldest)?.length, 1);
    assert.equal(place.emulator.requests.length, 2);
  });

  it('reads on instead of asking for each of many projects', async () => {
    const projects = [...projectsOnServer(place.emulator).slice(0, 20), ...newProjects(place.emulator, 10)];
    const { byProject } = await currentAccess(place.organization.permissions, checkpoint, projects);
    assert.equal([...byProject.values()].filter((permissions) => permissions.length > 0).length, 20);
    assert.equal(place.emulator.requests.length, 4, 'three pages, and the first one again');
  });

  describe('of which one has a second permission on a later page', () => {
    /** Its first permission is the oldest of all, its second one the newest. */
    let project = '';
    beforeEach(() => {
      project = projectsOnServer(place.emulator)[0] ?? '';
      const { state } = place.emulator.organization;
      const found = state.checkpoints.get(checkpoint);
      assert.ok(found);
      state.addPermission(found, project);
    });
    const read = async (allOf: readonly string[], projects = [project]) => {
      const store = place.organization.permissions;
      const at = store.now();
      const { byProject, asked } = await currentAccess(store, checkpoint, projects, { allOf });
      const basis = basisOfAccess(store, checkpoint, asked, at);
      return { count: byProject.get(project)?.length, known: knownOf(basis, project) };
    };

    it('are asked about one by one where all permissions count, and the answers are the basis of the plan', async () => {
      await place.organization.permissions.read(checkpoint);
      const { count, known } = await read([project]);
      assert.deepEqual([count, known.ids.length, known.isAll], [2, 2, true]);
      assert.equal(place.emulator.requests.length, 2);
    });

    it('are not asked about where one permission suffices, which is no proof that there are no others', async () => {
      const { count, known } = await read([]);
      assert.deepEqual([count, known.isAll], [1, false]);
      assert.equal(place.emulator.requests.length, 1);
    });

    it('are not asked about when the whole list is known', async () => {
      await place.organization.permissions.readAll(checkpoint);
      const before = place.emulator.requests.length;
      const { count, known } = await read([project]);
      assert.deepEqual([count, known.isAll], [2, true]);
      assert.equal(place.emulator.requests.length, before);
    });

    it('are asked about one by one where the list breaks off', async () => {
      place.emulator.fail('permissions.list', cursorTraps.standingCursor, 2);
      const listing = await place.organization.permissions.readAll(checkpoint);
      assert.equal(listing.ending.kind, 'incomplete');
      const { count, known } = await read([project]);
      assert.deepEqual([count, known.isAll], [2, true]);
      assert.equal(place.emulator.requests.length, 3);
    });

    it('cost further pages when they are many', async () => {
      const projects = [project, ...projectsOnServer(place.emulator).slice(-20)];
      assert.equal((await read(projects, projects)).count, 2);
      assert.equal(place.emulator.requests.length, 4, 'three pages, and the first one again');
    });
  });
});
