import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { auditLogs } from '../responses';
import type { AuditLog, AuditLogListParams } from '../wire';
import { cursorList } from './lists';

/** The organization's audit log, newest first (docs/api.md#audit-log). */
export class AuditLogs {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  list(
    query?: AuditLogListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<AuditLog>, AuditLog> {
    return cursorList(this.#send, auditLogs, ['organization', 'audit_logs'], query, options);
  }
}
