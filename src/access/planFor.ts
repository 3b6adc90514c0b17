import type { Permission } from './api';
import type { GrantStep, Plan, RevokeStep } from './plan';

/** Who has access now: for each checkpoint all of its permissions, or all those of the projects that are in question. */
export type Current = ReadonlyMap<string, readonly Permission[]>;

/** Who is to have access: for each checkpoint the projects, and no other. A checkpoint that is not in it stays as it is. */
export type Desired = ReadonlyMap<string, Iterable<string>>;

/**
 * The least plan that leads from a state to another one: what is so already is left alone. A project that has two
 * permissions for a checkpoint loses its access only with both, so both are revoked; one that is to keep it keeps both.
 *
 * Throws when a checkpoint's current permissions are not given: unknown is not the same as none.
 */
export function planFor(current: Current, desired: Desired): Plan {
  const grants: GrantStep[] = [];
  const revokes: RevokeStep[] = [];
  for (const [checkpoint, projects] of desired) {
    const permissions = current.get(checkpoint);
    if (!permissions) throw new Error(`It is not known who has access to ${checkpoint}.`);
    const wanted = new Set(projects);
    const having = new Set(permissions.map((permission) => permission.project_id));
    for (const project of wanted) {
      if (!having.has(project)) grants.push({ action: 'grant', checkpoint, project });
    }
    for (const { id, project_id, created_at } of permissions) {
      if (wanted.has(project_id)) continue;
      const step = { checkpoint, project: project_id, permissionId: id, createdAt: created_at };
      revokes.push({ action: 'revoke', ...step });
    }
  }
  return { steps: [...grants, ...revokes] };
}
