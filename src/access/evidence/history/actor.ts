import type { AuditLogActor } from '../../../openai';

/** The actor of an event of the audit log. Texts are as the API returned them. */
export interface Actor {
  /** `key`: the log names only the API key. */
  readonly kind: 'user' | 'serviceAccount' | 'key';
  /**
   * Identifies the person or service account for filters, whichever key was used. An e-mail address where the log has
   * one, else the ID.
   */
  readonly id: string;
  /** The ID of the person, if {@link id} is an e-mail address. */
  readonly user?: string;
  /** The ID of the key that was used. */
  readonly key?: string;
}

/** The actor of an event. Undefined if the log names none, which is allowed (docs/api.md#audit-log). */
export function actorOf(actor: AuditLogActor | null | undefined): Actor | undefined {
  const { session, api_key } = actor ?? {};
  const key = api_key?.id;
  const { id, email } = session?.user ?? api_key?.user ?? {};
  const user = email || id;
  if (user) return { kind: 'user', id: user, ...(email && id && { user: id }), ...(key && { key }) };
  const account = api_key?.service_account?.id;
  if (account) return { kind: 'serviceAccount', id: account, ...(key && { key }) };
  return key ? { kind: 'key', id: key, key } : undefined;
}

/**
 * The IDs by which the API can be asked for the events of one actor (`Actor.id`): of the person or service account, and
 * of each key that these events name (docs/api.md#audit-log). Empty if no event is the actor's.
 */
export function actorIDs(events: readonly { readonly actor?: AuditLogActor | null }[], id: string): string[] {
  const ids = new Set<string>();
  for (const event of events) {
    const actor = actorOf(event.actor);
    if (actor?.id !== id) continue;
    ids.add(actor.user ?? (actor.id.includes('@') ? '' : actor.id)).add(actor.key ?? '');
  }
  ids.delete('');
  return [...ids].sort();
}
