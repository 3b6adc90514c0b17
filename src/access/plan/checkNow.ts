import type { Organization } from '../organization';
import { type CheckedPlan, checkPlan, grantsWithUnknownOwner } from './obstacles';
import type { Plan } from './plan';

/** What {@link checkNow} asks an organization. */
type Checking = Pick<Organization, 'ownerOf' | 'missingScopes' | 'projects' | 'permissions' | 'endOf'>;

/** Checks a plan by all that is known of an organization now, without a request. */
export function checkNow(organization: Checking, plan: Plan): CheckedPlan {
  return checkPlan(plan, {
    ownerOf: (checkpoint) => organization.ownerOf(checkpoint),
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    endOf: (checkpoint) => organization.endOf(checkpoint),
  });
}

/** How many checkpoints a plan grants access to while their owner is unknown. */
export function unknownOwnersIn(organization: Pick<Organization, 'ownerOf'>, plan: Plan): number {
  return grantsWithUnknownOwner(plan, (checkpoint) => organization.ownerOf(checkpoint)).size;
}
