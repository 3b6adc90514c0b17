import type { Permission } from '../access/api';
import type { Organization } from '../access/organization';
import { planRevokes } from '../access/plan';
import { onSelection } from '../ids';
import { applyPlan } from './applyPlan';
import { confirmPlan } from './confirmPlan';
import { organizationInView } from './organizationInView';
import { pickCheckpoints } from './pickCheckpoint';
import { pickPermissions } from './pickPermissions';
import { removeFromList } from './removeFromList';
import type { Command } from './services';
import { targets } from './targets';

/**
 * Revokes permissions: those given, or those chosen after choosing a checkpoint. By its key on selected checkpoints,
 * which cannot be revoked, it removes them from the list.
 */
export const revoke: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'permission');
  if (target === onSelection && nodes.length === 0) {
    const checkpoints = targets(services, target, undefined, 'checkpoint');
    return checkpoints.length > 0 ? removeFromList(services, checkpoints[0], checkpoints) : undefined;
  }
  const organization = await organizationInView(services);
  if (!organization) return;
  const chosen =
    nodes.length > 0
      ? nodes.map(({ parent, permission }) => ({ checkpoint: parent.checkpoint.id, permission }))
      : await choose(organization, targets(services, target, undefined, 'checkpoint')[0]?.checkpoint.id);
  if (!chosen) return;
  const plan = planRevokes(chosen);
  const notes = [
    'These projects can no longer use the checkpoint. Granting access again makes new permission ids.',
  ];
  if (await confirmPlan(organization, plan, notes)) await applyPlan(services, organization, plan);
};

async function choose(
  organization: Organization,
  given: string | undefined,
): Promise<{ checkpoint: string; permission: Permission }[] | undefined> {
  const placeHolder = 'Choose the checkpoint to revoke permissions of';
  const checkpoint =
    given ?? (await pickCheckpoints(organization, { title: 'Revoke', placeHolder, several: false }))?.[0];
  if (checkpoint === undefined) return undefined;
  const permissions = await pickPermissions(organization, checkpoint, 'Revoke');
  return permissions?.map((permission) => ({ checkpoint, permission }));
}
