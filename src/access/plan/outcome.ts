import type { Permission } from '../api';
import type { Step } from './plan';

/**
 * What became of one step.
 *
 * - `done`: read back from the server and found so. `by` is `others` when it was so before this plan's request came.
 *   `permission` is what gives the access that was granted; undoing takes just this one away again.
 * - `unverified`: the server said yes, but the list could not be read back.
 * - `failed`: it is not so; the error says why. `readBack` tells that the list was read again and agrees. `mayStillHappen`
 *   tells that no clear answer came, so that the server may yet carry it out.
 * - `unknown`: no clear answer came, and the list could not be read back either.
 * - `notSent`: cancelled before its request, or kept back by the error.
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

/** The server accepted a change that the list loaded afterwards does not show. */
export class NotInEffectError extends Error {
  override readonly name = 'NotInEffectError';

  constructor(readonly step: Step) {
    super();
  }
}

/** The outcomes that another try could turn into done ones. */
export function retriable(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ result }) => result !== 'done');
}
