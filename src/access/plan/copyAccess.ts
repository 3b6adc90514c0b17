import type { Permission } from '../api';
import type { GrantStep, Plan, RevokeStep } from './plan';

/** What copying does with access that the source does not have. */
export type ExtraAccessPolicy = 'keep' | 'revoke';

/** A plan was asked for without the permissions of a checkpoint: unknown is not the same as none. */
export class UnknownAccessError extends Error {
  override readonly name = 'UnknownAccessError';

  constructor(readonly checkpoint: string) {
    super(checkpoint);
  }
}

/**
 * The plan that gives one checkpoint's access to another; both lists have to be complete. The source's owner, where it is
 * known, has access without a permission, so it is not to lose the other one's.
 */
export function planCheckpointCopy(
  source: readonly Permission[],
  target: { readonly checkpoint: string; readonly permissions: readonly Permission[] },
  extra: ExtraAccessPolicy,
  owner?: string,
): Plan {
  const projectsOf = (permissions: readonly Permission[]): string[] =>
    permissions.map((permission) => permission.project_id);
  const { checkpoint, permissions } = target;
  const desired = [
    ...projectsOf(source),
    ...(owner === undefined ? [] : [owner]),
    ...(extra === 'keep' ? projectsOf(permissions) : []),
  ];
  return planChanges(new Map([[checkpoint, permissions]]), new Map([[checkpoint, desired]]));
}

/**
 * The plan that gives one project's access to another, over the checkpoints that `current` tells of: for each the
 * permissions of the two projects. A project can use what it owns, as far as `ownerOf` tells, without a permission.
 */
export function planProjectCopy(
  current: CurrentAccess,
  source: string,
  target: string,
  extra: ExtraAccessPolicy,
  ownerOf: (checkpoint: string) => string | undefined = () => undefined,
): Plan {
  const ofTarget = new Map<string, Permission[]>();
  const desired = new Map<string, string[]>();
  for (const [checkpoint, permissions] of current) {
    const has = (project: string): boolean => permissions.some(({ project_id }) => project_id === project);
    const keeps = has(target) && extra === 'keep';
    ofTarget.set(
      checkpoint,
      permissions.filter(({ project_id }) => project_id === target),
    );
    const isToHave = has(source) || ownerOf(checkpoint) === source;
    desired.set(checkpoint, isToHave || keeps ? [target] : []);
  }
  return planChanges(ofTarget, desired);
}

/** Who has access now: for each checkpoint all of its permissions, or all those of the projects that are in question. */
export type CurrentAccess = ReadonlyMap<string, readonly Permission[]>;

/** Who is to have access: for each checkpoint the projects, and no other. A checkpoint that is not in it stays as it is. */
export type DesiredAccess = ReadonlyMap<string, Iterable<string>>;

/**
 * The smallest plan that leads from one state to another: what is already in effect is left alone. A project that has two
 * permissions for a checkpoint loses its access only with both, so both are revoked; one that is to keep it keeps both.
 *
 * Throws {@link UnknownAccessError} when a checkpoint's current permissions are not given.
 */
export function planChanges(current: CurrentAccess, desired: DesiredAccess): Plan {
  const grants: GrantStep[] = [];
  const revokes: RevokeStep[] = [];
  for (const [checkpoint, projects] of desired) {
    const permissions = current.get(checkpoint);
    if (!permissions) throw new UnknownAccessError(checkpoint);
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
