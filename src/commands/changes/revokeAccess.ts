import type { Permission } from '../../access/api';
import type { Organization } from '../../access/organization';
import { keptPermissions, type PermissionName, planNamedRevokes } from '../../access/plan/namedRevokes';
import type { Plan } from '../../access/plan/plan';
import { previewAge } from '../../access/thresholds';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import type { MadePlan, PlanReading } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import {
  checkpointAbove,
  type ModelTarget,
  modelTarget,
  namedPermission,
  targets,
} from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickPermissions } from '../shared/pickPermissions';
import type { Command, Services } from '../shared/services';

/** Revokes the permissions it was called on, or asks for permissions of a checkpoint. */
export const revokeAccess: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'permission');
  const rows = targets(services, target, selection, 'checkpoint', 'range', 'more', 'none', 'failure');
  const models = targets(services, target, selection, 'model');
  const named = nodes.length + rows.length + models.length > 0 ? undefined : namedPermission(target);
  const organization = await organizationInView(services, [...nodes, ...rows, ...models], named);
  if (!organization) return;
  const chosen = named
    ? [named]
    : nodes.length > 0
      ? nodes.map(({ parent, permission }) => nameOf(parent.checkpoint.id, permission))
      : await choose(
          organization,
          rows.map(checkpointAbove).find((id) => id !== undefined),
          modelTarget(services, models),
        );
  if (!chosen) return;
  await previewRevokes(services, organization, chosen);
};

/** Previews the revoking of permissions, and applies what is confirmed. Those that are gone are skipped. */
export async function previewRevokes(
  services: Services,
  organization: Organization,
  chosen: readonly PermissionName[],
): Promise<void> {
  const make = async ({ maxAge, signal }: PlanReading): Promise<MadePlan> => {
    const { plan, gone } = await planNamedRevokes(chosen, organization.permissions, maxAge, signal);
    const skipped =
      gone.length === 0
        ? []
        : [
            words.permissionsGone(
              gone.map(({ permissionId }) => permissionId),
              [...new Set(gone.map(({ checkpoint }) => checkpoint))],
              organization,
            ),
          ];
    return {
      plan,
      notes: [...consequences(organization, plan), ...skipped],
      nothing: sentences(...skipped, words.nothingSent),
    };
  };
  await previewAndApply(services, organization, make, { maxAge: previewAge });
}

/** Notes for the preview. A project with a second permission keeps its access. */
function consequences(organization: Organization, plan: Plan): string[] {
  const keep = keptPermissions(plan, organization.permissions).map(({ project, id }) =>
    words.keepsAccess(organization, project, id),
  );
  return [[words.newIdWhenGrantedAgain, ...new Set(keep)].join('\n')];
}

async function choose(
  organization: Organization,
  given: string | undefined,
  model: ModelTarget | undefined,
): Promise<PermissionName[] | undefined> {
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
  return permissions?.map((permission) => nameOf(checkpoint, permission));
}

/** The name of a permission that the server listed for a checkpoint. */
function nameOf(checkpoint: string, { id, project_id }: Permission): PermissionName {
  return { checkpoint, permissionId: id, project: project_id };
}
