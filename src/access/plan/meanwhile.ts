import type { Permission } from '../api';
import { type Listing, provesMissing } from '../loading/listing';
import type { Step } from './plan';

/** Something that somebody else changed between the making of a plan and its reading back. */
export interface Meanwhile {
  readonly action: 'granted' | 'revoked';
  readonly checkpoint: string;
  readonly permission: Permission;
}

/**
 * What others changed for a checkpoint between two readings of its list, with a plan's own steps in between. Where one of
 * the lists was not read far enough to tell, nothing is claimed.
 */
export function meanwhile(
  checkpoint: string,
  before: Listing,
  after: Listing,
  steps: readonly Step[],
): Meanwhile[] {
  const had = new Set(before.permissions.map(({ id }) => id));
  const has = new Set(after.permissions.map(({ id }) => id));
  // A row out of order in one of them shows that the order of the other proves nothing.
  const areInOrder = before.isNewestFirst && after.isNewestFirst;
  const isProvenAbsent = (listing: Listing, permission: Permission): boolean =>
    (areInOrder || listing.ending.kind === 'complete') && provesMissing(listing, permission);
  const here = steps.filter((step) => step.checkpoint === checkpoint);
  // What a step of the plan was about has an outcome of its own.
  const granted = new Set(here.filter(({ action }) => action === 'grant').map(({ project }) => project));
  const revoked = new Set(here.map((step) => (step.action === 'revoke' ? step.permissionId : '')));
  const appeared = after.permissions.filter(
    (permission) =>
      !had.has(permission.id) && !granted.has(permission.project_id) && isProvenAbsent(before, permission),
  );
  const vanished = before.permissions.filter(
    (permission) =>
      !has.has(permission.id) && !revoked.has(permission.id) && isProvenAbsent(after, permission),
  );
  return [
    ...appeared.map((permission) => ({ action: 'granted' as const, checkpoint, permission })),
    ...vanished.map((permission) => ({ action: 'revoked' as const, checkpoint, permission })),
  ];
}
