import type { OpenAIAdmin } from '../../openai';
import { isoDay } from '../../text/dates';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Source } from './source';

/** The most events that the API serves in one request (docs/api.md#the-other-endpoints). */
const pageSize = 100;

/** The grants that the organization's audit log remembers: the newest first, to its end. */
export function auditLogSource(api: Pick<OpenAIAdmin['admin']['organization']['auditLogs'], 'list'>): Source {
  return {
    id: 'auditLog',
    title: 'Audit log',
    async find(found, { signal, onWait, progress, now }) {
      const grants = new Map<string, { count: number; last: number }>();
      const query = { event_types: ['checkpoint.permission.created'], limit: pageSize };
      const tell = (id: string, detail: string): void =>
        found({ id, findings: [{ in: 'audit log', at: now, detail }] });
      let events = 0;
      for await (const event of api.list(query, { signal, onWait })) {
        events += 1;
        if (events % pageSize === 0) progress(`${events} grants read`);
        const id = event['checkpoint.permission.created']?.data?.fine_tuned_model_checkpoint ?? '';
        if (!parseCheckpointId(id)) continue;
        const grant = grants.get(id) ?? { count: 0, last: 0 };
        grant.count += 1;
        grant.last = Math.max(grant.last, event.effective_at);
        grants.set(id, grant);
        // The newest come first: until the log was read to its end, there may have been more.
        tell(id, `last granted on ${isoDay(grant.last * 1000) ?? 'an unknown day'}`);
      }
      for (const [id, { count, last }] of grants)
        tell(
          id,
          `${count === 1 ? 'granted' : `granted ${count} times, last`} on ${isoDay(last * 1000) ?? 'an unknown day'}`,
        );
      return undefined;
    },
  };
}
