import { isNumber, isString, record, type Validator } from './validators';
import { isWait, type WaitMessage } from './wait';

// How far the model policies are loaded, as two tabs of the page show it.

/** How far the model policies are loaded that decide whether permissions have an effect. Numbers of projects. */
export interface PoliciesMessage {
  /** All of these projects. */
  readonly projects: number;
  readonly notLoaded: number;
  readonly old: number;
  readonly failed: number;
  /** When the oldest of them was loaded, in milliseconds since 1970. Absent if none is. */
  readonly loadedAt?: number;
  /** Requests answered, and requests in all, while they are loading. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly wait?: WaitMessage;
  /** Why the first of those that failed did, as sentences. */
  readonly failure?: string;
}

export const isPolicies: Validator = record(
  { projects: isNumber, notLoaded: isNumber, old: isNumber, failed: isNumber },
  {
    loadedAt: isNumber,
    progress: record({ done: isNumber, total: isNumber }),
    wait: isWait,
    failure: isString,
  },
);

/** The number of requests that load what is missing or old of model policies. */
export function requestsForPolicies({
  notLoaded,
  old,
  failed,
}: Pick<PoliciesMessage, 'notLoaded' | 'old' | 'failed'>): number {
  return notLoaded + old + failed;
}
