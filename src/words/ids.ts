import type { NotCheckpoint, NotProject } from '../access/ids/checkpointId';

// Why a pasted ID is refused, as sentences. `name`: the ID as it is shown. Callers escape it.

const notProject: Readonly<Record<NotProject, (name: string) => string>> = {
  badCharacter: (name) => `${name} has a character that project IDs can't have.`,
  checkpoint: (name) => `${name} is a checkpoint, not a project. Project IDs start with “proj_”.`,
  permission: (name) => `${name} is a permission, not a project. Project IDs start with “proj_”.`,
  organization: (name) =>
    `${name} is an organization. Grant access to its projects, whose IDs start with “proj_”.`,
  apiKey: (name) => `${name} looks like an API key. Project IDs start with “proj_”.`,
  other: (name) => `${name} isn't a project ID. Project IDs start with “proj_”.`,
};

export function notProjectInWords(why: NotProject, name = 'This'): string {
  return notProject[why](name);
}

const notCheckpoint: Readonly<Record<NotCheckpoint, (name: string) => string>> = {
  checkpointObject: (name) =>
    `${name} is the ID of a checkpoint object. Copy its “fine_tuned_model_checkpoint” instead, which starts with “ft:”.`,
  job: (name) =>
    `${name} is the ID of a fine-tuning job. Use the ID of the model that it created, which starts with “ft:”.`,
  azure: (name) =>
    `${name} is a model on Azure OpenAI. Azure manages its access, so OpenAI has no permissions for it.`,
  legacy: (name) =>
    `${name} is a legacy model of the retired fine-tunes API. It can't be shared with other projects.`,
  project: (name) => `${name} is a project ID. Add the checkpoint first, then grant the project access.`,
  permission: (name) =>
    `${name} is a permission ID. Add the checkpoint that it belongs to, whose ID starts with “ft:”.`,
  apiKey: (name) => `${name} looks like an API key. Use Set Admin API Key… to enter a key.`,
  incomplete: (name) =>
    `${name} is incomplete. The format is ft:base-model:organization:suffix:id, where the suffix can be empty. The ID of a step ends with :ckpt-step-N.`,
  baseModel: (name) =>
    `${name} is a base model, which every project can use. Only fine-tuned models, whose IDs start with “ft:”, have permissions.`,
  other: (name) => `${name} isn't the ID of a fine-tuned model or checkpoint. Those start with “ft:”.`,
};

export function notCheckpointInWords(why: NotCheckpoint, name = 'This'): string {
  return notCheckpoint[why](name);
}
