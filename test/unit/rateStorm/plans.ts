import assert from 'node:assert/strict';
import { type Plan, planGrants, planRevokes } from '../../../src/access/plan/plan';
import type { Permission } from '../../../src/openai';
import { projectsOnServer } from '../access/support';
import type { Storm } from './storm';

const revokedEach = 3;

/** Three grants and three revokes for each of the ten checkpoints. */
function planFor({ checkpoints, projects }: Storm, newestOf: (index: number) => readonly Permission[]): Plan {
  const revoked = checkpoints.flatMap((checkpoint, index) =>
    newestOf(index)
      .slice(0, revokedEach)
      .map((permission) => ({ checkpoint, permission })),
  );
  return { steps: [...planGrants(checkpoints, projects).steps, ...planRevokes(revoked).steps] };
}

/** The plan of a user who loaded each checkpoint: ten concurrent reads. */
export async function lookAndPlan(storm: Storm): Promise<Plan> {
  const { checkpoints, organization } = storm;
  const listings = await Promise.all(checkpoints.map((id) => organization.permissions.read(id)));
  return planFor(storm, (index) => listings[index]?.permissions ?? []);
}

/** The same plan without requests. */
export function planUnseen(storm: Storm): Plan {
  const { checkpoints } = storm.emulator.organization.state;
  const newest = storm.checkpoints.map((id) => checkpoints.get(id)?.permissions.all().toReversed() ?? []);
  return planFor(storm, (index) => newest[index] ?? []);
}

/** The requests of a plan, as in a tally: one for all grants of a checkpoint, one for each revoke. */
export function changesOf(plan: Plan): string[] {
  const path = (checkpoint: string) => `/v1/fine_tuning/checkpoints/${checkpoint}/permissions`;
  const requests = plan.steps.map((step) =>
    step.action === 'grant'
      ? `POST ${path(step.checkpoint)}`
      : `DELETE ${path(step.checkpoint)}/${step.permissionId}`,
  );
  return [...new Set(requests)];
}

/** The server has the planned permissions, and the store has those of the server. */
export function assertAsPlanned({ emulator, organization, checkpoints, projects }: Storm, plan: Plan): void {
  for (const id of checkpoints) {
    const onServer = projectsOnServer(emulator, id);
    const revoked = plan.steps.filter((step) => step.action === 'revoke' && step.checkpoint === id);
    assert.equal(onServer.length, 10 - revokedEach + projects.length);
    for (const project of projects) assert.ok(onServer.includes(project));
    for (const { project } of revoked) assert.ok(!onServer.includes(project));
    const { listing, failure } = organization.permissions.snapshot(id);
    assert.equal(failure, undefined);
    assert.equal(listing?.ending.kind, 'complete');
    assert.deepEqual(listing?.permissions.map((each) => each.project_id).toReversed(), onServer);
  }
}
