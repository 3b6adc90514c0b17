import { toDate } from '../../text/steadyClock';
import { hasShutDown, type Shutdown } from '../catalog/shutdown';
import type { ProjectDirectory } from '../loading/projectDirectory';
import type { Ineffective } from '../withoutEffect';
import type { MissingScopes } from './missingScopes';
import type { Plan, Step } from './plan';

/** Why a step cannot be done, or would have no effect. `loadedAt` in milliseconds since 1970. */
export type Blocker =
  /** The API refused a change a few minutes ago, because the key is missing these scopes. */
  | { readonly kind: 'missingScope'; readonly scopes: readonly string[] }
  | { readonly kind: 'owner' }
  | { readonly kind: 'archived'; readonly loadedAt?: number }
  | { readonly kind: 'shutDown'; readonly shutdown: Shutdown };

/** Why a step needs a warning. */
export type Warning =
  /** The project owns the final model, so it probably owns this checkpoint too. */
  | { readonly kind: 'ownsModel' }
  /** The project was archived in a list of projects that is old. */
  | { readonly kind: 'wasArchived'; readonly loadedAt?: number }
  /** Something else than the permission keeps the project from using the model. At least one reason. */
  | ({ readonly kind: 'withoutEffect' } & Ineffective);

/** A step with its blocker or warning. */
export type Obstacle = { readonly step: Step } & (Blocker | Warning);

/** The facts that {@link checkPlan} needs. All are known without a request. */
export interface PlanContext {
  /** The project that owns a checkpoint, where known. */
  readonly ownerOf: (checkpoint: string) => string | undefined;
  readonly missingScopes: Pick<MissingScopes, 'of'>;
  readonly projects: Pick<ProjectDirectory, 'isArchived' | 'isArchivedNow' | 'snapshot'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The shutdown date of the model of a checkpoint, where known. */
  readonly endOf: (checkpoint: string) => Shutdown | undefined;
  /** What makes access of a project useless, by what is loaded. */
  readonly ineffectiveBy: (checkpoint: string, project: string) => Ineffective;
}

/** A plan, split into steps that can be done and steps that cannot. */
export interface CheckedPlan {
  readonly plan: Plan;
  /** Removed from the plan: the API would refuse them, or they would have no effect. */
  readonly impossible: readonly Obstacle[];
  /** Steps of the plan that need a warning, one for each reason. */
  readonly warnings: readonly Obstacle[];
}

/** Removes the steps of a plan that are known to fail or to have no effect (docs/api.md#what-trips-people-up). */
export function checkPlan(plan: Plan, context: PlanContext): CheckedPlan {
  const impossible: Obstacle[] = [];
  const warnings: Obstacle[] = [];
  const steps = plan.steps.filter((step) => {
    const blocker = blockerOf(step, context);
    if (blocker) impossible.push({ step, ...blocker });
    if (!blocker) for (const warning of warningsOf(step, context)) warnings.push({ step, ...warning });
    return !blocker;
  });
  return { plan: { ...plan, steps }, impossible, warnings };
}

function blockerOf({ checkpoint, project, action }: Step, context: PlanContext): Blocker | undefined {
  const scopes = context.missingScopes.of(checkpoint);
  if (scopes.length > 0) return { kind: 'missingScope', scopes };
  if (context.ownerOf(checkpoint) === project) return { kind: 'owner' };
  // Access without effect can still be revoked, for cleaning up.
  if (action === 'revoke') return undefined;
  if (context.projects.isArchivedNow(project)) return { kind: 'archived', ...loadedAt(context) };
  const shutdown = context.endOf(checkpoint);
  if (shutdown && hasShutDown(shutdown, context.now)) return { kind: 'shutDown', shutdown };
  return undefined;
}

function warningsOf({ checkpoint, project, action }: Step, context: PlanContext): Warning[] {
  if (action === 'revoke') return [];
  const warnings: Warning[] = [];
  const model = modelOf(checkpoint);
  if (model !== checkpoint && context.ownerOf(model) === project) warnings.push({ kind: 'ownsModel' });
  // An old list blocks nothing: the project may have been reopened.
  const wasArchived = context.projects.isArchived(project);
  if (wasArchived) warnings.push({ kind: 'wasArchived', ...loadedAt(context) });
  const ineffective = context.ineffectiveBy(checkpoint, project);
  const why = ineffective.why.filter((each) => each !== 'archived' || !wasArchived);
  if (why.length > 0) warnings.push({ kind: 'withoutEffect', ...ineffective, why });
  return warnings;
}

/**
 * The checkpoints that a plan grants access to while their owner is unknown: the API would refuse a grant to the owner.
 */
export function grantsWithUnknownOwner(
  { steps }: Plan,
  ownerOf: PlanContext['ownerOf'],
): ReadonlySet<string> {
  const granted = steps.flatMap(({ action, checkpoint }) => (action === 'grant' ? [checkpoint] : []));
  return new Set([...new Set(granted)].filter((checkpoint) => ownerOf(checkpoint) === undefined));
}

function loadedAt({ projects }: PlanContext): { readonly loadedAt?: number } {
  const { readAt } = projects.snapshot;
  return readAt === undefined ? {} : { loadedAt: toDate(readAt) };
}

/** The ID of the final model of a training step. */
function modelOf(checkpoint: string): string {
  return checkpoint.replace(/:ckpt-step-\d+$/, '');
}
