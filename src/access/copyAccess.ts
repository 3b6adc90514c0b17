import type { Permission } from './api';
import type { Plan } from './plan';
import { type Current, planFor } from './planFor';

/** What copying does with access that the source does not have: it stays, or is revoked. */
export type Extra = 'keep' | 'revoke';

/**
 * The plan that gives one checkpoint's access to another; both lists have to be whole. The source's owner, where it is
 * known, has access without a permission, so it is not to lose the other one's.
 */
export function copyOfCheckpoint(
  source: readonly Permission[],
  target: { readonly checkpoint: string; readonly permissions: readonly Permission[] },
  extra: Extra,
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
  return planFor(new Map([[checkpoint, permissions]]), new Map([[checkpoint, desired]]));
}

/**
 * The plan that gives one project's access to another, over the checkpoints that `current` tells of: for each the
 * permissions of the two projects. A project can use what it owns, as far as `ownerOf` tells, without a permission.
 */
export function copyOfProject(
  current: Current,
  source: string,
  target: string,
  extra: Extra,
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
  return planFor(ofTarget, desired);
}
