import type { AuditLogActor } from '../../../openai';

/** Who did something, as the audit log names them. Texts are as the server wrote them. */
export interface Actor {
  /** `key`: the log names nothing but the API key. */
  readonly kind: 'user' | 'serviceAccount' | 'key';
  /**
   * The same person or service account has the same one, whichever key was used; what a filter compares. An e-mail address
   * where the log has one, else the ID.
   */
  readonly id: string;
  /** The ID of the key that was used. */
  readonly key?: string;
}

/** Who it was; undefined when the log does not say, which it need not (docs/api.md#audit-log). */
export function actorOf(actor: AuditLogActor | null | undefined): Actor | undefined {
  const { session, api_key } = actor ?? {};
  const key = api_key?.id;
  const { id, email } = session?.user ?? api_key?.user ?? {};
  const user = email || id;
  if (user) return { kind: 'user', id: user, ...(key && { key }) };
  const account = api_key?.service_account?.id;
  if (account) return { kind: 'serviceAccount', id: account, ...(key && { key }) };
  return key ? { kind: 'key', id: key, key } : undefined;
}
