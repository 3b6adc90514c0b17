import { shutdownInWords } from '../../words/shutdown';
import { hasEnded, type Retirement } from '../catalog/retirement';
import type { ProjectDirectory } from '../loading/projectDirectory';
import type { MissingScopes } from './missingScopes';
import type { Plan, Step } from './plan';

/** Why a step of a plan cannot be done, or is worth a second look. */
export interface Obstacle {
  readonly step: Step;
  readonly kind: 'owner' | 'archived' | 'ended' | 'scope';
  /** A sentence without its subject and full stop, such as `is archived, so access would have no effect`. */
  readonly why: string;
  /** When that was read, in milliseconds since 1970; absent where it is no matter of time. */
  readonly asOf?: number;
}

/** What decides which steps are in vain; all of it is known without asking anybody. */
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

/** A plan parted by what is known: what can be done, what cannot, and what is only worth a note. */
export interface CheckedPlan {
  readonly plan: Plan;
  /** Left out of the plan: it would be refused, or have no effect. */
  readonly impossible: readonly Obstacle[];
  /** Part of the plan, but suspicious. */
  readonly notes: readonly Obstacle[];
}

/** Parts a plan into what can be done and what is known to be in vain (docs/api.md#what-trips-people-up). */
export function checkPlan(plan: Plan, knowledge: PlanContext): CheckedPlan {
  const impossible: Obstacle[] = [];
  const notes: Obstacle[] = [];
  const steps = plan.steps.filter((step) => {
    const obstacle = blockerOf(step, knowledge);
    if (obstacle) impossible.push({ step, ...obstacle });
    const note = obstacle ? undefined : warningOf(step, knowledge);
    if (note) notes.push({ step, ...note });
    return !obstacle;
  });
  return { plan: { ...plan, steps }, impossible, notes };
}

type Reason = Omit<Obstacle, 'step'>;

function blockerOf(step: Step, knowledge: PlanContext): Reason | undefined {
  const { checkpoint, project } = step;
  const scopes = knowledge.missingScopes.of(checkpoint);
  if (scopes.length > 0) {
    const why = `cannot be changed: the server refused it a few minutes ago, because the admin API key is missing the scope ${scopes.join(', ')}`;
    return { kind: 'scope', why };
  }
  if (knowledge.ownerOf(checkpoint) === project) {
    return {
      kind: 'owner',
      why: 'owns this model, so it can always use it and its access cannot be changed',
    };
  }
  // Both can still lose what they have: taking away access that has no effect is how one cleans up.
  if (step.action === 'revoke') return undefined;
  if (knowledge.projects.isArchivedNow(project)) {
    return { kind: 'archived', why: 'is archived, so access would have no effect', ...asRead(knowledge) };
  }
  const end = knowledge.endOf(checkpoint);
  if (end && hasEnded(end, knowledge.now)) {
    return { kind: 'ended', why: `would get access to a model that ${shutdownInWords(end, knowledge.now)}` };
  }
  return undefined;
}

function warningOf({ checkpoint, project, action }: Step, knowledge: PlanContext): Reason | undefined {
  if (action === 'revoke') return undefined;
  const sibling = modelOf(checkpoint);
  if (sibling !== checkpoint && knowledge.ownerOf(sibling) === project) {
    return { kind: 'owner', why: 'owns the fine-tuned model, so it probably owns this step of it, too' };
  }
  // What was read long ago refuses nothing: it may be otherwise by now.
  if (knowledge.projects.isArchived(project)) {
    return { kind: 'archived', why: 'was archived, so access may have no effect', ...asRead(knowledge) };
  }
  return undefined;
}

function asRead({ projects }: PlanContext): Pick<Obstacle, 'asOf'> {
  const { readAt } = projects.snapshot;
  return readAt === undefined ? {} : { asOf: readAt };
}

/** The final model that a training step belongs to. */
function modelOf(checkpoint: string): string {
  return checkpoint.replace(/:ckpt-step-\d+$/, '');
}
