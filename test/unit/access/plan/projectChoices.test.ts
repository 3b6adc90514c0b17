import assert from 'node:assert/strict';
import { accessOf, type ProjectChoice, projectChoices } from '../../../../src/access/plan/projectChoices';
import { checkpoint, projectsOnServer, usePlace } from '../support';

const other = `${checkpoint}:ckpt-step-8`;

describe('the projects to choose from', () => {
  const place = usePlace(0);
  const names = (choices: readonly ProjectChoice[]) =>
    choices.map(({ project, has }) => (has ? `${project.name} ${has}` : project.name));

  async function prepare(): Promise<void> {
    const { state } = place.emulator.organization;
    state.projects.clear();
    const [two, ten, all, gone, alsoGone] = [
      state.addProject('Project 2').id,
      state.addProject('project 10').id,
      state.addProject('All').id,
      state.addProject('Gone', 1, 2).id,
      state.addProject('Also gone', 1, 2).id,
    ];
    for (const [id, permissions] of [
      [checkpoint, [all, ten, gone]],
      [other, [all, gone]],
    ] as const)
      place.emulator.organization.addCheckpoint(id, { permissions, owner: two });
    assert.ok(alsoGone);
    await Promise.all([checkpoint, other].map((id) => place.organization.permissions.read(id)));
    await place.organization.projects.read();
  }

  it('are in order of name, with how many of the checkpoints they have access to, archived ones apart', async () => {
    await prepare();
    const { withoutAccess, withAccess, archived } = projectChoices(place.organization, [checkpoint, other]);
    assert.deepEqual(names(withoutAccess), ['Project 2', 'project 10 1']);
    assert.deepEqual(names(withAccess), ['All 2', 'Gone 2']);
    assert.deepEqual(names(archived), ['Also gone']);
  });

  it('have access to none before the lists were read, and are none before they were read themselves', async () => {
    assert.deepEqual(projectChoices(place.organization, [checkpoint]), {
      withoutAccess: [],
      withAccess: [],
      archived: [],
    });
    assert.equal(accessOf(place.organization.permissions, [checkpoint]).size, 0);
    assert.equal(place.emulator.requests.length, 0);
  });

  it('count a project with two permissions once', async () => {
    await prepare();
    const { state } = place.emulator.organization;
    const [first = ''] = projectsOnServer(place.emulator);
    const list = state.checkpoints.get(checkpoint);
    assert.ok(list);
    state.addPermission(list, first);
    await place.organization.permissions.readAgain(checkpoint);
    assert.equal(accessOf(place.organization.permissions, [checkpoint]).get(first), 1);
  });
});
