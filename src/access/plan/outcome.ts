import type { Permission } from '../api';
import type { Step } from './plan';

/**
 * The outcome of one step.
 *
 * - `done`: confirmed by reading the list. `by` is `others` if it was in effect before this plan's request.
 *   `permission` gives the granted access; an undo revokes only this one.
 * - `unverified`: the API accepted the change, but the list could not be reloaded.
 * - `failed`: not in effect; `error` says why. `readBack`: confirmed by reading the list. `mayStillHappen`: the
 *   request timed out or lost its response, so the server may still apply it.
 * - `unknown`: the response was lost, and the list could not be reloaded.
 * - `notSent`: canceled before its request, or held back by the error.
 */
export type Outcome =
  | {
      readonly step: Step;
      readonly result: 'done';
      readonly by: 'us' | 'others';
      readonly permission?: Permission;
    }
  | { readonly step: Step; readonly result: 'unverified'; readonly error: unknown }
  | {
      readonly step: Step;
      readonly result: 'failed';
      readonly error: unknown;
      readonly readBack: boolean;
      readonly mayStillHappen: boolean;
    }
  | { readonly step: Step; readonly result: 'unknown'; readonly error: unknown }
  | { readonly step: Step; readonly result: 'notSent'; readonly error?: unknown };

/** The API accepted a change that the reloaded list does not show. */
export class NotInEffectError extends Error {
  override readonly name = 'NotInEffectError';

  constructor(readonly step: Step) {
    super();
  }
}

/** The outcomes for which a retry may succeed. */
export function retriable(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ result }) => result !== 'done');
}
