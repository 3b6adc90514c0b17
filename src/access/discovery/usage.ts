import type { OpenAIAdmin } from '../../openai';
import { usageDays as days, usageQuery } from '../evidence/usageDays';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Source } from './source';
import { day } from './source';

/** The fine-tuned models that were used in the last three months, whoever used them. */
export function usageSource(
  api: Pick<OpenAIAdmin['admin']['organization']['usage'], 'completionPages'>,
): Source {
  return {
    id: 'usage',
    title: `Usage of the last ${days} days`,
    async find(found, { signal, onWait, progress, now }) {
      const uses = new Map<string, { requests: number; last: number }>();
      const tell = (id: string, detail: string): void =>
        found({ id, findings: [{ in: 'usage', at: now, detail }] });
      let buckets = 0;
      const pages = api.completionPages(usageQuery(now, ['model']), { signal, onWait });
      for await (const { data } of pages) {
        for (const { results, start_time } of data) {
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
        buckets += data.length;
        progress(`${buckets} of ${days} days read`);
      }
      for (const [model, { requests, last }] of uses)
        tell(model, `${requests} requests in ${days} days, last on ${day(last)}`);
      return undefined;
    },
  };
}
