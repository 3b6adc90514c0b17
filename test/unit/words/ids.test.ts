import assert from 'node:assert/strict';
import type { NotCheckpoint, NotProject } from '../../../src/access/ids/checkpointId';
import { notCheckpointInWords, notProjectInWords } from '../../../src/words/ids';

const checkpoints: Readonly<Record<NotCheckpoint, string>> = {
  checkpointObject:
    'This is the ID of a checkpoint object. Copy its “fine_tuned_model_checkpoint” instead, which starts with “ft:”.',
  job: 'This is the ID of a fine-tuning job. Use the ID of the model that it created, which starts with “ft:”.',
  azure: 'This is a model on Azure OpenAI. Azure manages its access, so OpenAI has no permissions for it.',
  legacy: "This is a legacy model of the retired fine-tunes API. It can't be shared with other projects.",
  project: 'This is a project ID. Add the checkpoint first, then grant the project access.',
  permission: 'This is a permission ID. Add the checkpoint that it belongs to, whose ID starts with “ft:”.',
  apiKey: 'This looks like an API key. Use Set Admin API Key… to enter a key.',
  incomplete:
    'This is incomplete. The format is ft:base-model:organization:suffix:id, where the suffix can be empty. The ID of a step ends with :ckpt-step-N.',
  baseModel:
    'This is a base model, which every project can use. Only fine-tuned models, whose IDs start with “ft:”, have permissions.',
  other: `This isn't the ID of a fine-tuned model or checkpoint. Those start with “ft:”.`,
};

const projects: Readonly<Record<NotProject, string>> = {
  badCharacter: "“x” has a character that project IDs can't have.",
  checkpoint: '“x” is a checkpoint, not a project. Project IDs start with “proj_”.',
  permission: '“x” is a permission, not a project. Project IDs start with “proj_”.',
  organization: '“x” is an organization. Grant access to its projects, whose IDs start with “proj_”.',
  apiKey: '“x” looks like an API key. Project IDs start with “proj_”.',
  other: `“x” isn't a project ID. Project IDs start with “proj_”.`,
};

describe('an ID that is refused, in words', () => {
  for (const [kind, sentence] of Object.entries(checkpoints))
    it(`says of ${kind} what to do instead`, () =>
      assert.equal(notCheckpointInWords(kind as NotCheckpoint), sentence));

  for (const [kind, sentence] of Object.entries(projects))
    it(`says of ${kind} why it is no project`, () =>
      assert.equal(notProjectInWords(kind as NotProject, '“x”'), sentence));
});
