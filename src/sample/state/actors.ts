import { hash } from './identifiers';

export interface OrganizationUser {
  readonly id: string;
  readonly email: string;
}

/** The actor of an audit log event (docs/api.md#audit-log). */
export type EventActor =
  | {
      readonly type: 'session';
      readonly session: { readonly user: OrganizationUser; readonly ip_address: string };
    }
  | {
      readonly type: 'api_key';
      readonly api_key: { readonly id: string; readonly type: 'user'; readonly user: OrganizationUser };
    };

export function keyActor(key: Pick<SampleKey, 'id'>, user: OrganizationUser): EventActor {
  return { type: 'api_key', api_key: { id: key.id ?? 'key_unknown', type: 'user', user } };
}

/** A stable actor for an event without a recorded one: mostly a key, sometimes a user session. */
export function inventedActor(
  people: readonly OrganizationUser[],
  keys: readonly { readonly id: string }[],
  eventId: string,
): EventActor {
  const number = hash(eventId);
  const user = people[number % people.length] ?? { id: 'user-unknown', email: 'unknown@example.invalid' };
  const key = keys[(number >>> 8) % keys.length];
  // An address reserved for documentation (RFC 5737).
  return key && number % 3
    ? keyActor(key, user)
    : { type: 'session', session: { user, ip_address: `192.0.2.${number % 250}` } };
}

/** A key that the organization accepts. Admin keys and project keys open different endpoints. */
export interface SampleKey {
  readonly kind: 'admin' | 'project';
  /** Its ID in lists and in the audit log. */
  readonly id?: string;
  /** Project of a project key. */
  readonly project?: string;
  /** Scopes that the key lacks, for example `api.fine_tuning.checkpoints.write`. */
  missingScopes: readonly string[];
}
