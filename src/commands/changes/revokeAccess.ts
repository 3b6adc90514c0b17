import type { Permission } from '../../access/api';
import { permissionsOf } from '../../access/loading/listing';
import type { Organization } from '../../access/organization';
import { type Plan, planRevokes } from '../../access/plan/plan';
import * as words from '../../words/changes';
import { previewAndApply } from '../plan/previewPlan';
import { checkpointAbove, type ModelTarget, modelTarget, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickPermissions } from '../shared/pickPermissions';
import type { Command } from '../shared/services';

/** Revokes the permissions it was called on, or asks for permissions of a checkpoint. */
export const revokeAccess: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'permission');
  const rows = targets(services, target, selection, 'checkpoint', 'range', 'more', 'none', 'failure');
  const models = targets(services, target, selection, 'model');
  const organization = await organizationInView(services, [...nodes, ...rows, ...models]);
  if (!organization) return;
  const chosen =
    nodes.length > 0
      ? nodes.map(({ parent, permission }) => ({ checkpoint: parent.checkpoint.id, permission }))
      : await choose(
          organization,
          rows.map(checkpointAbove).find((id) => id !== undefined),
          modelTarget(services, models),
        );
  if (!chosen) return;
  const plan = planRevokes(chosen);
  await previewAndApply(services, organization, plan, { notes: consequences(organization, plan) });
};

/** Notes for the preview. A project with a second permission keeps its access. */
function consequences(organization: Organization, plan: Plan): string[] {
  const { permissions } = organization;
  const going = new Set(plan.steps.map((step) => (step.action === 'revoke' ? step.permissionId : '')));
  const keep = plan.steps.flatMap(({ checkpoint, project }) => {
    const { listing } = permissions.snapshot(checkpoint);
    const others = listing ? permissionsOf(listing, project).filter(({ id }) => !going.has(id)) : [];
    return others.map(({ id }) => words.keepsAccess(organization, project, id));
  });
  return [[words.newIdWhenGrantedAgain, ...new Set(keep)].join('\n')];
}

async function choose(
  organization: Organization,
  given: string | undefined,
  model: ModelTarget | undefined,
): Promise<{ checkpoint: string; permission: Permission }[] | undefined> {
  const checkpoint =
    given ??
    (
      await pickCheckpoints(organization, {
        title: words.revokeTitle,
        placeHolder: words.selectCheckpointToRevoke,
        several: false,
        model,
      })
    )?.[0];
  if (checkpoint === undefined) return undefined;
  const permissions = await pickPermissions(organization, checkpoint, words.revokeTitle);
  return permissions?.map((permission) => ({ checkpoint, permission }));
}
