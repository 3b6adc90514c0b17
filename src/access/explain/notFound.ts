import { APIError } from '../../openai';

/**
 * The message of a 404 that is surely of this API: the API's own error, and not about a URL that a gateway does not
 * have. Undefined for any other failure.
 */
export function messageOfNotFound(error: unknown): string | undefined {
  if (!(error instanceof APIError) || error.status !== 404) return undefined;
  const message = error.error?.message;
  if (message === undefined) return undefined;
  return /^(invalid|unknown|unrecognized) (request )?(url|path|endpoint|route)/i.test(message)
    ? undefined
    : message;
}
