import type { Permission } from './api';
import type { Plan } from './plan';
import { type Current, planFor } from './planFor';

/** What copying does with access that the source does not have: it stays, or is revoked. */
export type Extra = 'keep' | 'revoke';

/** The plan that gives one checkpoint's access to another; both lists have to be whole. */
export function copyOfCheckpoint(
  source: readonly Permission[],
  target: { readonly checkpoint: string; readonly permissions: readonly Permission[] },
  extra: Extra,
): Plan {
  const projectsOf = (permissions: readonly Permission[]): string[] =>
    permissions.map((permission) => permission.project_id);
  const { checkpoint, permissions } = target;
  const desired = [...projectsOf(source), ...(extra === 'keep' ? projectsOf(permissions) : [])];
  return planFor(new Map([[checkpoint, permissions]]), new Map([[checkpoint, desired]]));
}

/**
 * The plan that gives one project's access to another, over the checkpoints that `current` tells of: for each the
 * permissions of the two projects.
 */
export function copyOfProject(current: Current, source: string, target: string, extra: Extra): Plan {
  const ofTarget = new Map<string, Permission[]>();
  const desired = new Map<string, string[]>();
  for (const [checkpoint, permissions] of current) {
    const has = (project: string): boolean => permissions.some(({ project_id }) => project_id === project);
    const keeps = has(target) && extra === 'keep';
    ofTarget.set(
      checkpoint,
      permissions.filter(({ project_id }) => project_id === target),
    );
    desired.set(checkpoint, has(source) || keeps ? [target] : []);
  }
  return planFor(ofTarget, desired);
}
