import { type AccessKind, accessKindOf } from '../accessKind';
import type { Permission } from '../api';
import { isRecent } from '../loading/standing';
import type { Organization } from '../organization';
import { decisionAge } from '../thresholds';
import { type Plan, planRevokes } from './plan';

/** A plan that revokes all access of projects, and the access that it can't revoke. */
export interface AllRevoked {
  readonly plan: Plan;
  /** The checkpoints that one of the projects owns, with it: it has access without a permission. */
  readonly owned: readonly { readonly checkpoint: string; readonly project: string }[];
  /** The checkpoints whose owner is unknown, which may be one of the projects. */
  readonly mayOwn: readonly string[];
}

/**
 * Plans revokes of every permission of the projects. `current`: for each checkpoint all permissions of theirs. `ownerOf`:
 * undefined while the owner is unknown.
 */
export function planAllRevokes(
  current: ReadonlyMap<string, readonly Permission[]>,
  projects: readonly string[],
  ownerOf: (checkpoint: string) => string | undefined,
): AllRevoked {
  const leaving = new Set(projects);
  const revokes: { checkpoint: string; permission: Permission }[] = [];
  const owned: AllRevoked['owned'][number][] = [];
  const mayOwn: string[] = [];
  for (const [checkpoint, permissions] of current) {
    const theirs = permissions.filter(({ project_id }) => leaving.has(project_id));
    for (const permission of theirs) revokes.push({ checkpoint, permission });
    const owner = ownerOf(checkpoint);
    if (owner !== undefined && leaving.has(owner)) owned.push({ checkpoint, project: owner });
    // An owner has no permission (docs/api.md#the-owning-project-cannot-be-granted).
    const granted = new Set(theirs.map(({ project_id }) => project_id));
    const kindOf = (project: string): AccessKind => accessKindOf(project, owner, granted.has(project), true);
    if (projects.some((project) => kindOf(project) === 'notGranted')) mayOwn.push(checkpoint);
  }
  return { plan: planRevokes(revokes), owned, mayOwn };
}

/** The checkpoints in the list whose permissions must be loaded before they can decide all that a project has. */
export function toLoadForAll({
  catalog,
  permissions,
}: Pick<Organization, 'catalog' | 'permissions'>): string[] {
  const now = permissions.now();
  return catalog.ids.filter((id) => {
    const snapshot = permissions.snapshot(id);
    return snapshot.listing?.ending.kind !== 'complete' || !isRecent(snapshot, now, decisionAge);
  });
}
