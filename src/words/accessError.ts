import { listOf, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage, pastedForMessage } from '../text/plainText';

// Explain an Access Error…: what was understood of an error that a person has.

/** Titles and questions of pickers. */
export const accessErrorTexts = {
  title: 'Explain an Access Error',
  explainTitle: 'Explain Access',
  whichProject: 'The error names several projects. Select the one that got the error.',
  whichCheckpoint: 'The error names several checkpoints. Select the one that the request was for.',
  checkpointQuestion: 'Select the checkpoint to explain the access to',
  projectQuestion: 'Whose access is to be explained?',
} as const;

/** Nothing was found in a text. */
export const noAccessErrorFound =
  'No access error was found in the selected text or the clipboard. Copy an error message of the API that names a project (proj_…), a fine-tuned model (ft:…), or missing scopes, then use Explain an Access Error… again.';

/** The error names a checkpoint and no project, or the other way around. Names are escaped. */
export function projectMissing(checkpoint: string): string {
  return `The error names ${checkpoint} and no project.`;
}

export function checkpointMissing(project: string): string {
  return `The error names ${project} and no checkpoint. Select the checkpoint that the request was for.`;
}

/** The key of a request lacks scopes. Scopes are as in the error. */
export function missingScopesExplained(scopes: readonly string[]): string {
  const all = listOf(scopes.slice(0, 10).map((scope) => pastedForMessage(scope, 60)));
  return sentences(
    plural(
      scopes.length,
      `The API refused the request because its key lacks the scope ${all}.`,
      () => `The API refused the request because its key lacks the scopes ${all}.`,
    ),
    scopes.length === 1
      ? 'Use a key that has it, or ask an organization owner to add it to the key.'
      : 'Use a key that has them, or ask an organization owner to add them to the key.',
    "Granting access to a checkpoint doesn't change what a key may do.",
  );
}

/** The error is about a model that has no permissions. `project`: its name, escaped, if the error has one. */
export function otherModelExplained(model: string, project: string | undefined): string {
  const settings =
    project === undefined
      ? "Check the model policy in OpenAI's settings of the project."
      : `Check the model policy of ${project} in OpenAI's settings of the project.`;
  return sentences(
    `The error is about ${escapeForMessage(pastedForMessage(model, 100), 120)}. It isn't a checkpoint of a fine-tuned model, so no permission decides who can use it.`,
    settings,
  );
}

/** A text was copied. */
export const explanationCopied = 'Copied the explanation';
