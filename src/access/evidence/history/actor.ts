import type { AuditLogActor } from '../../../openai';

/** Who did something, as the audit log names them. Texts are as the server wrote them. */
export interface Actor {
  /** The same person or service account has the same one, whichever key was used; what a filter compares. */
  readonly id: string;
  /** An e-mail address where the log has one, else the id. */
  readonly name: string;
  /** The id of the key by which it was done. */
  readonly key?: string;
}

/** Who it was; undefined when the log does not say, which it need not (docs/api.md#audit-log). */
export function actorOf(actor: AuditLogActor | null | undefined): Actor | undefined {
  const { session, api_key } = actor ?? {};
  const key = api_key?.id;
  const { id, email } = session?.user ?? api_key?.user ?? {};
  if (email || id) return { id: email || id || '', name: email || id || '', ...(key && { key }) };
  const account = api_key?.service_account?.id;
  if (account) return { id: account, name: `service account ${account}`, ...(key && { key }) };
  return key ? { id: key, name: `API key ${key}`, key } : undefined;
}
