import type { Key } from '../state/actors';
import { Refusal, refusal } from './refusal';

const keysPage = 'https://platform.openai.com/account/api-keys';

/**
 * Finds the key that a request carries.
 *
 * @throws Refusal 401 when there is no key, or one the organization does not know
 * (docs/api.md#statuses-that-were-seen).
 */
export function authenticate(keys: ReadonlyMap<string, Key>, authorization: string | undefined): Key {
  const value = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (value === undefined) {
    throw refusal(
      401,
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer " +
        `auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from ${keysPage}.`,
    );
  }
  const key = keys.get(value);
  if (key === undefined) {
    const message = `Incorrect API key provided: ${redact(value)}. You can find your API key at ${keysPage}.`;
    throw refusal(401, message, null, 'invalid_api_key');
  }
  return key;
}

/** Shows eight characters and the last four, as the API does: enough of a key that a client must redact it again. */
function redact(key: string): string {
  return key.length <= 12
    ? key.slice(0, 2) + '*'.repeat(Math.max(key.length - 2, 0))
    : key.slice(0, 8) + '*'.repeat(key.length - 12) + key.slice(-4);
}

/**
 * Holds a key to the scope that an endpoint asks for. A key of the wrong kind has none of the other kind's scopes.
 *
 * @throws Refusal as the field saw it: 401 with `code: null` from the checkpoint endpoints
 * (docs/api.md#a-missing-scope-arrives-as-401), 403 with bare text from the organization's and the models endpoints
 * (field reports; which of the two the live server sends has changed over time).
 */
export function requireScope(key: Key, kind: Key['kind'], scope: string): void {
  if (key.kind === kind && !key.missingScopes.includes(scope)) return;
  throw missingScope(scope);
}

/** See `requireScope`; on its own for a checkpoint that refuses what the key may do elsewhere. */
export function missingScope(scope: string): Refusal {
  const message =
    `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the ` +
    "correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a " +
    'restricted API key, that it has the necessary scopes.';
  return scope.startsWith('api.fine_tuning.') ? refusal(401, message) : new Refusal(403, message);
}
