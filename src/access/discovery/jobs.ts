import { type FineTuningJobMetrics, IncompleteListError, type OpenAIProject } from '../../openai';
import type { CatalogEntry } from '../catalog/catalogEntry';
import { parseCheckpointId } from '../ids/checkpointId';
import type { Gap, Search, Source } from './source';

/** A project with a saved API key, and its client. */
export interface ProjectKeyClient {
  /** `proj_…` */
  readonly project: string;
  /** The label of the project, not safe to show unescaped. */
  readonly label: string;
  /**
   * Opens a client with the key of the project. Rejects if the key cannot be read, or must not be sent to the host in
   * use.
   */
  open(): Promise<ProjectAPI>;
}

/** The part of the client of a project that the search uses. */
export type ProjectAPI = Pick<OpenAIProject, 'fineTuning' | 'models' | 'close'>;

/** Jobs per request. No maximum is documented; this number is known to work (docs/api.md#fine-tuning-jobs). */
const pageSize = 100;

/**
 * Finds the models that the fine-tuning jobs of a project created, their checkpoints with metrics, and the shutdown
 * dates that the API reports. Sends one request for the models, one per hundred jobs, and one per job that created a
 * model.
 */
export function jobsSource({ project, label, open }: ProjectKeyClient): Source {
  return {
    id: `jobs:${project}`,
    place: { kind: 'jobs', label },
    async find(onFound, search) {
      const api = await open();
      try {
        return await findWith(api, onFound, search);
      } finally {
        void api.close();
      }
    },
  };

  async function findWith(
    api: ProjectAPI,
    onFound: (entry: CatalogEntry) => void,
    { signal, onWait, progress, now }: Search,
  ): Promise<readonly Gap[]> {
    const options = { signal, onWait };
    const createdModels: { readonly job: string; readonly model: string }[] = [];
    const gaps: Gap[] = [];
    const finding = (job: string) => [{ in: 'jobs' as const, at: now, job, project: label }];
    try {
      const first = await api.fineTuning.jobs.list({ limit: pageSize }, options);
      for await (const job of first.wholeList()) {
        const model = job.fine_tuned_model ?? '';
        if (!parseCheckpointId(model)) continue;
        createdModels.push({ job: job.id, model });
        onFound({
          id: model,
          findings: finding(job.id),
          ...createdAtOf(job.finished_at ?? job.created_at),
          owner: project,
        });
      }
    } catch (error) {
      // What was found before the list broke off is searched all the same.
      if (!(error instanceof IncompleteListError)) throw error;
      gaps.push({ kind: 'brokenOff', reason: error.reason });
    }
    progress({ of: 'jobs', done: createdModels.length });
    gaps.push(...(await shutdownDates(api, onFound, { ...options, now })));
    for (const [index, { job }] of createdModels.entries()) {
      try {
        const first = await api.fineTuning.jobs.checkpoints.list(job, { limit: pageSize }, options);
        for await (const checkpoint of first.wholeList()) {
          const id = checkpoint.fine_tuned_model_checkpoint;
          if (!parseCheckpointId(id)) continue;
          const metrics = numbersIn(checkpoint.metrics);
          onFound({
            id,
            findings: finding(job),
            ...createdAtOf(checkpoint.created_at),
            owner: project,
            ...(metrics && { metrics }),
          });
        }
      } catch (error) {
        // A failure doesn't stop the other jobs.
        signal.throwIfAborted();
        gaps.push({ kind: 'jobCheckpoints', job, error });
      }
      progress({ of: 'jobCheckpoints', done: index + 1, total: createdModels.length });
    }
    return gaps;
  }

  async function shutdownDates(
    { models }: ProjectAPI,
    onFound: (entry: CatalogEntry) => void,
    { now, ...options }: { readonly signal: AbortSignal; readonly now: number },
  ): Promise<readonly Gap[]> {
    try {
      for await (const { id, shutdown_date } of models.list(options)) {
        if (!parseCheckpointId(id)) continue;
        onFound({
          id,
          findings: [{ in: 'models', at: now, project: label }],
          ...(shutdown_date && { shutdownDate: shutdown_date }),
        });
      }
      return [];
    } catch (error) {
      options.signal.throwIfAborted();
      return [{ kind: 'models', error }];
    }
  }
}

function numbersIn(metrics: FineTuningJobMetrics): Record<string, number> | undefined {
  const numbers = Object.entries(metrics).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  return numbers.length > 0 ? Object.fromEntries(numbers) : undefined;
}

function createdAtOf(seconds: number): { createdAt?: number } {
  return seconds > 0 ? { createdAt: seconds } : {};
}
