import type { SampleKey } from '../state/actors';
import { ErrorResponse, errorResponse } from './errorResponse';

const keysPage = 'https://platform.openai.com/account/api-keys';

/**
 * The key of a request.
 *
 * @throws ErrorResponse 401 when the key is missing or unknown to the organization
 * (docs/api.md#statuses-that-were-seen).
 */
export function authenticate(
  keys: ReadonlyMap<string, SampleKey>,
  authorization: string | undefined,
): SampleKey {
  const value = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (value === undefined) {
    throw errorResponse(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer " +
        `auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from ${keysPage}.`,
    );
  }
  const key = keys.get(value);
  if (key === undefined) {
    const message = `Incorrect API key provided: ${redact(value)}. You can find your API key at ${keysPage}.`;
    throw errorResponse(401, message, null, 'invalid_api_key');
  }
  return key;
}

/** Redacts a key as the API does: eight characters and the last four stay, so a client must redact it again. */
function redact(key: string): string {
  return key.length <= 12
    ? key.slice(0, 2) + '*'.repeat(Math.max(key.length - 2, 0))
    : key.slice(0, 8) + '*'.repeat(key.length - 12) + key.slice(-4);
}

/**
 * Checks that a key has the scope of an endpoint. A key of the wrong kind has none of the other kind's scopes.
 *
 * @throws ErrorResponse as reported from the field: 401 with `code: null` from the checkpoint endpoints
 * (docs/api.md#a-missing-scope-arrives-as-401), 403 with bare text from the organization's and the models endpoints
 * (field reports; which of the two the live server sends has changed over time).
 */
export function requireScope(key: SampleKey, kind: SampleKey['kind'], scope: string): void {
  if (key.kind === kind && !key.missingScopes.includes(scope)) return;
  throw missingScope(scope);
}

/** The error of `requireScope`, also for a checkpoint that refuses a scope that the key has. */
export function missingScope(scope: string): ErrorResponse {
  const message =
    `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the ` +
    "correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a " +
    'restricted API key, that it has the necessary scopes.';
  return scope.startsWith('api.fine_tuning.') ? errorResponse(401, message) : new ErrorResponse(403, message);
}
