import { hash } from './identifiers';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/** Who did something, as the audit log says it (docs/api.md#audit-log). */
export type Actor =
  | { readonly type: 'session'; readonly session: { readonly user: Person; readonly ip_address: string } }
  | {
      readonly type: 'api_key';
      readonly api_key: { readonly id: string; readonly type: 'user'; readonly user: Person };
    };

export function keyActor(key: Pick<Key, 'id'>, user: Person): Actor {
  return { type: 'api_key', api_key: { id: key.id ?? 'key_unknown', type: 'user', user } };
}

/** Whoever it was that did what nobody was watched doing: mostly a key, now and then a person in the dashboard. */
export function somebody(
  people: readonly Person[],
  keys: readonly { readonly id: string }[],
  what: string,
): Actor {
  const number = hash(what);
  const user = people[number % people.length] ?? { id: 'user-unknown', email: 'unknown@example.invalid' };
  const key = keys[(number >>> 8) % keys.length];
  // From the addresses that are set aside for documentation (RFC 5737).
  return key && number % 3
    ? keyActor(key, user)
    : { type: 'session', session: { user, ip_address: `192.0.2.${number % 250}` } };
}

/** A key the organization accepts. An admin key cannot call the project endpoints, and the other way round. */
export interface Key {
  readonly kind: 'admin' | 'project';
  /** The id it has in lists and in the audit log. */
  readonly id?: string;
  /** The project that a project key belongs to. */
  readonly project?: string;
  /** Scopes of its kind that the key was made without, for example `api.fine_tuning.checkpoints.write`. */
  missingScopes: readonly string[];
}
