/**
 * The parts of a checkpoint ID: `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-<n>]`
 * (docs/api.md#the-form-of-a-model-id).
 */
export interface CheckpointId {
  /** The whole ID, as in the path of a request. */
  readonly id: string;
  readonly baseModel: string;
  readonly organization: string;
  /** The name that a person gave the model; often empty. */
  readonly suffix: string;
  /** The random part that distinguishes models of the same name, usually 8 characters. */
  readonly unique: string;
  /** The training step of an intermediate checkpoint. Absent for the final model. */
  readonly step?: number;
}

const shape = /^ft:([^:\s]+):([^:\s]+):([^:\s]*):([^:\s]+)(?::ckpt-step-(\d+))?$/;

/**
 * Parses an ID leniently: all parts must exist, the server validates their content. Undefined for any other text;
 * {@link whyRefused} says why.
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

/** The ID of the fine-tuned model of a checkpoint. The final model has its own ID. */
export function modelOf({ id, step }: CheckpointId): string {
  return step === undefined ? id : id.slice(0, id.lastIndexOf(':'));
}

/** A short name for rows and titles, such as `support-bot · step 16` or `gpt-4o-mini · B7R9VjQd`. */
export function shortName(checkpoint: CheckpointId): string {
  const model = checkpoint.suffix || `${withoutDate(checkpoint.baseModel)} · ${checkpoint.unique}`;
  return checkpoint.step === undefined ? model : `${model} · step ${checkpoint.step}`;
}

/** What tells checkpoints of one model apart: the step, or, where a name has an ID behind it, the end of that. */
const tailOfName = /(?: · step \d+|:[^:()\s]{1,24}\))$/;

/** A short name in two parts. Where room is short, the first one is cut, so that the step of a checkpoint is seen. */
export function splitName(name: string): { readonly stem: string; readonly tail: string } {
  const [tail = ''] = tailOfName.exec(name) ?? [];
  return { stem: name.slice(0, name.length - tail.length), tail };
}

function withoutDate(baseModel: string): string {
  return baseModel.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

/** What a text is if it is no project ID. */
export type NotProject = 'badCharacter' | 'checkpoint' | 'permission' | 'organization' | 'apiKey' | 'other';

/**
 * Why a text is no project ID; undefined if it may be one. Lenient: it refuses only other known formats, the server
 * validates the rest.
 */
export function whyNotProject(text: string): NotProject | undefined {
  if (/^proj_[A-Za-z0-9_-]+$/.test(text)) return undefined;
  if (/^proj_/.test(text)) return 'badCharacter';
  if (/^ft:/.test(text)) return 'checkpoint';
  if (/^cp_/.test(text)) return 'permission';
  if (/^org-/.test(text)) return 'organization';
  return /^sk-/.test(text) ? 'apiKey' : 'other';
}

/** What a text is if it is no checkpoint ID. Each other ID that people paste by mistake has a kind. */
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
 * Why a text is no checkpoint ID; undefined if it is one
 * (docs/api.md#the-path-takes-a-model-id-and-not-a-checkpoint-object-id, docs/api.md#older-and-foreign-ids).
 */
export function whyRefused(text: string): NotCheckpoint | undefined {
  if (parseCheckpointId(text)) return undefined;
  return recognized.find(([shape]) => shape.test(text))?.[1] ?? 'other';
}
