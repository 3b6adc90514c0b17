import type { OpenAIAdmin } from '../../openai';
import type { CatalogFindingFacts } from '../catalog/catalogEntry';
import { usageDays as days, usageQuery } from '../evidence/usageDays';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Source } from './source';

/** Finds the fine-tuned models that any project used in the last three months. */
export function usageSource(
  api: Pick<OpenAIAdmin['admin']['organization']['usage'], 'completionWindows'>,
): Source {
  return {
    id: 'usage',
    place: { kind: 'usage', days },
    async find(onFound, { signal, onWait, progress, now }) {
      const uses = new Map<string, { requests: number; last: number }>();
      const report = (id: string, facts: CatalogFindingFacts): void =>
        onFound({ id, findings: [{ in: 'usage', at: now, ...facts }] });
      let buckets = 0;
      const windows = api.completionWindows(usageQuery(now, ['model']), { signal, onWait });
      for await (const { data } of windows) {
        for (const { results, start_time } of data) {
          for (const { model, num_model_requests } of results) {
            if (!model || !parseCheckpointId(model)) continue;
            const use = uses.get(model) ?? { requests: 0, last: 0 };
            use.requests += num_model_requests;
            use.last = Math.max(use.last, start_time);
            uses.set(model, use);
            // The newest days come last: until they are loaded, neither the count nor the day is final.
            report(model, { last: use.last * 1000 });
          }
        }
        buckets += data.length;
        progress({ of: 'days', done: buckets, total: days });
      }
      for (const [model, { requests, last }] of uses)
        report(model, { count: requests, last: last * 1000, days });
      return [];
    },
  };
}
