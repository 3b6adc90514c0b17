import { APIConnectionError, APIError, type APIPromise, APIUserAbortError, OpenAIError } from '../../openai';
import type { Permission } from '../api';

/**
 * What the server said to one request for a change, before the list is read back.
 * `refused`: surely nothing was changed by it. `uncertain`: it may have taken effect. `notSent`: cancelled before it left.
 */
export type RequestResult =
  /**
   * `since`, in milliseconds by the server's clock: what was made before it was not made by this request. `made`: what
   * was, where the answer to a grant says so; absent where it does not tell.
   */
  | { readonly kind: 'accepted'; readonly since?: number; readonly made?: readonly Permission[] }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'uncertain'; readonly error: unknown; readonly since?: number }
  /** `error` when it was something else than a cancel. */
  | { readonly kind: 'notSent'; readonly error?: unknown };

/** The server answered a DELETE with success, but with `deleted: false`. */
export class NotDeletedError extends Error {
  override readonly name = 'NotDeletedError';
}

/** By how much the clock that dates permissions may differ from the one that dates answers, in milliseconds. */
const serverSlack = 5_000;
/** By how much this machine's clock may differ from the server's. */
const localSlack = 120_000;

/**
 * Waits for a request for a change and classifies its end. Never rejects. `beganAt` tells when it left, in milliseconds
 * by the clock `now`: together with the date of the answer it tells how old what it made can be at most.
 */
export async function classifyResponse(
  request: PromiseLike<object> | APIPromise<object>,
  beganAt: () => number,
  now: () => number,
): Promise<RequestResult> {
  try {
    const [answer, date] = await withDate(request);
    if ('deleted' in answer && answer.deleted === false) {
      return { kind: 'refused', error: new NotDeletedError() };
    }
    const since = date ? date - Math.max(0, now() - beganAt()) - serverSlack : undefined;
    const made = createdBy(answer, since);
    return { kind: 'accepted', ...(since !== undefined && { since }), ...(made && { made }) };
  } catch (error) {
    if (error instanceof APIUserAbortError && !error.uncertain) return { kind: 'notSent' };
    if (isSurelyUnchanged(error)) return { kind: 'refused', error };
    return { kind: 'uncertain', error, since: beganAt() - localSlack };
  }
}

/**
 * The permissions that a grant made, by its answer: that names each that the projects have now, also those that were there
 * before. Undefined for other answers, and for one that is empty or only a part, which tells of nothing what it is not.
 */
function createdBy(answer: object, since = Number.NEGATIVE_INFINITY): Permission[] | undefined {
  const { data, has_more } = answer as { data?: readonly Permission[]; has_more?: boolean };
  if (!Array.isArray(data) || data.length === 0 || has_more) return undefined;
  return data.filter((permission: Permission) => permission.created_at * 1000 >= since);
}

/** The answer with its `Date` in milliseconds since 1970, or 0 when it has none. */
async function withDate(request: PromiseLike<object> | APIPromise<object>): Promise<[object, number]> {
  if (!('withResponse' in request)) return [await request, 0];
  const { data, response } = await request.withResponse();
  return [data, Date.parse(response.headers.get('date') ?? '') || 0];
}

function isSurelyUnchanged(error: unknown): boolean {
  // A repeated request may be refused because an earlier one, whose answer was lost, took effect.
  if (error instanceof OpenAIError && error.uncertain) return false;
  if (error instanceof APIConnectionError) return true;
  if (!(error instanceof APIError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408;
}
