import { APIConnectionError, APIError, APIUserAbortError, OpenAIError } from '../openai';

/**
 * What the server said to one request for a change, before the list is read back.
 * `refused`: surely nothing was changed by it. `uncertain`: it may have taken effect. `notSent`: cancelled before it left.
 */
export type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'uncertain'; readonly error: unknown }
  | { readonly kind: 'notSent' };

/** The server answered a DELETE with success, and said in it that it deleted nothing. */
export class NotDeletedError extends Error {
  override readonly name = 'NotDeletedError';

  constructor() {
    super('The server answered that it did not delete the permission');
  }
}

/** Waits for a request for a change and classifies its end. Never rejects. */
export async function answerTo(request: PromiseLike<object>): Promise<Answer> {
  try {
    const answer = await request;
    const refused = 'deleted' in answer && answer.deleted === false;
    return refused ? { kind: 'refused', error: new NotDeletedError() } : { kind: 'accepted' };
  } catch (error) {
    if (error instanceof APIUserAbortError && !error.uncertain) return { kind: 'notSent' };
    return { kind: surelyUnchanged(error) ? 'refused' : 'uncertain', error };
  }
}

function surelyUnchanged(error: unknown): boolean {
  // A repeated request may be refused because an earlier one, whose answer was lost, took effect.
  if (error instanceof OpenAIError && error.uncertain) return false;
  if (error instanceof APIConnectionError) return true;
  if (!(error instanceof APIError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408;
}
