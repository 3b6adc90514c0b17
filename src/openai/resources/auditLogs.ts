import { auditLogs } from '../answers';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { AuditLog, AuditLogListParams } from '../wire';
import { cursorList } from './lists';

/** What people and keys did in the organization, the newest first (API reference §2). */
export class AuditLogs {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  list(
    query?: AuditLogListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<AuditLog>, AuditLog> {
    return cursorList(this.#send, auditLogs, ['organization', 'audit_logs'], query, options);
  }
}
