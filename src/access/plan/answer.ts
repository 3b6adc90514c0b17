import { APIConnectionError, APIError, type APIPromise, APIUserAbortError, OpenAIError } from '../../openai';
import type { Permission } from '../api';
import type { RequestEvidence, ServerTime } from './attribution';
import type { Known } from './basis';

/**
 * The result of one request for a change, before the list is reloaded.
 * `refused`: certainly without effect. `doubtful`: refused, but a part may have taken effect. `uncertain`: it may have
 * taken effect, or may still do. `notSent`: canceled before it was sent.
 */
export type RequestResult =
  /** `listed`: the permissions in the response to a grant; absent if the response has no complete list. */
  | {
      readonly kind: 'accepted';
      readonly serverTime?: ServerTime;
      readonly listed?: readonly Permission[];
    }
  | {
      readonly kind: 'refused' | 'doubtful' | 'uncertain';
      readonly error: unknown;
      readonly serverTime?: ServerTime;
    }
  /** `error`: absent after a cancel. */
  | { readonly kind: 'notSent'; readonly error?: unknown };

/** A request's result with what was known of its project before it was sent. */
export interface Sent {
  readonly answer: RequestResult;
  readonly known: Known;
}

/** What a request's result tells about who made the change of a step's project. */
export function evidenceOf({ answer, known }: Sent, project: string): RequestEvidence {
  const serverTime = 'serverTime' in answer ? answer.serverTime : undefined;
  const listed = answer.kind === 'accepted' && answer.listed ? listedOf(answer.listed, project) : undefined;
  return { result: answer.kind, known, ...(serverTime && { serverTime }), ...(listed && { listed }) };
}

const byProject = new WeakMap<readonly Permission[], Map<string, Permission[]>>();

/** The permissions of one project in a response, which has those of thousands. */
function listedOf(listed: readonly Permission[], project: string): readonly Permission[] {
  let groups = byProject.get(listed);
  if (!groups) {
    groups = new Map();
    for (const permission of listed) {
      const group = groups.get(permission.project_id);
      if (group) group.push(permission);
      else groups.set(permission.project_id, [permission]);
    }
    byProject.set(listed, groups);
  }
  return groups.get(project) ?? [];
}

/** The API answered a DELETE with success, but with `deleted: false`. */
export class NotDeletedError extends Error {
  override readonly name = 'NotDeletedError';

  /** `uncertain`: an earlier attempt may have deleted it already. */
  constructor(readonly uncertain = false) {
    super();
  }
}

/**
 * Awaits a request for a change and classifies its result. Never rejects. `elapsed` returns the milliseconds since the
 * request was sent, or a higher number.
 */
export async function classifyResponse(
  request: PromiseLike<object> | APIPromise<object>,
  elapsed: () => number,
): Promise<RequestResult> {
  try {
    const { data, headers, uncertain } = await withHeaders(request);
    const serverTime = serverTimeOf(headers, elapsed());
    if ('deleted' in data && data.deleted === false) {
      const error = new NotDeletedError(uncertain);
      return { kind: kindOf(error), error };
    }
    const listed = listedIn(data);
    return { kind: 'accepted', ...(serverTime && { serverTime }), ...(listed && { listed }) };
  } catch (error) {
    if (error instanceof APIUserAbortError && !error.uncertain) return { kind: 'notSent' };
    const headers = error instanceof APIError ? error.headers : undefined;
    const serverTime = serverTimeOf(headers, elapsed());
    return { kind: kindOf(error), error, ...(serverTime && { serverTime }) };
  }
}

/** The permissions that the response to a grant lists. Undefined if it has no complete list. */
function listedIn(response: object): Permission[] | undefined {
  const { data, has_more } = response as { data?: Permission[]; has_more?: boolean };
  return Array.isArray(data) && data.length > 0 && !has_more ? data : undefined;
}

async function withHeaders(
  request: PromiseLike<object> | APIPromise<object>,
): Promise<{ data: object; headers?: Headers; uncertain?: boolean }> {
  if (!('withResponse' in request)) return { data: await request };
  const { data, response, uncertain } = await request.withResponse();
  return { data, headers: response.headers, uncertain };
}

function serverTimeOf(headers: Headers | undefined, took: number): ServerTime | undefined {
  const date = Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(date) ? undefined : { date: Math.floor(date / 1000), took: Math.max(0, took) };
}

/** Statuses that are decided before anything is changed. Others may follow a batch that was carried out in part. */
const withoutEffect: readonly (number | undefined)[] = [401, 403, 404, 429];

/** Whether a request that ended with this error may have taken effect. */
export function mayHaveTakenEffect(error: unknown): boolean {
  return kindOf(error) !== 'refused';
}

function kindOf(error: unknown): 'refused' | 'doubtful' | 'uncertain' {
  // A retry may be refused because an earlier attempt, whose response was lost, took effect.
  if (error instanceof OpenAIError && error.uncertain) return 'uncertain';
  if (error instanceof NotDeletedError) return error.uncertain ? 'uncertain' : 'refused';
  if (error instanceof APIConnectionError || (error instanceof OpenAIError && error.notSent))
    return 'refused';
  if (!(error instanceof APIError) || error.status === undefined) return 'uncertain';
  if (withoutEffect.includes(error.status)) return 'refused';
  return error.status >= 400 && error.status < 500 && error.status !== 408 ? 'doubtful' : 'uncertain';
}
