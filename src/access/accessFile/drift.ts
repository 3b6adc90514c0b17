import { keyOf, type Step } from '../plan/plan';
import type { BeyondFile, FilePlan, GrantInFile, StepReason, UnmanagedCheckpoint } from './planAccessFile';

/** A change that brings the access in line with the file, and why. */
export interface ReasonedStep {
  readonly step: Step;
  readonly reason: StepReason;
}

/** How the access differs from what a file says. */
export interface Drift {
  /** What the file lists and isn't in effect. */
  readonly missing: readonly GrantInFile[];
  /** Permissions that an exact list doesn't have. */
  readonly notListed: readonly ReasonedStep[];
  /** Permissions whose last day is over. */
  readonly ended: readonly ReasonedStep[];
  /** Access that an additive list doesn't have. A difference only where it is asked for strictly. */
  readonly beyond: readonly BeyondFile[];
  /** Checkpoints that the file doesn't manage. A difference only where it is asked for strictly. */
  readonly unmanaged: readonly UnmanagedCheckpoint[];
  /** The number of differences, and the number where it is asked for strictly. */
  readonly differences: number;
  readonly strictDifferences: number;
}

/** The drift that a plan shows. It is complete only if all was loaded, see `unread` of the plan. */
export function driftOf(plan: FilePlan): Drift {
  const steps = stepsWithReasons(plan);
  const of = (kind: StepReason['kind']): ReasonedStep[] => steps.filter(({ reason }) => reason.kind === kind);
  const missing = plan.notInEffect;
  const [notListed, ended] = [of('notListed'), of('ended')];
  const { beyond, unmanaged } = plan;
  const differences = missing.length + notListed.length + ended.length;
  const strictDifferences = differences + beyond.length + unmanaged.length;
  return { missing, notListed, ended, beyond, unmanaged, differences, strictDifferences };
}

/** All changes of a plan with their reasons, also those that can't be made. */
export function stepsWithReasons({ checked, reasons }: FilePlan): ReasonedStep[] {
  const all = [...checked.plan.steps, ...checked.impossible.map(({ step }) => step)];
  return all.flatMap((step) => {
    const reason = reasons.get(keyOf(step));
    return reason ? [{ step, reason }] : [];
  });
}
