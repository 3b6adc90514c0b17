import { APIConnectionError, APIError, type APIPromise, APIUserAbortError, OpenAIError } from '../../openai';
import type { Permission } from '../api';

/**
 * The result of one request for a change, before the list is reloaded.
 * `refused`: certainly without effect. `uncertain`: it may have taken effect. `notSent`: canceled before it was sent.
 */
export type RequestResult =
  /**
   * `since`: permissions created before it are not of this request, in milliseconds by the server's clock. `made`:
   * the permissions that a grant created; absent if the response has no complete list.
   */
  | { readonly kind: 'accepted'; readonly since?: number; readonly made?: readonly Permission[] }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'uncertain'; readonly error: unknown; readonly since?: number }
  /** `error`: absent after a cancel. */
  | { readonly kind: 'notSent'; readonly error?: unknown };

/** The API answered a DELETE with success, but with `deleted: false`. */
export class NotDeletedError extends Error {
  override readonly name = 'NotDeletedError';
}

/** The maximum difference, in milliseconds, between the clocks that date permissions and responses. */
const serverSlack = 5_000;
/** The maximum difference, in milliseconds, between this machine's clock and the server's. */
const localSlack = 120_000;

/**
 * Awaits a request for a change and classifies its result. Never rejects. `beganAt` returns when the request was
 * sent, in milliseconds by the clock `now`. With the date of the response it limits the age of a created permission.
 */
export async function classifyResponse(
  request: PromiseLike<object> | APIPromise<object>,
  beganAt: () => number,
  now: () => number,
): Promise<RequestResult> {
  try {
    const [response, date] = await withDate(request);
    if ('deleted' in response && response.deleted === false) {
      return { kind: 'refused', error: new NotDeletedError() };
    }
    const since = date ? date - Math.max(0, now() - beganAt()) - serverSlack : undefined;
    const made = createdBy(response, since);
    return { kind: 'accepted', ...(since !== undefined && { since }), ...(made && { made }) };
  } catch (error) {
    if (error instanceof APIUserAbortError && !error.uncertain) return { kind: 'notSent' };
    if (isSurelyUnchanged(error)) return { kind: 'refused', error };
    return { kind: 'uncertain', error, since: beganAt() - localSlack };
  }
}

/**
 * The permissions created by this grant. A grant response lists every permission the projects have, so older ones are
 * filtered out by `since`. Undefined if the response has no complete list.
 */
function createdBy(response: object, since = Number.NEGATIVE_INFINITY): Permission[] | undefined {
  const { data, has_more } = response as { data?: readonly Permission[]; has_more?: boolean };
  if (!Array.isArray(data) || data.length === 0 || has_more) return undefined;
  return data.filter((permission: Permission) => permission.created_at * 1000 >= since);
}

/** The response with its `Date` header in milliseconds since 1970, or 0 without one. */
async function withDate(request: PromiseLike<object> | APIPromise<object>): Promise<[object, number]> {
  if (!('withResponse' in request)) return [await request, 0];
  const { data, response } = await request.withResponse();
  return [data, Date.parse(response.headers.get('date') ?? '') || 0];
}

function isSurelyUnchanged(error: unknown): boolean {
  // A retry may be refused because an earlier attempt, whose response was lost, took effect.
  if (error instanceof OpenAIError && error.uncertain) return false;
  if (error instanceof APIConnectionError) return true;
  if (!(error instanceof APIError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408;
}
