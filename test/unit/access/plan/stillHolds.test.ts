import assert from 'node:assert/strict';
import { failedCheckpoint } from '../../../../src/access/failedCheckpoint';
import { readCompleteList } from '../../../../src/access/loading/currentAccess';
import type { Listing } from '../../../../src/access/loading/listing';
import { type Basis, basisOfAccess, currentBasis } from '../../../../src/access/plan/basis';
import { planCheckpointCopy } from '../../../../src/access/plan/copyAccess';
import { planNamedRevokes } from '../../../../src/access/plan/namedRevokes';
import { type Plan, planGrants, planRevokes } from '../../../../src/access/plan/plan';
import { agesOnConfirm, differenceOf, stillHolds } from '../../../../src/access/plan/stillHolds';
import { atOnce } from '../../../../src/access/slices';
import { previewAge, sourceAge } from '../../../../src/access/thresholds';
import { IncompleteListError } from '../../../../src/openai/index';
import { cursorTraps } from '../../../emulator/index';
import { checkpoint, usePlace } from '../support';
import { World } from './world';

const minute = 60_000;

describe('a plan whose preview stands open', () => {
  let world: World;
  let from = '';
  let to = '';
  beforeEach(async () => {
    world = new World(2, 3);
    [from = '', to = ''] = world.checkpoints;
    for (const project of world.projects.slice(0, 2)) world.grant(from, project);
    world.grant(to, world.projects[2] ?? '');
    world.passTime(60);
    await world.read();
  });
  afterEach(() => world.organization.dispose());

  const store = () => world.organization.permissions;

  function copy(): Plan {
    const listed = (id: string) => store().snapshot(id).listing?.permissions ?? [];
    const plan = planCheckpointCopy(listed(from), { checkpoint: to, permissions: listed(to) }, 'keep');
    const basis = new Map<string, Basis>([
      [from, { ...currentBasis(store(), from), isSource: true }],
      [to, currentBasis(store(), to) ?? {}],
    ]);
    return { ...plan, basis };
  }
  const grant = (): Plan => ({
    ...planGrants([to], world.projects.slice(0, 1)),
    basis: new Map([[to, currentBasis(store(), to) ?? {}]]),
  });

  it('Truth 6: holds for minutes where it changes a list, and for seconds where a list decided it', () => {
    const [copying, granting] = [copy(), grant()];
    assert.ok(stillHolds(copying, store()) && stillHolds(granting, store()));
    assert.deepEqual([from, to, 'ft:other'].map(agesOnConfirm(copying)), [
      sourceAge,
      previewAge,
      Number.POSITIVE_INFINITY,
    ]);
    world.passTime((sourceAge + 1) / minute);
    assert.ok(!stillHolds(copying, store()));
    assert.ok(stillHolds(granting, store()));
    world.passTime((previewAge - sourceAge) / minute);
    assert.ok(!stillHolds(granting, store()));
  });

  it('Truth 6: does not hold when its source was loaded again while the other list was', async () => {
    world.passTime(60);
    const made = async (source: Listing): Promise<Plan> => {
      const target = await readCompleteList(store(), to);
      const { permissions } = target;
      const plan = planCheckpointCopy(source.permissions, { checkpoint: to, permissions }, 'keep');
      const basis = new Map<string, Basis>([
        [from, { listing: source, isSource: true }],
        [to, { listing: target }],
      ]);
      assert.equal(plan.steps.length, 2);
      return { ...plan, basis };
    };
    const source = await readCompleteList(store(), from);
    assert.ok(stillHolds(await made(source), store()));
    // Somebody else, and a person who refreshes meanwhile.
    world.revoke(from, world.projects[0] ?? '');
    await store().readAgain(from);
    assert.ok(!stillHolds(await made(source), store()));
  });

  it('Truth 6: does not hold when a list was read again, dropped or changed by us, or the clock was set back', async () => {
    const plan = grant();
    world.passTime(-1 / 60);
    assert.ok(!stillHolds(plan, store()), 'of an unknown age');
    world.passTime(1 / 60);
    store().changed(to);
    assert.ok(!stillHolds(plan, store()));
    await store().readAgain(to);
    assert.ok(!stillHolds(plan, store()));
    assert.ok(stillHolds(grant(), store()));
    const latest = grant();
    store().forget(to);
    assert.ok(!stillHolds(latest, store()));
  });

  it('Truth 6: does not hold when nothing is known of what it was made from', () => {
    assert.ok(!stillHolds(planGrants([to], world.projects.slice(0, 1)), store()));
  });

  it('Truth 6: an answer about one project counts with its own age', async () => {
    const [project = ''] = world.projects;
    const at = world.now();
    const basis = basisOfAccess({ snapshot: () => ({ reading: false }) }, to, new Map([[project, []]]), at);
    const plan: Plan = { ...planGrants([to], [project]), basis: new Map([[to, basis]]) };
    assert.ok(stillHolds(plan, store()));
    world.passTime((previewAge + 1) / minute);
    assert.ok(!stillHolds(plan, store()));
  });

  it('Truth 6: differs by what was added and removed; what was cleared may go without a word', async () => {
    const shown = copy();
    const [gone, stays] = shown.steps;
    assert.ok(gone && stays);
    world.revoke(from, gone.project);
    await world.read();
    const again = copy();
    assert.deepEqual(atOnce(differenceOf(shown, again, () => true)), { added: [], removed: [gone] });
    assert.equal(atOnce(differenceOf(shown, again, (step) => step !== gone)), undefined);
    assert.deepEqual(atOnce(differenceOf(again, shown, () => true)), { added: [gone], removed: [] });
    assert.equal(atOnce(differenceOf(shown, copy(), (step) => step !== gone)), undefined);
  });

  describe('revokes of named permissions', () => {
    const named = (project: string, known = true) => {
      const permissionId = world.permissions(from).find((each) => each.project === project)?.id ?? '';
      return { checkpoint: from, permissionId, ...(known && { project }) };
    };
    const anyAge = () => previewAge;

    it('Truth 6: cost no request while the list is young, and are planned again from a list that is old', async () => {
      const [one = '', other = ''] = world.projects;
      const names = [named(one), named(other)];
      const first = await planNamedRevokes(names, store(), anyAge);
      assert.equal(first.plan.steps.length, 2);
      assert.deepEqual(world.requests, []);
      world.passTime((previewAge + 1) / minute);
      world.revoke(from, one);
      const again = await planNamedRevokes(names, store(), anyAge);
      assert.deepEqual(again.gone, [names[0]]);
      assert.deepEqual(world.requests, ['GET 200']);
      assert.deepEqual(atOnce(differenceOf(first.plan, again.plan, () => true))?.removed, [
        first.plan.steps[0],
      ]);
    });

    it('Truth 9: have the project and date of the server, whatever the caller said', async () => {
      const [one = '', other = ''] = world.projects;
      const { permissionId } = named(one);
      const { plan } = await planNamedRevokes([{ checkpoint: from, permissionId }], store(), anyAge);
      const { permissions } = (await store().read(from)) ?? { permissions: [] };
      const permission = permissions.find(({ id }) => id === permissionId);
      assert.ok(permission);
      assert.deepEqual(plan.steps, planRevokes([{ checkpoint: from, permission }]).steps);
      const wrong = { checkpoint: from, permissionId: 'cp_none', project: other };
      assert.deepEqual((await planNamedRevokes([wrong], store(), anyAge)).gone, [wrong]);
    });

    it('Truth 9: are found by project or in the rest of the list where only a part is loaded', async () => {
      const far = new World(1, 130);
      const [checkpoint = ''] = far.checkpoints;
      for (const project of far.projects) far.grant(checkpoint, project);
      far.passTime(60);
      const { permissions } = far.organization;
      await permissions.read(checkpoint);
      const [oldest] = far.permissions(checkpoint);
      assert.ok(oldest);
      const name = { checkpoint, permissionId: oldest.id };
      far.requests.length = 0;
      const byProject = await planNamedRevokes([{ ...name, project: oldest.project }], permissions, anyAge);
      assert.equal(byProject.plan.steps.length, 1);
      assert.equal(far.requests.length, 1);
      const byReadingOn = await planNamedRevokes([name], permissions, anyAge);
      assert.deepEqual(byReadingOn.plan.steps, byProject.plan.steps);
      // The next page, and a look whether the list changed while it was loaded.
      assert.equal(far.requests.length, 3);
      far.organization.dispose();
    });
  });
});

describe('Truth 9: revokes of named permissions that a list did not reach before it broke off', () => {
  const place = usePlace(250);
  const store = () => place.organization.permissions;
  const breakOff = () => place.emulator.fail('permissions.list', cursorTraps.standingCursor, 2);
  const oldest = (count: number) => {
    const all = place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    return all
      .slice(0, count)
      .map(({ id, project_id: project }) => ({ checkpoint, permissionId: id, project }));
  };
  const plan = (names: Parameters<typeof planNamedRevokes>[0]) =>
    planNamedRevokes(names, store(), () => previewAge);

  it('are found by project, however many, and only what the server says is gone is gone', async () => {
    const names = oldest(5);
    const [{ project } = { project: '' }] = names;
    const wrong = { checkpoint, permissionId: 'cp_none', project };
    breakOff();
    const revokes = await plan([...names, wrong]);
    assert.equal(store().snapshot(checkpoint).listing?.ending.kind, 'incomplete');
    assert.deepEqual(
      revokes.plan.steps.map((step) => step.action === 'revoke' && step.permissionId),
      names.map(({ permissionId }) => permissionId),
    );
    assert.deepEqual(revokes.gone, [wrong]);
    assert.equal(place.emulator.requests.length, 2 + names.length, 'one request for each project');
  });

  it('are an error where no project is known to ask about', async () => {
    const [{ permissionId } = { permissionId: '' }] = oldest(1);
    breakOff();
    await assert.rejects(plan([{ checkpoint, permissionId }]), (error) => {
      assert.ok(error instanceof IncompleteListError);
      assert.equal(failedCheckpoint(error), checkpoint);
      return true;
    });
  });

  it('need nothing more where the list reached them', async () => {
    const { permissions } = place.emulator.organization.state.checkpoints.get(checkpoint) ?? {};
    const { id: permissionId = '' } = permissions?.all().at(-1) ?? {};
    breakOff();
    await store().readAll(checkpoint);
    assert.equal((await plan([{ checkpoint, permissionId }])).plan.steps.length, 1);
    assert.equal(place.emulator.requests.length, 2);
  });
});
