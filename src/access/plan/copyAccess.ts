import { accessKindOf } from '../accessKind';
import type { Permission } from '../api';
import type { GrantStep, Plan, RevokeStep } from './plan';

/** What a copy does with access that the source doesn't have. */
export type ExtraAccessPolicy = 'keep' | 'revoke';

/** The permissions of a checkpoint were not loaded: unknown is not none. */
export class UnknownAccessError extends Error {
  override readonly name = 'UnknownAccessError';

  constructor(readonly checkpoint: string) {
    super(checkpoint);
  }
}

/**
 * Plans a copy of the access of one checkpoint to another. Both lists must be complete. The owner of the source,
 * where known, has access without a permission, so its access to the target is kept.
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
 * Plans a copy of the access of one project to another, for the checkpoints in `current`: for each the permissions of
 * the two projects. A project has access without a permission to a model that it owns, as far as `ownerOf` knows.
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
    const known = accessKindOf(source, ownerOf(checkpoint), has(source), true);
    const isToHave = known === 'granted' || known === 'owner';
    desired.set(checkpoint, isToHave || keeps ? [target] : []);
  }
  return planChanges(ofTarget, desired);
}

/** The checkpoints for which a copy depends on an unknown owner. See {@link mayOwnSource}. */
export interface UndecidedCopy {
  /** The target has no access, and gets none, although the source may have it as the owner. */
  readonly notCopied: readonly string[];
  /** The target would lose its access, although the source may have it as the owner. */
  readonly revoked: readonly string[];
}

/**
 * The checkpoints that the source of {@link planProjectCopy} was not granted, but may own: whether it has access is
 * unknown, so the plan says so.
 */
export function mayOwnSource(
  current: CurrentAccess,
  source: string,
  target: string,
  extra: ExtraAccessPolicy,
  ownerOf: (checkpoint: string) => string | undefined,
): UndecidedCopy {
  const notCopied: string[] = [];
  const revoked: string[] = [];
  for (const [checkpoint, permissions] of current) {
    const has = (project: string): boolean => permissions.some(({ project_id }) => project_id === project);
    if (accessKindOf(source, ownerOf(checkpoint), has(source), true) !== 'notGranted') continue;
    if (!has(target)) notCopied.push(checkpoint);
    else if (extra === 'revoke') revoked.push(checkpoint);
  }
  return { notCopied, revoked };
}

/** The current access: for each checkpoint all of its permissions, or all those of the projects in question. */
export type CurrentAccess = ReadonlyMap<string, readonly Permission[]>;

/** The desired access: for each checkpoint exactly these projects. Other checkpoints stay as they are. */
export type DesiredAccess = ReadonlyMap<string, Iterable<string>>;

/**
 * The smallest plan from the current to the desired access. Skips what is already in effect. A project with two
 * permissions for a checkpoint loses access only if both are revoked, so both are; if it keeps access, both stay.
 *
 * Throws {@link UnknownAccessError} if the current permissions of a checkpoint are missing.
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
