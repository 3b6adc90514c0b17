import assert from 'node:assert/strict';
import { currentAccess } from '../../../../src/access/loading/currentAccess';
import { loadProjectAccess } from '../../../../src/access/loading/loadProjectAccess';
import { IncompleteListError } from '../../../../src/openai/index';
import { itemId } from '../../../../src/views/shared/nodes';
import { gateways } from '../../../emulator/index';
import { checkpoint, projectsOnServer, usePlace } from '../support';

const never = new AbortController().signal;

describe('Truth 12: behind a gateway that ignores project_id', () => {
  const place = usePlace(2450, (emulator) => emulator.fail('permissions.list', gateways.ignoresProject));
  const store = () => place.organization.permissions;
  const requests = () => place.emulator.requests.length;
  /** 25 pages and the first one again, after the request that showed that the filter is ignored. */
  const once = 1 + 25 + 1;

  it('three projects cost one list', async () => {
    const [one = '', other = '', third = ''] = projectsOnServer(place.emulator);
    for (const project of [one, other, third, 'proj_elsewhere']) {
      const found = await store().readProject(checkpoint, project);
      assert.deepEqual(
        found.map(({ project_id }) => project_id),
        project === 'proj_elsewhere' ? [] : [project],
      );
    }
    assert.equal(requests(), once);
  });

  it('all who ask at the same time share one list', async () => {
    const projects = projectsOnServer(place.emulator).slice(0, 3);
    const found = await Promise.all(projects.map((each) => store().readProject(checkpoint, each)));
    assert.deepEqual(
      found.map((each) => each.length),
      [1, 1, 1],
    );
    assert.equal(requests(), once + 2, 'each had asked before the first answer came');
  });

  it('what is shown already is not read again', async () => {
    const projects = projectsOnServer(place.emulator).slice(0, 3);
    await currentAccess(store(), checkpoint, projects);
    assert.equal(requests(), once);
  });

  it('nothing is answered by a list from before a change', async () => {
    const [project = ''] = projectsOnServer(place.emulator);
    const [permission] = await store().readProject(checkpoint, project);
    place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.remove(permission?.id ?? '');
    store().changed(checkpoint);
    assert.deepEqual(await store().readProject(checkpoint, project), []);
  });

  it('the answer is as old as the list that it is from', async () => {
    const [one = '', other = ''] = projectsOnServer(place.emulator);
    await store().readProject(checkpoint, one);
    const readAt = store().snapshot(checkpoint).listing?.readAt;
    await loadProjectAccess(store(), other, [checkpoint], never, () => undefined);
    assert.equal(store().answers.get(checkpoint, other)?.at, readAt);
  });
});

describe('Truth 12: a gateway that filters what it has cut into pages', () => {
  const place = usePlace(450);

  const lastPageOnly = () => projectsOnServer(place.emulator)[0] ?? '';
  const firstPageOnly = () => projectsOnServer(place.emulator).at(-1) ?? '';

  it('is asked for the whole list once, whose pages are not empty', async () => {
    const { permissions } = place.organization;
    place.emulator.fail('permissions.list', gateways.filtersPages);
    assert.equal((await permissions.readProject(checkpoint, lastPageOnly())).length, 1);
    assert.deepEqual(await permissions.readProject(checkpoint, 'proj_elsewhere'), []);
    assert.equal(place.emulator.requests.length, 1 + 5 + 1);
  });

  it('is asked for the whole list where an answer ends with an empty page', async () => {
    place.emulator.fail('permissions.list', gateways.filtersPages);
    const found = await place.organization.permissions.readProject(checkpoint, firstPageOnly());
    assert.equal(found.length, 1);
  });
});

describe('Truth 12: two projects under one id', () => {
  const place = usePlace(3);

  it('are both shown, in rows of their own, and nothing is said to be absent', async () => {
    const store = place.organization.permissions;
    place.emulator.fail('permissions.list', gateways.together(gateways.ignoresProject, gateways.sameIds));
    const { permissions, ending } = await store.read(checkpoint);
    assert.equal(new Set(permissions.map(({ project_id }) => project_id)).size, 3);
    assert.deepEqual(ending, { kind: 'incomplete', reason: 'contradictoryRows' });
    const parent = { kind: 'checkpoint', organization: place.organization, checkpoint: {} } as never;
    const rows = permissions.map((permission) => itemId({ kind: 'permission', parent, permission }));
    assert.equal(new Set(rows).size, 3);
    await assert.rejects(store.readProject(checkpoint, 'proj_elsewhere'), IncompleteListError);
  });
});

describe('Truth 12: two projects of an organization under one id', () => {
  const place = usePlace(3);

  it('make the list of projects incomplete', async () => {
    place.emulator.fail('projects.list', gateways.sameIds);
    const { incomplete, failure } = await place.organization.projects.read();
    assert.deepEqual([incomplete, failure], ['contradictoryRows', undefined]);
  });
});
