import { type FineTuningJobMetrics, IncompleteListError, type OpenAIProject } from '../../openai';
import type { CatalogEntry } from '../catalog/catalogEntry';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Search, Source } from './source';

/** A project that a key of its own opens. */
export interface ProjectKeyClient {
  /** `proj_…` */
  readonly project: string;
  /** What people call it; not safe to show as it is. */
  readonly label: string;
  /** A client with the project's key. Rejects when the key cannot be read, or must not be sent where it would go. */
  open(): Promise<ProjectAPI>;
}

/** The part of the client with a project's key that the search works with. */
export type ProjectAPI = Pick<OpenAIProject, 'fineTuning' | 'models' | 'close'>;

/**
 * Jobs asked for in one request. No maximum is documented; this many are known to work (docs/api.md#fine-tuning-jobs).
 */
const pageSize = 100;

/**
 * What a project's fine-tuning jobs made: the models, their steps with metrics, and when each ends by the server's own
 * word. One request for the models, one for each hundred jobs, one for each job that made a model.
 */
export function jobsSource({ project, label, open }: ProjectKeyClient): Source {
  return {
    id: `jobs:${project}`,
    title: `Fine-tuning jobs of ${label}`,
    async find(found, search) {
      const api = await open();
      try {
        return await findWith(api, found, search);
      } finally {
        void api.close();
      }
    },
  };

  async function findWith(
    api: ProjectAPI,
    found: (entry: CatalogEntry) => void,
    { signal, onWait, progress, now }: Search,
  ): Promise<string | undefined> {
    const options = { signal, onWait };
    const made: { readonly job: string; readonly model: string }[] = [];
    const missing: string[] = [];
    const finding = (job: string) => [
      { in: 'fine-tuning jobs' as const, at: now, detail: `job ${job} of ${label}` },
    ];
    for await (const job of api.fineTuning.jobs.list({ limit: pageSize }, options)) {
      const model = job.fine_tuned_model ?? '';
      if (!parseCheckpointId(model)) continue;
      made.push({ job: job.id, model });
      found({
        id: model,
        findings: finding(job.id),
        createdAt: job.finished_at ?? job.created_at,
        owner: project,
      });
    }
    progress(`${made.length} jobs`);
    missing.push(...(await shutdownDates(api, found, { ...options, now })));
    for (const [index, { job }] of made.entries()) {
      try {
        for await (const step of api.fineTuning.jobs.checkpoints.list(job, { limit: pageSize }, options)) {
          const id = step.fine_tuned_model_checkpoint;
          if (!parseCheckpointId(id)) continue;
          const metrics = numbersIn(step.metrics);
          found({
            id,
            findings: finding(job),
            createdAt: step.created_at,
            owner: project,
            ...(metrics && { metrics }),
          });
        }
      } catch (error) {
        // One job's steps are not worth the others'.
        signal.throwIfAborted();
        missing.push(`the steps of ${job} could not be read (${message(error)})`);
      }
      progress(`steps of ${index + 1} of ${made.length} jobs`);
    }
    return missing.length > 0 ? missing.join('; ') : undefined;
  }

  async function shutdownDates(
    { models }: ProjectAPI,
    found: (entry: CatalogEntry) => void,
    { now, ...options }: { readonly signal: AbortSignal; readonly now: number },
  ): Promise<string[]> {
    try {
      for await (const { id, shutdown_date } of models.list(options)) {
        if (!parseCheckpointId(id)) continue;
        found({
          id,
          findings: [{ in: 'models', at: now, detail: `usable by ${label}` }],
          ...(shutdown_date && { shutdownDate: shutdown_date }),
        });
      }
      return [];
    } catch (error) {
      options.signal.throwIfAborted();
      return [`the models that ${label} can use could not be read (${message(error)})`];
    }
  }
}

function numbersIn(metrics: FineTuningJobMetrics): Record<string, number> | undefined {
  const numbers = Object.entries(metrics).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  return numbers.length > 0 ? Object.fromEntries(numbers) : undefined;
}

function message(error: unknown): string {
  if (error instanceof IncompleteListError) return error.reason;
  return error instanceof Error ? error.message : String(error);
}
