import type { Organization } from '../../access/organization';
import type { Plan, Step } from '../../access/plan/plan';
import type { MaxAge } from '../../access/plan/stillHolds';
import { type ProgressPlace, withPlanProgress } from './planProgress';

/** A plan as it was made, with what its preview says. */
export interface MadePlan {
  readonly plan: Plan;
  /** What makes the plan, where that is more than what it does: an undo, or a copy. Stands before it. */
  readonly heading?: string;
  /** Paragraphs below the changes. */
  readonly notes: readonly string[];
  /** Steps that are not selected at first, because they may take back what others did. */
  readonly perhapsUs?: readonly Step[];
  /** Why each step is made, in words, by its key. */
  readonly reasons?: ReadonlyMap<string, string>;
  /** Whether what it was made from, besides lists, is still the same. If not, it is made again before it is applied. */
  readonly holds?: () => boolean;
  /** The message when there is nothing to change. */
  readonly nothing: string;
  /** The notes say what a person who saw the staged changes has not seen. The plan is shown, whatever they agreed to. */
  readonly hasNews?: boolean;
}

/** How a plan reads what it is made from. */
export interface PlanReading {
  readonly maxAge: MaxAge;
  readonly signal: AbortSignal;
  /** Shows which list is being read. */
  readonly report: (message: string) => void;
}

/**
 * Makes a plan from what the server has. Called again when the preview is confirmed, if what it was made from is too old
 * or has changed. Rejects with the client's error.
 */
export type MakePlan = (reading: PlanReading) => Promise<MadePlan>;

/** Makes a plan, with progress and cancel. */
export function makeWithProgress(
  organization: Organization,
  place: ProgressPlace,
  title: string,
  maxAge: MaxAge,
  make: MakePlan,
): Promise<MadePlan> {
  return withPlanProgress(organization, place, title, (progress, signal) =>
    make({ maxAge, signal, report: (message) => progress.report(message) }),
  );
}
