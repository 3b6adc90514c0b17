import {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  type ConnectionFailure,
  IncompleteListError,
  type IncompleteReason,
  type InsecureBaseURL,
  InsecureBaseURLError,
  type NotSentReason,
  OpenAIError,
  RateLimitError,
  UnexpectedResponseError,
} from '../openai';
import { presentable } from '../text/redact';
import { NoLongerShownError } from './loading/snapshot';
import { NotDeletedError } from './plan/answer';
import { NotListedYetError } from './plan/outcome';
import type { Step } from './plan/plan';
import { JournalError, NotOursError } from './plan/recorder';

/** A search with the key of a project that has no saved key. */
export class ProjectKeyMissingError extends Error {
  override readonly name = 'ProjectKeyMissingError';

  constructor(readonly project: string) {
    super();
  }
}

/** A failure, classified by what a person can do about it, with the facts that its message needs. */
export type FailureFacts =
  /** The person canceled it, or its list or organization is no longer shown. */
  | { readonly kind: 'canceled' }
  /** The API accepted a change that the list loaded afterwards does not show. */
  | { readonly kind: 'notListedYet'; readonly action: Step['action'] }
  | { readonly kind: 'notDeleted' }
  /** Another window took over the plan, or its record was removed. */
  | { readonly kind: 'takenOver' }
  | { readonly kind: 'journal'; readonly folder: string; readonly reason: string }
  /** The connection failed before the response was complete. */
  | {
      readonly kind: 'connection';
      readonly of: ConnectionFailure;
      readonly host?: string;
      readonly code?: string;
      readonly reason?: string;
    }
  /** A response that is not from this API, or a refusal without an error of the API. */
  | { readonly kind: 'notFromTheAPI'; readonly error: APIError }
  | { readonly kind: 'incompleteList'; readonly reason: IncompleteReason }
  | { readonly kind: 'missingScopes'; readonly scopes: readonly string[]; readonly error: APIError }
  /** A grant or revoke for the project that owns the model. */
  | { readonly kind: 'owningProject'; readonly project: string; readonly error: APIError }
  | { readonly kind: 'rateLimit'; readonly error: APIError }
  | { readonly kind: 'serverError'; readonly status: number; readonly error: APIError }
  | { readonly kind: RefusalKind; readonly error: APIError }
  /** Another status than those above. */
  | { readonly kind: 'otherRefusal'; readonly status: number; readonly error: APIError }
  | {
      readonly kind: 'insecureBaseURL';
      readonly reason: InsecureBaseURL;
      /** Such as `http://gateway.example`. Absent if the base URL is no URL. */
      readonly origin?: string;
      /** Origin that the key was saved for; present with `otherOrigin`. */
      readonly keyOrigin?: string;
    }
  | { readonly kind: 'notSent'; readonly reason: NotSentReason; readonly code?: string }
  | { readonly kind: 'projectKeyMissing'; readonly project: string }
  /** A fault of the extension, or an error of the system. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type FailureKind = FailureFacts['kind'];

/** Refusals of the API, by status. */
export type RefusalKind = 'badRequest' | 'unauthorized' | 'forbidden' | 'notFound' | 'conflict';

const refusals: Readonly<Record<number, RefusalKind>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
};

/** Whether the error is from a sample organization, which has neither a key nor a server. */
export function isWithoutServer(error: unknown): boolean {
  return error instanceof OpenAIError && error.withoutServer;
}

/** Classifies any error that the client or the domain throws. */
export function factsOf(error: unknown): FailureFacts {
  if (error instanceof APIUserAbortError || error instanceof NoLongerShownError) return { kind: 'canceled' };
  if (error instanceof NotListedYetError) return { kind: 'notListedYet', action: error.step.action };
  if (error instanceof NotDeletedError) return { kind: 'notDeleted' };
  if (error instanceof NotOursError) return { kind: 'takenOver' };
  if (error instanceof JournalError)
    return { kind: 'journal', folder: error.folder, reason: presentable(error.message, []) };
  if (error instanceof InsecureBaseURLError) {
    const { reason, protocol, host, keyOrigin } = error;
    return {
      kind: 'insecureBaseURL',
      reason,
      ...(protocol && { origin: `${protocol}//${host}` }),
      ...(keyOrigin !== undefined && { keyOrigin }),
    };
  }
  if (error instanceof OpenAIError && error.notSent) {
    const { notSent: reason, cause } = error;
    return { kind: 'notSent', reason, ...(cause instanceof Error && { code: cause.message }) };
  }
  if (error instanceof IncompleteListError) return { kind: 'incompleteList', reason: error.reason };
  if (error instanceof ProjectKeyMissingError) return { kind: 'projectKeyMissing', project: error.project };
  if (error instanceof APIError) return factsOfAPIError(error);
  return { kind: 'unknown', reason: presentable(error instanceof Error ? error.message : String(error), []) };
}

/** Whether a failure is about the key, so that it may be the same for every request of its kind. */
export function isOfKey(failure: unknown): boolean {
  if (failure === undefined) return false;
  const { kind } = factsOf(failure);
  return kind === 'missingScopes' || kind === 'unauthorized' || kind === 'forbidden';
}

const unconnected: readonly ConnectionFailure[] = ['refused', 'dns', 'unreachable'];

function factsOfAPIError(error: APIError): FailureFacts {
  if (error instanceof APIConnectionError) {
    const { kind, host, code, transportMessage, uncertain } = error;
    return {
      kind: 'connection',
      // A request that was sent was not refused: an established connection failed with a code of a refused one.
      of: uncertain && unconnected.includes(kind) ? 'reset' : kind,
      ...(host && { host }),
      ...(code && { code }),
      ...(transportMessage && { reason: transportMessage }),
    };
  }
  if (error instanceof UnexpectedResponseError || isNotFromTheAPI(error))
    return { kind: 'notFromTheAPI', error };
  const { status, missingScopes, owningProject } = error;
  if (missingScopes.length > 0) return { kind: 'missingScopes', scopes: missingScopes, error };
  if (owningProject) return { kind: 'owningProject', project: owningProject, error };
  if (error instanceof RateLimitError) return { kind: 'rateLimit', error };
  if (status === undefined) return { kind: 'unknown', reason: error.message };
  if (status >= 500) return { kind: 'serverError', status, error };
  const kind = refusals[status];
  return kind ? { kind, error } : { kind: 'otherRefusal', status, error };
}

/** A refusal without an error object of the API: the error page of a proxy says nothing about keys or checkpoints. */
function isNotFromTheAPI({ status, error }: APIError): boolean {
  return status !== undefined && error === undefined && status >= 400 && status < 500 && status !== 429;
}

/**
 * Why a failed list request says nothing about the key that was to be verified: the key may not list, or a gateway
 * has no such list. Undefined for any other failure; the error page of a proxy says nothing at all.
 */
export function whyNotVerified(error: unknown): 'notAllowed' | 'noSuchList' | undefined {
  const { kind } = factsOf(error);
  if (kind === 'notFound') return 'noSuchList';
  return kind === 'missingScopes' || kind === 'forbidden' ? 'notAllowed' : undefined;
}
