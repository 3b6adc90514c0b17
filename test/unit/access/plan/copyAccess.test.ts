import assert from 'node:assert/strict';
import type { Permission } from '../../../../src/access/api';
import { readCompleteList } from '../../../../src/access/loading/currentAccess';
import { apply } from '../../../../src/access/plan/apply';
import { mayOwnSource, planCheckpointCopy, planProjectCopy } from '../../../../src/access/plan/copyAccess';
import { planGrants, type Step } from '../../../../src/access/plan/plan';
import { IncompleteListError } from '../../../../src/openai/index';
import { cursorTraps } from '../../../emulator/index';
import { checkpoint, newProjects, usePlace } from '../support';
import { World } from './world';

const permission = (id: string, project_id: string): Permission => ({
  id,
  object: 'checkpoint.permission',
  created_at: 1,
  project_id,
});
const inShort = (steps: readonly Step[]): string[] =>
  steps.map((step) =>
    [step.action, step.checkpoint, step.action === 'grant' ? step.project : step.permissionId].join(' '),
  );

describe('copying access', () => {
  const source = [permission('cp_1', 'proj_a'), permission('cp_2', 'proj_b')];
  const target = {
    checkpoint: 'ft:x',
    permissions: [permission('cp_3', 'proj_b'), permission('cp_4', 'proj_c'), permission('cp_5', 'proj_c')],
  };

  it('of a checkpoint adds what is missing, and takes the rest away only when asked to', () => {
    assert.deepEqual(inShort(planCheckpointCopy(source, target, 'keep').steps), ['grant ft:x proj_a']);
    assert.deepEqual(inShort(planCheckpointCopy(source, target, 'revoke').steps), [
      'grant ft:x proj_a',
      'revoke ft:x cp_4',
      'revoke ft:x cp_5',
    ]);
  });

  it('takes nothing from the owner of the source, which can use it without a permission', () => {
    assert.deepEqual(inShort(planCheckpointCopy(source, target, 'revoke', 'proj_c').steps), [
      'grant ft:x proj_a',
    ]);
    const current = new Map([['ft:own', [permission('cp_1', 'proj_b')]]]);
    const ownerOf = () => 'proj_a';
    assert.deepEqual(planProjectCopy(current, 'proj_a', 'proj_b', 'revoke', ownerOf).steps, []);
    assert.deepEqual(
      inShort(planProjectCopy(new Map([['ft:own', []]]), 'proj_a', 'proj_b', 'keep', ownerOf).steps),
      ['grant ft:own proj_b'],
    );
  });

  it('Truth 2: tells for which checkpoints the source may have access as the unknown owner', () => {
    const current = new Map([
      ['ft:source', [permission('cp_1', 'proj_a')]],
      ['ft:target', [permission('cp_2', 'proj_b')]],
      ['ft:neither', []],
      ['ft:other', []],
    ]);
    const ownerOf = (id: string) => (id === 'ft:other' ? 'proj_z' : undefined);
    const mayOwn = (extra: 'keep' | 'revoke') => mayOwnSource(current, 'proj_a', 'proj_b', extra, ownerOf);
    assert.deepEqual(mayOwn('keep'), { notCopied: ['ft:neither'], revoked: [] });
    assert.deepEqual(mayOwn('revoke'), { notCopied: ['ft:neither'], revoked: ['ft:target'] });
    const known = mayOwnSource(current, 'proj_a', 'proj_b', 'revoke', () => 'proj_a');
    assert.deepEqual(known, { notCopied: [], revoked: [] });
  });

  it('of a project leaves everybody else alone', () => {
    const current = new Map([
      ['ft:both', [permission('cp_1', 'proj_a'), permission('cp_2', 'proj_b')]],
      ['ft:source', [permission('cp_3', 'proj_a'), permission('cp_4', 'proj_z')]],
      ['ft:target', [permission('cp_5', 'proj_b'), permission('cp_6', 'proj_z')]],
      ['ft:neither', [permission('cp_7', 'proj_z')]],
    ]);
    assert.deepEqual(inShort(planProjectCopy(current, 'proj_a', 'proj_b', 'keep').steps), [
      'grant ft:source proj_b',
    ]);
    assert.deepEqual(inShort(planProjectCopy(current, 'proj_a', 'proj_b', 'revoke').steps), [
      'grant ft:source proj_b',
      'revoke ft:target cp_5',
    ]);
  });
});

describe('what is read to copy access', () => {
  const place = usePlace(250);
  const read = async () => (await readCompleteList(place.organization.permissions, checkpoint)).permissions;

  it('is the whole list, and what was read of it already is not read again', async () => {
    await place.organization.permissions.read(checkpoint);
    assert.equal((await read()).length, 250);
    assert.equal(place.emulator.requests.length, 4);
    await read();
    assert.equal(place.emulator.requests.length, 4);
  });

  it('is never a part of the list', async () => {
    place.emulator.fail('permissions.list', cursorTraps.emptyPage);
    await assert.rejects(read(), IncompleteListError);
  });

  it('does not take a project beyond the first page for one without access', async () => {
    const [project = ''] = newProjects(place.emulator, 1);
    const plan = planCheckpointCopy(await read(), { checkpoint, permissions: await read() }, 'revoke');
    assert.deepEqual(plan.steps, [], project);
  });
});

describe('requests of a plan', () => {
  it('30 grants over 3 checkpoints are 3 POSTs and 3 reads back', async () => {
    const world = new World(3, 10);
    const outcomes = await apply(planGrants(world.checkpoints, world.projects), world.organization.target);
    assert.equal(outcomes.length, 30);
    assert.deepEqual(world.requests, [...Array(3).fill('POST 200'), ...Array(3).fill('GET 200')]);
    world.organization.dispose();
  });
});
