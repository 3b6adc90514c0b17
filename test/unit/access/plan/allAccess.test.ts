import assert from 'node:assert/strict';
import type { Permission } from '../../../../src/access/api';
import { planAllRevokes, toLoadForAll } from '../../../../src/access/plan/allAccess';
import { decisionAge } from '../../../../src/access/thresholds';
import { World } from './world';

const permission = (id: string, project_id: string): Permission => ({
  id,
  object: 'checkpoint.permission',
  created_at: 1,
  project_id,
});

describe('revoking all access of projects', () => {
  const current = new Map([
    ['ft:a', [permission('cp_1', 'proj_x'), permission('cp_2', 'proj_x'), permission('cp_3', 'proj_y')]],
    ['ft:b', [permission('cp_4', 'proj_z')]],
    ['ft:c', [permission('cp_5', 'proj_y')]],
  ]);
  const revoked = (...projects: string[]) =>
    planAllRevokes(current, projects, () => undefined).plan.steps.map((step) =>
      step.action === 'revoke' ? step.permissionId : step.action,
    );

  it('revokes every permission of theirs, and none of others', () => {
    assert.deepEqual(revoked('proj_x'), ['cp_1', 'cp_2']);
    assert.deepEqual(revoked('proj_x', 'proj_y'), ['cp_1', 'cp_2', 'cp_3', 'cp_5']);
    assert.deepEqual(revoked('proj_none'), []);
  });

  it('Truth 2: tells what they own or may own, which no revoke takes away', () => {
    const owners = new Map([
      ['ft:b', 'proj_x'],
      ['ft:c', 'proj_z'],
    ]);
    const all = (...projects: string[]) => planAllRevokes(current, projects, (id) => owners.get(id));
    assert.deepEqual(all('proj_x').owned, [{ checkpoint: 'ft:b', project: 'proj_x' }]);
    assert.deepEqual(all('proj_x').mayOwn, [], 'who has a permission is not the owner');
    assert.deepEqual(all('proj_z').mayOwn, ['ft:a']);
    assert.deepEqual(all('proj_x', 'proj_z').mayOwn, ['ft:a']);
  });

  it('Truth 4: counts a recent list as to load while it is not complete, because it does not have all', async () => {
    const world = new World(1, 130);
    const { organization, checkpoints } = world;
    const [checkpoint = ''] = checkpoints;
    try {
      await organization.catalog.add(checkpoints);
      for (const project of world.projects) world.grant(checkpoint, project);
      await organization.permissions.read(checkpoint);
      assert.deepEqual(toLoadForAll(organization), [checkpoint]);
      await organization.permissions.readAll(checkpoint);
      assert.deepEqual(toLoadForAll(organization), []);
    } finally {
      organization.dispose();
    }
  });

  it('Truth 4: loads only lists that are not recent', async () => {
    const world = new World(2, 1);
    const { organization, checkpoints } = world;
    const [first = '', second = ''] = checkpoints;
    try {
      await organization.catalog.add(checkpoints);
      assert.deepEqual(toLoadForAll(organization), [first, second]);
      await organization.permissions.read(first);
      assert.deepEqual(toLoadForAll(organization), [second]);
      const later = {
        ...organization.permissions,
        now: () => organization.permissions.now() + 2 * decisionAge,
      };
      const { catalog, permissions } = organization;
      const aged = { snapshot: (id: string) => permissions.snapshot(id), now: later.now };
      assert.deepEqual(toLoadForAll({ catalog, permissions: aged as typeof permissions }), [first, second]);
    } finally {
      organization.dispose();
    }
  });
});
