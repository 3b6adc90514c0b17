import { type AdminAPIKey, APIError, type OpenAIAdmin } from '../../openai';
import { isDate } from '../../text/dates';
import { whyNotVerified } from '../failures';
import { keyExpiresSoonDays } from '../thresholds';

/** Why a check of the key didn't find when it expires. */
export type ExpiryUnknown =
  /** No listed key has a redacted value that fits the key in use. */
  | 'noMatch'
  /** Several listed keys have one. */
  | 'severalMatch'
  /** There are more keys than one request lists, so another one could fit, too. */
  | 'furtherKeys'
  /** The key may not list admin API keys. */
  | 'notAllowed'
  /** The API has no list of admin API keys. */
  | 'noSuchList';

/** What a check of the key found. It is stored, so it has no part of the key, and nothing of other keys. */
export interface ExpiryCheck {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When the key expires, in milliseconds since 1970. `notReported`: the API gives no date for it. */
  readonly expires: number | 'notReported' | ExpiryUnknown;
}

/** The result of one check. */
export interface CheckedKey {
  readonly check: ExpiryCheck;
  /** The role of the key's owner in the organization, such as `owner`, if the API told it. Any text. */
  readonly role?: string;
  /** The scopes that a refused check named as missing. */
  readonly missingScopes?: readonly string[];
}

/** The most keys that one request lists (docs/api.md#admin-api-keys). */
export const keysAtOnce = 100;

const unknown: readonly unknown[] = [
  'noMatch',
  'severalMatch',
  'furtherKeys',
  'notAllowed',
  'noSuchList',
] satisfies readonly ExpiryUnknown[];

/** What a list of admin API keys tells of the key in use. `now` in milliseconds since 1970. */
export function checkedKey(
  { data, has_more }: { readonly data: readonly AdminAPIKey[]; readonly has_more: boolean },
  client: Pick<OpenAIAdmin, 'isOwnKey'>,
  now: number,
): CheckedKey {
  const fitting = data.filter(({ redacted_value }) => client.isOwnKey(redacted_value));
  const [own] = fitting;
  if (fitting.length > 1) return { check: { at: now, expires: 'severalMatch' } };
  if (has_more) return { check: { at: now, expires: 'furtherKeys' } };
  if (!own) return { check: { at: now, expires: 'noMatch' } };
  const { expires_at, owner } = own;
  return {
    check: { at: now, expires: expires_at === null ? 'notReported' : expires_at * 1000 },
    ...(owner.role && { role: owner.role }),
  };
}

/**
 * What a refused check tells of the key in use. Undefined for an error that says nothing about it. `now` in milliseconds
 * since 1970.
 */
export function checkOfRefusal(error: unknown, now: number): CheckedKey | undefined {
  const why = whyNotVerified(error);
  if (!why) return undefined;
  const missingScopes = error instanceof APIError ? error.missingScopes : [];
  return { check: { at: now, expires: why }, missingScopes };
}

/** Parses a stored check, which may be from another version or damaged. */
export function parseExpiryCheck(stored: unknown): ExpiryCheck | undefined {
  const { at, expires } = (stored ?? {}) as Partial<Record<keyof ExpiryCheck, unknown>>;
  if (typeof at !== 'number' || !isDate(at)) return undefined;
  const isKnown = typeof expires === 'number' ? isDate(expires) : expires === 'notReported';
  return isKnown || unknown.includes(expires)
    ? { at, expires: expires as ExpiryCheck['expires'] }
    : undefined;
}

/** An expiry that a person must hear of. */
export interface DueExpiry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Calendar days in UTC from now on: 0 on the last day, negative after it. */
  readonly daysLeft: number;
  readonly isOver: boolean;
}

const day = 24 * 60 * 60_000;

/** The expiry of a key that has expired, or expires soon. `now` in milliseconds since 1970. */
export function dueExpiry(check: ExpiryCheck | undefined, now: number): DueExpiry | undefined {
  const at = check?.expires;
  if (typeof at !== 'number' || at - now > keyExpiresSoonDays * day) return undefined;
  return { at, daysLeft: Math.floor(at / day) - Math.floor(now / day), isOver: at <= now };
}
