import type { Permission } from '../api';
import type { Listing } from '../loading/listing';

/** Give one project access to one checkpoint. */
export interface GrantStep {
  readonly action: 'grant';
  readonly checkpoint: string;
  readonly project: string;
}

/** Take away one permission; its project is named so that people can be told whom it concerns. */
export interface RevokeStep {
  readonly action: 'revoke';
  readonly checkpoint: string;
  readonly project: string;
  readonly permissionId: string;
  /** Unix seconds; lets the reading back stop early. */
  readonly createdAt?: number;
}

export type Step = GrantStep | RevokeStep;

/** A change before it is made: shown first, then applied by `apply`. Every change in this product is one. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The lists it was made from, by checkpoint: what others change after them is told when the lists are read back. */
  readonly basis?: ReadonlyMap<string, Listing>;
}

/** A plan that grants each project access to each checkpoint. */
export function planGrants(checkpoints: readonly string[], projects: readonly string[]): Plan {
  return {
    steps: checkpoints.flatMap((checkpoint) =>
      projects.map((project): GrantStep => ({ action: 'grant', checkpoint, project })),
    ),
  };
}

/** A plan that revokes the given permissions, each named with its checkpoint. */
export function planRevokes(
  permissions: readonly { readonly checkpoint: string; readonly permission: Permission }[],
): Plan {
  return {
    steps: permissions.map(
      ({ checkpoint, permission }): RevokeStep => ({
        action: 'revoke',
        checkpoint,
        project: permission.project_id,
        permissionId: permission.id,
        createdAt: permission.created_at,
      }),
    ),
  };
}

/** What the steps of a plan do: the same, or both. */
export type PlanKind = 'grants' | 'revokes' | 'mixed';

export function planKind({ steps }: Plan): PlanKind {
  if (steps.every(({ action }) => action === 'grant')) return 'grants';
  return steps.every(({ action }) => action === 'revoke') ? 'revokes' : 'mixed';
}

/** The checkpoints that a plan touches, in the order of their first step. */
export function checkpointsOf(plan: Plan): string[] {
  return [...new Set(plan.steps.map((step) => step.checkpoint))];
}

/** The same plan with only the steps that are kept: for unticking, and for retrying what failed. */
export function keepSteps(plan: Plan, keep: (step: Step) => boolean): Plan {
  return { ...plan, steps: plan.steps.filter(keep) };
}
