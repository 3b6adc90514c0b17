import type { OpenAIAdmin } from '../../openai';
import { usageDays as days, usageQuery } from '../evidence/usageDays';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Source } from './source';
import { day } from './source';

/** The fine-tuned models that were used in the last three months, whoever used them. */
export function usageSource(api: Pick<OpenAIAdmin['admin']['organization']['usage'], 'completions'>): Source {
  return {
    id: 'usage',
    title: `Usage of the last ${days} days`,
    async find(found, { signal, onWait, progress, now }) {
      const uses = new Map<string, { requests: number; last: number }>();
      const tell = (id: string, detail: string): void =>
        found({ id, findings: [{ in: 'usage', at: now, detail }] });
      const query = usageQuery(now, ['model']);
      const cursors = new Set<string | undefined>([undefined]);
      for (let page: string | undefined, buckets = 0; ; ) {
        const answer = await api.completions({ ...query, ...(page && { page }) }, { signal, onWait });
        for (const { results, start_time } of answer.data) {
          for (const { model, num_model_requests } of results) {
            if (!model || !parseCheckpointId(model)) continue;
            const use = uses.get(model) ?? { requests: 0, last: 0 };
            use.requests += num_model_requests;
            use.last = Math.max(use.last, start_time);
            uses.set(model, use);
            // The newest days come last: until they were read, neither the number nor the day is the last word.
            tell(model, `used on ${day(use.last)} or later`);
          }
        }
        buckets += answer.data.length;
        progress(`${buckets} of ${days} days read`);
        if (!answer.has_more) {
          for (const [model, { requests, last }] of uses)
            tell(model, `${requests} requests in ${days} days, last on ${day(last)}`);
          return undefined;
        }
        const next = answer.next_page ?? undefined;
        if (cursors.has(next)) return 'the server said that there is more, but not where';
        cursors.add(next);
        page = next;
      }
    },
  };
}
