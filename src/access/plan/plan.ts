import type { Permission } from '../api';
import type { Bases } from './basis';

/** Grants one project access to one checkpoint. */
export interface GrantStep {
  readonly action: 'grant';
  readonly checkpoint: string;
  readonly project: string;
}

/** Revokes one permission. The project is named for messages. */
export interface RevokeStep {
  readonly action: 'revoke';
  readonly checkpoint: string;
  readonly project: string;
  readonly permissionId: string;
  /** Unix seconds. With it, confirming may need fewer pages. */
  readonly createdAt?: number;
}

export type Step = GrantStep | RevokeStep;

/** A change before it is sent: previewed first, then applied by `apply`. Every change in this product is one. */
export interface Plan {
  readonly steps: readonly Step[];
  /**
   * What the plan was made from, also of checkpoints that it doesn't change. It tells whether the plan still holds, who
   * made a change, and which changes of others came later.
   */
  readonly basis?: Bases;
  /** The keys of steps that an earlier request may have carried out, although no list has shown it. */
  readonly tried?: ReadonlySet<string>;
}

/** Plans grants of each project to each checkpoint. */
export function planGrants(checkpoints: readonly string[], projects: readonly string[]): Plan {
  return {
    steps: checkpoints.flatMap((checkpoint) =>
      projects.map((project): GrantStep => ({ action: 'grant', checkpoint, project })),
    ),
  };
}

/** Plans revokes of the given permissions, each with its checkpoint. */
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

/** The actions of a plan: only one kind, or both. */
export type PlanKind = 'grants' | 'revokes' | 'mixed';

export function planKind({ steps }: Plan): PlanKind {
  if (steps.every(({ action }) => action === 'grant')) return 'grants';
  return steps.every(({ action }) => action === 'revoke') ? 'revokes' : 'mixed';
}

/** The checkpoints of a plan, in the order of their first step. */
export function checkpointsOf(plan: Plan): string[] {
  return [...new Set(plan.steps.map((step) => step.checkpoint))];
}

/** Made once for each step, because plans of thousands of steps are compared by their keys again and again. */
const keys = new WeakMap<Step, string>();

/** What a step does, as a text: equal for two steps that do the same. */
export function keyOf(step: Step): string {
  const known = keys.get(step);
  if (known !== undefined) return known;
  const { action, checkpoint, project } = step;
  const key = JSON.stringify([action, checkpoint, project, action === 'revoke' ? step.permissionId : '']);
  keys.set(step, key);
  return key;
}

/** The steps of a plan by checkpoint, in the order of their first step. */
export function stepsByCheckpoint<S extends Pick<Step, 'checkpoint'>>(steps: readonly S[]): Map<string, S[]> {
  const groups = new Map<string, S[]>();
  for (const step of steps) {
    const group = groups.get(step.checkpoint);
    if (group) group.push(step);
    else groups.set(step.checkpoint, [step]);
  }
  return groups;
}

/** One plan of several, without their bases. Grants come first, as in each of them. */
export function joinPlans(plans: readonly Plan[]): Plan {
  const steps = plans.flatMap((plan) => plan.steps);
  const ofAction = (action: Step['action']): Step[] => steps.filter((step) => step.action === action);
  return { steps: [...ofAction('grant'), ...ofAction('revoke')] };
}

/** The plan with only the given steps: for clearing changes, and for a retry of failed ones. */
export function keepSteps(plan: Plan, keep: (step: Step) => boolean): Plan {
  return { ...plan, steps: plan.steps.filter(keep) };
}
