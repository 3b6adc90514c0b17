/**
 * A checkpoint id taken apart: `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-<n>]`
 * (docs/api.md#the-form-of-a-model-id).
 */
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

/**
 * Why a text cannot be a project id, as the end of a sentence that starts with the text; undefined when it can.
 * Lenient: only what surely is something else is refused, the server judges the rest.
 */
export function whyNotProject(text: string): string | undefined {
  if (/^proj_[A-Za-z0-9_-]+$/.test(text)) return undefined;
  if (/^proj_/.test(text)) return 'has a character that no project id has.';
  if (/^ft:/.test(text)) return 'is a checkpoint, not a project. Project ids start with "proj_".';
  if (/^cp_/.test(text)) return 'is a permission, not a project. Project ids start with "proj_".';
  if (/^org-/.test(text))
    return 'is an organization. Access is granted to its projects; their ids start with "proj_".';
  if (/^sk-/.test(text)) return 'looks like an API key. Project ids start with "proj_".';
  return 'is not a project id, which starts with "proj_".';
}

const recognised: readonly { readonly shape: RegExp; readonly why: string }[] = [
  {
    shape: /^ftckpt_/i,
    why: 'is the id of a checkpoint object. Permissions belong to its model id: copy "fine_tuned_model_checkpoint" of that checkpoint, which starts with "ft:".',
  },
  {
    shape: /^ftjob-/i,
    why: 'is the id of a fine-tuning job. Use the id of the model that the job made, which starts with "ft:".',
  },
  {
    shape: /\.ft-[0-9a-f]{32}/i,
    why: "is an Azure OpenAI deployment's model. Azure manages its access; OpenAI has no permissions for it.",
  },
  {
    shape: /^[a-z0-9.-]+:ft-/i,
    why: 'is a legacy fine-tune of the retired fine-tunes API. It cannot be shared with other projects.',
  },
  {
    shape: /^proj_/,
    why: 'is a project id. Add the checkpoint first, then grant the project access to it.',
  },
  {
    shape: /^cp_/,
    why: 'is the id of a permission. Add the checkpoint that it belongs to; it starts with "ft:".',
  },
  {
    shape: /^sk-/,
    why: 'looks like an API key. Keys are only ever entered with Set Admin Key….',
  },
  {
    shape: /^ft:/,
    why: 'is not complete. An id has the form ft:base-model:organization:suffix:id, where the suffix may be empty, with :ckpt-step-N at the end for a step.',
  },
  {
    shape: /^(gpt-|o\d|chatgpt|davinci|curie|babbage|ada\b|text-)/i,
    why: 'is a base model, which every project can use. Permissions exist for fine-tuned models only; their ids start with "ft:".',
  },
];

/**
 * Why a text cannot be added as a checkpoint, as the end of a sentence that starts with the text; undefined when it
 * can. Each kind of id that people paste by mistake has its own reason
 * (docs/api.md#the-path-takes-a-model-id-and-not-a-checkpoint-object-id, docs/api.md#older-and-foreign-ids).
 */
export function whyRefused(text: string): string | undefined {
  if (parseCheckpointId(text)) return undefined;
  return (
    recognised.find(({ shape }) => shape.test(text))?.why ??
    'is not the id of a fine-tuned model or checkpoint, which starts with "ft:".'
  );
}
