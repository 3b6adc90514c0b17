import { APIConnectionError, APIError, APIUserAbortError } from '../openai';

/**
 * What the server said to one request for a change, before the list is read back.
 * `refused`: surely nothing was changed by it. `uncertain`: it may have taken effect. `notSent`: cancelled before it left.
 */
export type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'uncertain'; readonly error: unknown }
  | { readonly kind: 'notSent' };

/** Waits for a request for a change and classifies its end. Never rejects. */
export async function answerTo(request: PromiseLike<unknown>, signal?: AbortSignal): Promise<Answer> {
  try {
    await request;
    return { kind: 'accepted' };
  } catch (error) {
    if (error instanceof APIUserAbortError && signal?.aborted && !error.uncertain) return { kind: 'notSent' };
    return { kind: surelyUnchanged(error) ? 'refused' : 'uncertain', error };
  }
}

function surelyUnchanged(error: unknown): boolean {
  if (error instanceof APIConnectionError) return !error.uncertain;
  if (!(error instanceof APIError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408;
}
