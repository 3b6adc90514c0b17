/** A checkpoint id taken apart: `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-<n>]` (API reference §5). */
export interface CheckpointId {
  /** The whole id, as the API takes it in its path. */
  readonly id: string;
  readonly baseModel: string;
  readonly organization: string;
  /** What the person called the model; often empty. */
  readonly suffix: string;
  /** The random part that tells two models of one name apart, usually 8 characters. */
  readonly unique: string;
  /** Training step, for an intermediate checkpoint; absent for the final model. */
  readonly step?: number;
}

const shape = /^ft:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]+)(?::ckpt-step-(\d+))?$/;

/**
 * Takes an id apart, leniently: the parts must be there, what they contain is for the server to judge.
 * Returns undefined for anything else; {@link explainRefusal} says why.
 */
export function parseCheckpointId(text: string): CheckpointId | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  const [, baseModel = '', organization = '', suffix = '', unique = '', step] = match;
  return {
    id: text,
    baseModel,
    organization,
    suffix,
    unique,
    ...(step === undefined ? {} : { step: Number(step) }),
  };
}

/** The id of the fine-tuned model that a checkpoint belongs to; its own for the final model. */
export function modelOf({ id, step }: CheckpointId): string {
  return step === undefined ? id : id.slice(0, id.lastIndexOf(':'));
}

/** A short name for rows and titles, such as `support-bot · step 16` or `gpt-4o-mini · B7R9VjQd`. */
export function shortName(checkpoint: CheckpointId): string {
  const model = checkpoint.suffix || `${withoutDate(checkpoint.baseModel)} · ${checkpoint.unique}`;
  return checkpoint.step === undefined ? model : `${model} · step ${checkpoint.step}`;
}

function withoutDate(baseModel: string): string {
  return baseModel.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
