import { errorResponse } from '../answers/errorResponse';
import { listPage, unknownCursor } from '../answers/page';
import { flag, integer, pageSize, readQuery, text, texts } from '../answers/query';
import type { EventActor } from '../state/actors';
import type { AuditEvent } from '../state/auditRecord';
import type { Endpoint } from './endpoint';

/** Event types that the API documents: two for permissions, and families for the rest. */
const documentedTypes =
  /^(checkpoint\.permission\.(created|deleted)|(api_key|certificates?|external_key|group|invite|ip_allowlist|log(in|out)|organization|project|rate_limit|resource|role|scim|service_account|tenant|tunnel|user|workload_identity_provider(_mapping)?)\.[a-z_.]+)$/;

/** The audit log, newest event first (docs/api.md#audit-log). The name of the scope is inferred. */
export const auditLogEndpoints: readonly Endpoint[] = [
  {
    name: 'auditLogs.list',
    method: 'GET',
    path: '/organization/audit_logs',
    key: 'admin',
    scope: 'api.audit_logs.read',
    answer(_state, { request, audit }) {
      const query = readQuery(request.query, {
        after: text,
        before: text,
        limit: pageSize({ fallback: 20, most: 100, above: 'refuse' }),
        'event_types[]': texts,
        'project_ids[]': texts,
        'actor_emails[]': texts,
        'actor_ids[]': texts,
        'resource_ids[]': texts,
        'effective_at[gt]': integer,
        'effective_at[gte]': integer,
        'effective_at[lt]': integer,
        'effective_at[lte]': integer,
        tenant_only: flag,
      });
      const types = query['event_types[]'];
      for (const type of types) {
        if (documentedTypes.test(type) && (!query.tenant_only || type.startsWith('tenant.'))) continue;
        throw errorResponse(400, `Invalid value: '${type}'.`, 'event_types', 'invalid_value');
      }
      const earliest = Math.max(
        query['effective_at[gte]'] ?? -Infinity,
        (query['effective_at[gt]'] ?? -Infinity) + 1,
      );
      const latest = Math.min(
        query['effective_at[lte]'] ?? Infinity,
        (query['effective_at[lt]'] ?? Infinity) - 1,
      );
      const isOneOf = (some: readonly string[], ...ids: readonly (string | undefined)[]) =>
        some.length === 0 || ids.some((id) => id !== undefined && some.includes(id));
      const counts = (event: AuditEvent) => {
        const isWanted =
          event.effective_at >= earliest &&
          event.effective_at <= latest &&
          isOneOf(types, event.type) &&
          isOneOf(query['resource_ids[]'], event.resource) &&
          (!query.tenant_only || event.type.startsWith('tenant.'));
        if (!isWanted) return false;
        const { id, user } = actorIDs(event.actor);
        return (
          isOneOf(query['project_ids[]'], event.project?.id) &&
          isOneOf(query['actor_emails[]'], user?.email) &&
          isOneOf(query['actor_ids[]'], id, user?.id)
        );
      };
      return page(audit.newestFirst, counts, query);
    },
  },
];

function actorIDs(actor: EventActor | null) {
  if (actor === null) return {};
  return actor.type === 'session'
    ? { user: actor.session.user }
    : { id: actor.api_key.id, user: actor.api_key.user };
}

/** Filters only as many events as the page needs. With only `before`, the page ends at that cursor (inferred). */
function page(
  events: readonly AuditEvent[],
  counts: (event: AuditEvent) => boolean,
  { after, before, limit }: { after: string | undefined; before: string | undefined; limit: number },
) {
  const start = after === undefined ? -1 : indexOfCursor(events, after, 'after');
  const end = before === undefined ? events.length : indexOfCursor(events, before, 'before');
  const isBackwards = before !== undefined && after === undefined;
  const step = isBackwards ? -1 : 1;
  const matching: AuditEvent[] = [];
  for (let place = isBackwards ? end - 1 : start + 1; matching.length <= limit; place += step) {
    const event = place > start && place < end ? events[place] : undefined;
    if (!event) break;
    if (counts(event)) matching.push(event);
  }
  const data = matching.slice(0, limit);
  return listPage(isBackwards ? data.reverse() : data, matching.length > limit);
}

function indexOfCursor(events: readonly AuditEvent[], cursor: string, param: string): number {
  const index = events.findIndex(({ id }) => id === cursor);
  if (index < 0) throw unknownCursor(cursor, param);
  return index;
}
