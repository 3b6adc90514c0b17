import { hasShutDown, type Retirement } from '../catalog/retirement';
import type { ProjectDirectory } from '../loading/projectDirectory';
import type { MissingScopes } from './missingScopes';
import type { Plan, Step } from './plan';

/** Why a step of a plan can't be done, or would have no effect. `loadedAt` in milliseconds since 1970. */
export type Blocker =
  /** The server refused a change a few minutes ago, because the key lacks these scopes. */
  | { readonly kind: 'missingScope'; readonly scopes: readonly string[] }
  | { readonly kind: 'owner' }
  | { readonly kind: 'archived'; readonly loadedAt?: number }
  | { readonly kind: 'shutDown'; readonly retirement: Retirement };

/** Why a step of a plan is worth a second look. */
export type Warning =
  /** The project owns the final model, so it probably owns this checkpoint of it, too. */
  | { readonly kind: 'ownsModel' }
  /** The project was archived when the list of projects was loaded, which is long ago. */
  | { readonly kind: 'wasArchived'; readonly loadedAt?: number };

/** A step of a plan with what stands against it. */
export type Obstacle = { readonly step: Step } & (Blocker | Warning);

/** What decides which steps are in vain; all of it is known without a request. */
export interface PlanContext {
  /** The project that owns a checkpoint, where that is known. */
  readonly ownerOf: (checkpoint: string) => string | undefined;
  readonly missingScopes: Pick<MissingScopes, 'of'>;
  readonly projects: Pick<ProjectDirectory, 'isArchived' | 'isArchivedNow' | 'snapshot'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the model of a checkpoint shuts down, where that is known. */
  readonly endOf: (checkpoint: string) => Retirement | undefined;
}

/** A plan split by what is known: what can be done, what can't, and what is worth a second look. */
export interface CheckedPlan {
  readonly plan: Plan;
  /** Not part of the plan: it would be refused, or have no effect. */
  readonly impossible: readonly Obstacle[];
  /** Part of the plan, but suspicious. */
  readonly warnings: readonly Obstacle[];
}

/** Splits a plan into what can be done and what is known to be in vain (docs/api.md#what-trips-people-up). */
export function checkPlan(plan: Plan, context: PlanContext): CheckedPlan {
  const impossible: Obstacle[] = [];
  const warnings: Obstacle[] = [];
  const steps = plan.steps.filter((step) => {
    const blocker = blockerOf(step, context);
    if (blocker) impossible.push({ step, ...blocker });
    const warning = blocker ? undefined : warningOf(step, context);
    if (warning) warnings.push({ step, ...warning });
    return !blocker;
  });
  return { plan: { ...plan, steps }, impossible, warnings };
}

function blockerOf({ checkpoint, project, action }: Step, context: PlanContext): Blocker | undefined {
  const scopes = context.missingScopes.of(checkpoint);
  if (scopes.length > 0) return { kind: 'missingScope', scopes };
  if (context.ownerOf(checkpoint) === project) return { kind: 'owner' };
  // Access that has no effect can still be revoked: that is how people clean up.
  if (action === 'revoke') return undefined;
  if (context.projects.isArchivedNow(project)) return { kind: 'archived', ...loadedAt(context) };
  const retirement = context.endOf(checkpoint);
  if (retirement && hasShutDown(retirement, context.now)) return { kind: 'shutDown', retirement };
  return undefined;
}

function warningOf({ checkpoint, project, action }: Step, context: PlanContext): Warning | undefined {
  if (action === 'revoke') return undefined;
  const model = modelOf(checkpoint);
  if (model !== checkpoint && context.ownerOf(model) === project) return { kind: 'ownsModel' };
  // What was loaded long ago blocks nothing: the project may have been reopened.
  if (context.projects.isArchived(project)) return { kind: 'wasArchived', ...loadedAt(context) };
  return undefined;
}

function loadedAt({ projects }: PlanContext): { readonly loadedAt?: number } {
  const { readAt } = projects.snapshot;
  return readAt === undefined ? {} : { loadedAt: readAt };
}

/** The final model that a training step belongs to. */
function modelOf(checkpoint: string): string {
  return checkpoint.replace(/:ckpt-step-\d+$/, '');
}
