import type { Permission } from '../api';
import { mayHaveTakenEffect, type Sent } from './answer';
import type { By } from './attribution';
import { keyOf, type Plan, type Step } from './plan';

/**
 * The outcome of one step.
 *
 * - `done`: confirmed by reading the list. `by` says who made it, as far as that is proven.
 *   `permission` gives the granted access; an undo revokes only this one.
 * - `unverified`: the API accepted the change, but the list could not be reloaded (`unreadable`), or does not show it
 *   yet (`notListed`): lists may lag behind. `sent` is for checking again.
 * - `failed`: not in effect; `error` says why. `readBack`: confirmed by reading the list. `mayStillHappen`: the
 *   request timed out or lost its response, so the server may still apply it.
 * - `unknown`: the response was lost, and the list could not be reloaded.
 * - `notSent`: canceled before its request, or held back by the error.
 */
export type Outcome =
  | {
      readonly step: Step;
      readonly result: 'done';
      readonly by: By;
      readonly permission?: Permission;
    }
  | {
      readonly step: Step;
      readonly result: 'unverified';
      readonly why: 'unreadable' | 'notListed';
      readonly error: unknown;
      readonly sent: Sent;
    }
  | {
      readonly step: Step;
      readonly result: 'failed';
      readonly error: unknown;
      readonly readBack: boolean;
      readonly mayStillHappen: boolean;
    }
  | { readonly step: Step; readonly result: 'unknown'; readonly error: unknown }
  | { readonly step: Step; readonly result: 'notSent'; readonly error?: unknown };

/** The API accepted a change that the reloaded list does not show yet. */
export class NotListedYetError extends Error {
  override readonly name = 'NotListedYetError';

  constructor(readonly step: Step) {
    super();
  }
}

/** The outcomes for which a retry may succeed. What the API accepted is checked again instead, never sent twice. */
export function retriable(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ result }) => result !== 'done' && result !== 'unverified');
}

/**
 * The plan that retries some outcomes of a plan. What any earlier request may have done is not blamed on others then.
 */
export function planToRetry(outcomes: readonly Outcome[], { tried: before }: Pick<Plan, 'tried'> = {}): Plan {
  const tried = outcomes.filter(
    (outcome) =>
      (outcome.result === 'failed' || outcome.result === 'unknown') && mayHaveTakenEffect(outcome.error),
  );
  return {
    steps: outcomes.map(({ step }) => step),
    tried: new Set([...(before ?? []), ...tried.map(({ step }) => keyOf(step))]),
  };
}

/**
 * The outcomes with later ones of some of their steps. That a step wasn't sent once more says nothing of an earlier
 * request.
 */
export function withLater(outcomes: readonly Outcome[], later: readonly Outcome[]): Outcome[] {
  if (outcomes.length === 0) return [...later];
  const latest = new Map(later.map((outcome) => [outcome.step, outcome]));
  return outcomes.map((outcome) => {
    const next = latest.get(outcome.step);
    return next && (next.result !== 'notSent' || outcome.result === 'notSent') ? next : outcome;
  });
}

/** A change that the API accepted and no list has confirmed. */
export type Unverified = Extract<Outcome, { result: 'unverified' }>;

/** The outcomes that another reading may confirm. */
export function unverifiedIn(outcomes: readonly Outcome[]): Unverified[] {
  return outcomes.filter((outcome) => outcome.result === 'unverified');
}
