/**
 * A checkpoint ID taken apart: `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-<n>]`
 * (docs/api.md#the-form-of-a-model-id).
 */
export interface CheckpointId {
  /** The whole ID, as the API takes it in its path. */
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
 * Takes an ID apart, leniently: the parts must be there, what they contain is for the server to judge.
 * Returns undefined for anything else; {@link whyRefused} says why.
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

/** The ID of the fine-tuned model that a checkpoint belongs to; its own for the final model. */
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

/** What a text is that cannot be a project ID. */
export type NotProject = 'badCharacter' | 'checkpoint' | 'permission' | 'organization' | 'apiKey' | 'other';

/**
 * Why a text cannot be a project ID; undefined when it can. Lenient: only what surely is something else is refused, the
 * server judges the rest.
 */
export function whyNotProject(text: string): NotProject | undefined {
  if (/^proj_[A-Za-z0-9_-]+$/.test(text)) return undefined;
  if (/^proj_/.test(text)) return 'badCharacter';
  if (/^ft:/.test(text)) return 'checkpoint';
  if (/^cp_/.test(text)) return 'permission';
  if (/^org-/.test(text)) return 'organization';
  return /^sk-/.test(text) ? 'apiKey' : 'other';
}

/** What a text is that cannot be added as a checkpoint; each kind of ID that people paste by mistake is one. */
export type NotCheckpoint =
  | 'checkpointObject'
  | 'job'
  | 'azure'
  | 'legacy'
  | 'project'
  | 'permission'
  | 'apiKey'
  | 'incomplete'
  | 'baseModel'
  | 'other';

const recognized: readonly (readonly [shape: RegExp, kind: NotCheckpoint])[] = [
  [/^ftckpt_/i, 'checkpointObject'],
  [/^ftjob-/i, 'job'],
  [/\.ft-[0-9a-f]{32}/i, 'azure'],
  [/^[a-z0-9.-]+:ft-/i, 'legacy'],
  [/^proj_/, 'project'],
  [/^cp_/, 'permission'],
  [/^sk-/, 'apiKey'],
  [/^ft:/, 'incomplete'],
  [/^(gpt-|o\d|chatgpt|davinci|curie|babbage|ada\b|text-)/i, 'baseModel'],
];

/**
 * Why a text cannot be added as a checkpoint; undefined when it can
 * (docs/api.md#the-path-takes-a-model-id-and-not-a-checkpoint-object-id, docs/api.md#older-and-foreign-ids).
 */
export function whyRefused(text: string): NotCheckpoint | undefined {
  if (parseCheckpointId(text)) return undefined;
  return recognized.find(([shape]) => shape.test(text))?.[1] ?? 'other';
}
