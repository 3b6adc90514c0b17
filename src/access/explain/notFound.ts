import { APIError } from '../../openai';

/** A message about the address of the request: the server has no such endpoint. */
const aboutAddress =
  /\b(?:url|uri|path|page|file|route|router|endpoint|handler|upstream)s?\b|\/v\d|\/organization\b|\b(?:get|post|delete) \//i;

/** A message that says no more than the status. */
const bare = /^\W{0,9}(?:(?:404|error|status|resource|object)\W{1,9}){0,3}not\W?found\W{0,9}$/i;

/** The type that the API gives to its errors. Gateways give none, or one of their own. */
const typeOfAPI = 'invalid_request_error';

/**
 * The message of a 404 that is surely of this API: the API's own error, and not about an address that a gateway does not
 * have. Undefined for any other failure.
 */
export function messageOfNotFound(error: unknown): string | undefined {
  if (!(error instanceof APIError) || error.status !== 404) return undefined;
  const message = error.error?.message;
  if (message === undefined || aboutAddress.test(message)) return undefined;
  return bare.test(message) && error.type !== typeOfAPI ? undefined : message;
}
