import assert from 'node:assert/strict';
import { checkpointFactsIn } from '../../../../src/access/catalog/checkpointFacts';
import type { Filter } from '../../../../src/access/catalog/filter';
import { matchesFilter } from '../../../../src/access/catalog/matchesFilter';
import { accessState } from '../../../../src/access/loading/accessState';
import { faults } from '../../../emulator/index';
import { checkpoint, newProjects, organizationAt, usePlace } from '../support';

const base = 'ft:my-model-2025:org';
const bot = `${base}:support-bot:11111111`;
const step = `${bot}:ckpt-step-16`;
const reader = `${base}:reader:22222222`;
const now = Date.parse('2026-11-21T12:00:00Z');

describe('a filter', () => {
  const place = usePlace(0, ({ organization }) => {
    const project = organization.state.addProject('Harbour pilots').id;
    organization.addCheckpoint(bot, { permissions: [project] });
    organization.addCheckpoint(step);
    organization.addCheckpoint(reader, { permissions: 120 });
  });
  const ids = [bot, step, reader];
  beforeEach(() => {
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, ids);
  });

  function shownBy(filter: Filter, at = now): string[] {
    const { catalog, permissions } = place.organization;
    return checkpointFactsIn(catalog, permissions, at)
      .filter(matchesFilter(filter, place.organization, at))
      .map(({ checkpoint: { id } }) => id);
  }

  it('finds every word in a name, an id or a base model, whatever its case', () => {
    assert.deepEqual(shownBy({ text: 'SUPPORT' }), [bot, step]);
    assert.deepEqual(shownBy({ text: 'bot 16' }), [step]);
    assert.deepEqual(shownBy({ text: '2222' }), [reader]);
    assert.deepEqual(shownBy({ text: 'my-model' }), ids);
    assert.deepEqual(shownBy({ text: 'absent' }), []);
    assert.deepEqual(shownBy({ text: '  ' }), ids);
  });

  it('finds projects by id where permissions were read, and by name where the names were; it asks nobody', async () => {
    const { permissions, projects } = place.organization;
    assert.deepEqual(shownBy({ text: 'pilots' }), []);
    const [shared] = (await permissions.read(bot)).permissions;
    assert.ok(shared);
    assert.deepEqual(shownBy({ text: shared.project_id }), [bot]);
    assert.deepEqual(shownBy({ text: 'pilots' }), []);
    await projects.read();
    const before = place.emulator.requests.length;
    assert.deepEqual(shownBy({ text: 'harbour pilots' }), [bot]);
    assert.deepEqual(shownBy({ text: 'ＨARBOUR p\u0131lots' }), [bot], 'Truth 27: folded');
    assert.equal(place.emulator.requests.length, before);
  });

  it('by project hides only what the server said the project cannot use', async () => {
    const { permissions } = place.organization;
    const [shared] = (await permissions.read(bot)).permissions;
    const project = shared?.project_id ?? '';
    assert.deepEqual(shownBy({ project }), ids, 'nothing is known of the others');
    await permissions.read(step);
    await permissions.read(reader);
    assert.deepEqual(shownBy({ project }), [bot, reader], 'the rest of a long list may have it');
    const put = permissions.answers.reserve(reader, project);
    put({ permissions: [], at: Date.now() + 1 });
    assert.deepEqual(shownBy({ project }), [bot]);
  });

  it('by project shows what could not be asked, and forgets answers when something was changed', async () => {
    const { permissions } = place.organization;
    const [project = ''] = newProjects(place.emulator, 1);
    permissions.answers.reserve(step, project)({ failure: new Error('no'), at: Date.now() });
    assert.ok(shownBy({ project }).includes(step));
    permissions.answers.reserve(step, project)({ permissions: [], at: Date.now() });
    assert.ok(!shownBy({ project }).includes(step));
    const late = permissions.answers.reserve(step, project);
    permissions.changed(step);
    late({ permissions: [], at: Date.now() });
    assert.ok(shownBy({ project }).includes(step), 'asked before the change, answered after it');
  });

  it('Truth 2: by project never hides what the project owns, and knows what it may own', async () => {
    const { catalog, permissions } = place.organization;
    const [project = ''] = newProjects(place.emulator, 1);
    for (const id of [bot, step]) await permissions.read(id);
    const known = (id: string) => accessState(place.organization, id, project).known;
    assert.deepEqual([bot, step, reader].map(known), ['notGranted', 'notGranted', 'unknown']);
    assert.deepEqual(shownBy({ project }), [reader]);
    await catalog.add([
      { id: bot, findings: [], owner: project },
      { id: step, findings: [], owner: 'proj_x' },
      { id: reader, findings: [], owner: project },
    ]);
    assert.deepEqual([bot, step, reader].map(known), ['owner', 'none', 'owner']);
    assert.deepEqual(shownBy({ project }), [bot, reader]);
  });

  it('a list from before a change, or one that failed, does not hide', async () => {
    const { permissions } = place.organization;
    await permissions.read(step);
    assert.ok(!shownBy({ project: 'proj_x' }).includes(step));
    permissions.changed(step);
    assert.ok(shownBy({ project: 'proj_x' }).includes(step));
    place.emulator.fail('permissions.list', faults.status(403), 1);
    await permissions.read(bot).catch(() => undefined);
    assert.ok(shownBy({ project: 'proj_x' }).includes(bot));
  });

  it('by the end shows what is shared or was not read, and neither what has ended nor what ends later', async () => {
    const soon = 'ft:gpt-4.1-2025-04-14:org:soon:33333333';
    const unshared = 'ft:gpt-4.1-2025-04-14:org:unshared:44444444';
    const gone = 'ft:gpt-3.5-turbo-0125:org:gone:55555555';
    place.emulator.organization.addCheckpoint(unshared);
    await place.organization.catalog.add([soon, unshared, gone]);
    assert.deepEqual(shownBy({ endsWithin: 60 }), [soon, unshared]);
    assert.deepEqual(shownBy({ endsWithin: 30 }), []);
    await place.organization.permissions.read(unshared);
    assert.deepEqual(shownBy({ endsWithin: 60 }), [soon]);
    await place.organization.catalog.add([{ id: reader, findings: [], shutdownDate: '2026-12-01' }]);
    assert.deepEqual(shownBy({ endsWithin: 60 }), [reader, soon]);
  });

  it('by the end shows what may have been shared since it was read, and what could not be read again', async () => {
    const end = 'ft:gpt-4.1-2025-04-14:org:later:66666666';
    place.emulator.organization.addCheckpoint(end);
    const { catalog, permissions } = place.organization;
    await catalog.add([end]);
    await permissions.read(end);
    assert.deepEqual(shownBy({ endsWithin: 60 }), []);
    permissions.changed(end);
    assert.deepEqual(shownBy({ endsWithin: 60 }), [end]);
    await permissions.readAgain(end);
    assert.deepEqual(shownBy({ endsWithin: 60 }), []);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await permissions.readAgain(end).catch(() => undefined);
    assert.deepEqual(shownBy({ endsWithin: 60 }), [end]);
  });

  it('by project or by the end hides nothing by what is older than a refresh', async () => {
    const end = 'ft:gpt-4.1-2025-04-14:org:older:77777777';
    place.emulator.organization.addCheckpoint(end);
    const { catalog, permissions } = place.organization;
    await catalog.add([end]);
    await permissions.read(end);
    for (const filter of [{ project: 'proj_x' }, { endsWithin: 60 }])
      assert.ok(!shownBy(filter).includes(end));
    permissions.outdate(end);
    for (const filter of [{ project: 'proj_x' }, { endsWithin: 60 }])
      assert.ok(shownBy(filter).includes(end));
  });

  it('tells those who show answers that answers were dropped', () => {
    const { permissions } = place.organization;
    let heard = 0;
    permissions.answers.onDidChange(() => {
      heard += 1;
    });
    permissions.answers.reserve(step, 'proj_x')({ permissions: [], at: now });
    permissions.forget(step);
    assert.equal(heard, 2);
    assert.equal(permissions.answers.get(step, 'proj_x'), undefined);
  });

  it('of a checkpoint that nothing is known of hides it by nothing but its own names', () => {
    assert.deepEqual(shownBy({ text: checkpoint }), []);
  });
});
