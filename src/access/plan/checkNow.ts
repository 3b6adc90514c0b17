import { Effects } from '../explain/effect';
import type { GatesSource } from '../explain/gates';
import type { Organization } from '../organization';
import { type CheckedPlan, checkPlan, grantsWithUnknownOwner } from './obstacles';
import type { Plan } from './plan';

/** What {@link checkNow} asks an organization. */
type Checking = GatesSource & Pick<Organization, 'ownerOf' | 'missingScopes' | 'endOf'>;

/** Checks a plan by all that is known of an organization now, without a request. */
export function checkNow(organization: Checking, plan: Plan): CheckedPlan {
  const effects = new Effects(organization, organization.permissions.now());
  return checkPlan(plan, {
    ownerOf: once((checkpoint) => organization.ownerOf(checkpoint)),
    missingScopes: organization.missingScopes,
    projects: organization.projects,
    now: organization.permissions.now(),
    endOf: once((checkpoint) => organization.endOf(checkpoint)),
    ineffectiveBy: (checkpoint, project) => effects.ineffectiveBy({ checkpoint, project }),
  });
}

/** Asks once for each checkpoint: a plan may have thousands of steps of one. */
function once<T>(ask: (checkpoint: string) => T): (checkpoint: string) => T {
  const known = new Map<string, T>();
  return (checkpoint) => {
    const before = known.get(checkpoint);
    if (before !== undefined || known.has(checkpoint)) return before as T;
    const answer = ask(checkpoint);
    known.set(checkpoint, answer);
    return answer;
  };
}

/** How many checkpoints a plan grants access to while their owner is unknown. */
export function unknownOwnersIn(organization: Pick<Organization, 'ownerOf'>, plan: Plan): number {
  return grantsWithUnknownOwner(plan, (checkpoint) => organization.ownerOf(checkpoint)).size;
}
