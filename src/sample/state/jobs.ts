import { hash, mix } from './identifiers';
import type { Checkpoint, OrganizationState, UnsuccessfulJob } from './organizationState';

const hour = 60 * 60;
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

type JobObject = ReturnType<typeof jobObject>;

/** A job in its wire format, and its checkpoints (docs/api.md#fine-tuning-jobs). */
export interface Job {
  readonly job: JobObject;
  readonly checkpoints: readonly Checkpoint[];
}

/** `prefix` and 24 characters derived from a text. */
function idFrom(prefix: string, text: string): string {
  const seed = hash(text);
  return prefix + Array.from({ length: 24 }, (_, index) => base62.charAt(mix(seed, index) % 62)).join('');
}

export const finalModel = (id: string): string => id.replace(/:ckpt-step-\d+$/, '');

/** The step of a checkpoint's ID. A final model has none, and gets one 40 after its last checkpoint. */
export function stepOf(id: string, siblings: readonly Checkpoint[]): number {
  const step = (text: string) => Number(/:ckpt-step-(\d+)$/.exec(text)?.[1] ?? 0);
  return step(id) || Math.max(0, ...siblings.map((sibling) => step(sibling.id))) + 40;
}

/** Jobs of a project, newest first. One job of the owner created a fine-tuned model and its steps. */
export function jobsOf(state: OrganizationState, project: string | undefined): Job[] {
  const byModel = new Map<string, Checkpoint[]>();
  for (const checkpoint of state.checkpoints.values()) {
    if (checkpoint.owner !== project) continue;
    const model = finalModel(checkpoint.id);
    byModel.set(model, [...(byModel.get(model) ?? []), checkpoint]);
  }
  const jobs = [...byModel].map(([model, checkpoints]): Job => {
    const finished = Math.max(...checkpoints.map(({ created }) => created));
    const job = jobObject(state, model, model.split(':')[1] ?? '', finished - 3 * hour);
    const steps = checkpoints.toSorted(
      (one, other) => stepOf(other.id, checkpoints) - stepOf(one.id, checkpoints),
    );
    const trained_tokens = hash(model) % 9e6;
    return {
      job: { ...job, finished_at: finished, fine_tuned_model: model, status: 'succeeded', trained_tokens },
      checkpoints: steps,
    };
  });
  const others = state.unsuccessfulJobs.filter(({ owner }) => owner === project);
  for (const { model, created, status, error = null } of others) {
    const job = jobObject(state, `${model} ${created} ${status}`, model, created);
    const finished_at = status === 'failed' ? created + hour : null;
    jobs.push({ job: { ...job, finished_at, status, error }, checkpoints: [] });
  }
  return jobs.sort((one, other) => other.job.created_at - one.job.created_at);
}

function jobObject(state: OrganizationState, name: string, model: string, created_at: number) {
  return {
    id: idFrom('ftjob-', name),
    object: 'fine_tuning.job',
    created_at,
    error: null as UnsuccessfulJob['error'] | null,
    fine_tuned_model: null as string | null,
    finished_at: null as number | null,
    hyperparameters: { n_epochs: 3, batch_size: 8, learning_rate_multiplier: 1.8 },
    model,
    organization_id: `org-${state.slug}`,
    result_files: [],
    seed: hash(name) % 1e6,
    status: 'queued' as 'queued' | 'running' | 'succeeded' | 'failed',
    trained_tokens: null as number | null,
    training_file: idFrom('file-', `training ${name}`),
    validation_file: idFrom('file-', `validation ${name}`),
    estimated_finish: null,
    integrations: [],
    metadata: null,
  };
}

/** A checkpoint in the wire format of its job, with its own ID and metrics. */
export function jobCheckpoint({ job, checkpoints }: Job, { id, created }: Checkpoint) {
  const step = stepOf(id, checkpoints);
  const loss = (which: number) =>
    Math.round((0.35 + 2 / (1 + step / 25) + (mix(hash(id), which) % 1000) / 20_000) * 1e4) / 1e4;
  const accuracy = (which: number) => Math.round((1 - loss(which) / 4) * 1e4) / 1e4;
  return {
    id: idFrom('ftckpt_', id),
    object: 'fine_tuning.job.checkpoint',
    created_at: created - (stepOf(checkpoints[0]?.id ?? id, checkpoints) - step) * 30,
    fine_tuned_model_checkpoint: id,
    fine_tuning_job_id: job.id,
    step_number: step,
    metrics: {
      step,
      train_loss: loss(1),
      train_mean_token_accuracy: accuracy(1),
      valid_loss: loss(2),
      valid_mean_token_accuracy: accuracy(2),
      full_valid_loss: loss(3),
      full_valid_mean_token_accuracy: accuracy(3),
    },
  };
}
