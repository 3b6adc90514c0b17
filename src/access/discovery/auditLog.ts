import type { OpenAIAdmin } from '../../openai';
import type { CatalogFindingFacts } from '../catalog/catalogEntry';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Source } from './source';

/** Events per request: the maximum of the API (docs/api.md#the-other-endpoints). */
const pageSize = 100;

/** Finds the checkpoints of created permissions in the audit log, from the newest event to the oldest. */
export function auditLogSource(api: Pick<OpenAIAdmin['admin']['organization']['auditLogs'], 'list'>): Source {
  return {
    id: 'auditLog',
    place: { kind: 'auditLog' },
    async find(onFound, { signal, onWait, progress, now }) {
      const grants = new Map<string, { count: number; last: number }>();
      const query = { event_types: ['checkpoint.permission.created'], limit: pageSize };
      const report = (id: string, facts: CatalogFindingFacts): void =>
        onFound({ id, findings: [{ in: 'auditLog', at: now, ...facts }] });
      let events = 0;
      const first = await api.list(query, { signal, onWait });
      for await (const event of first.wholeList()) {
        events += 1;
        if (events % pageSize === 0) progress({ of: 'events', done: events });
        const id = event['checkpoint.permission.created']?.data?.fine_tuned_model_checkpoint ?? '';
        if (!parseCheckpointId(id)) continue;
        const grant = grants.get(id) ?? { count: 0, last: 0 };
        grant.count += 1;
        grant.last = Math.max(grant.last, event.effective_at);
        grants.set(id, grant);
        // The newest events come first: until the end of the log is loaded, the count is not final.
        report(id, lastOf(grant));
      }
      for (const [id, grant] of grants) report(id, { count: grant.count, ...lastOf(grant) });
      return [];
    },
  };
}

/** The time of an event may be unknown. */
function lastOf({ last }: { readonly last: number }): CatalogFindingFacts {
  return last > 0 ? { last: last * 1000 } : {};
}
