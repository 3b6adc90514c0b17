import { parseCheckpointId } from './checkpointId';

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
 * Why a text cannot be added as a checkpoint, as the end of a sentence that starts with the text; undefined when it can.
 * Each kind of id that people paste by mistake has its own reason (API reference §1 trap 1, §5).
 */
export function whyRefused(text: string): string | undefined {
  if (parseCheckpointId(text)) return undefined;
  return (
    recognised.find(({ shape }) => shape.test(text))?.why ??
    'is not the id of a fine-tuned model or checkpoint, which starts with "ft:".'
  );
}
