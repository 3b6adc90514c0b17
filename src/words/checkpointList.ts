import type { Sort } from '../access/catalog/arrangement';
import type { NotCheckpoint } from '../access/ids/checkpointId';
import { sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { notCheckpointInWords } from './ids';
import { type Among, checkpointName, checkpointNames } from './names';

// Commands that change, sort, filter, or copy from the checkpoint list.

export const addQuestion = {
  title: 'Add Checkpoint',
  prompt: 'IDs of fine-tuned models or checkpoints, separated by spaces or commas',
  placeHolder: 'ft:base-model:organization:suffix:id, with :ckpt-step-N at the end for a step',
};

/** Typed IDs that cannot be added. `text` is already escaped. */
export function refusedInWords(
  refused: readonly { readonly text: string; readonly why: NotCheckpoint }[],
): string {
  return sentences(...refused.map(({ text, why }) => notCheckpointInWords(why, `“${text}”`)));
}

/** How many of the typed IDs the list has. */
export function alreadyListed(known: number, typed: number): string {
  if (known < typed) return `${number(known)} of ${number(typed)} already in your checkpoint list.`;
  return plural(
    typed,
    'Already in your checkpoint list.',
    (all) => `All ${all} already in your checkpoint list.`,
  );
}

/** In the status bar. */
export function addedInWords(added: readonly string[], among?: Among): string {
  return added.length === 0 ? 'Already in your checkpoint list' : `Added ${checkpointNames(added, among)}`;
}

export const removeQuestion = {
  title: 'Remove from List',
  placeHolder: 'Select checkpoints to remove from your list. Access stays as it is.',
};

export function removedInWords(removed: readonly string[], among?: Among): string {
  return sentences(
    `Removed ${checkpointNames(removed, among)} from your checkpoint list only.`,
    'Access stays as it is.',
  );
}

/** Removing from the list cannot be undone while another organization is shown. */
export const notRestored = 'You switched organizations, so nothing was restored.';

/** Sort orders, as picker items. */
export const sortChoices: Readonly<Record<Sort, { readonly label: string; readonly detail: string }>> = {
  added: { label: 'Order Added', detail: 'As checkpoints were added to your list' },
  name: { label: 'Name', detail: 'A to Z, steps by number' },
  date: {
    label: 'Date',
    detail: 'Newest first, by creation date (or newest permission). Checkpoints without a date come last.',
  },
  permissions: {
    label: 'Number of Permissions',
    detail: "Highest number of loaded permissions first. Checkpoints that aren't loaded come last.",
  },
  shutdown: {
    label: 'Shutdown Date',
    detail: 'Earliest first. Checkpoints without a known shutdown date come last.',
  },
};

export const sortQuestion = {
  title: 'Sort Checkpoints By',
  placeHolder: 'Models that have shut down always come last',
};

/** Marks the current choice. */
export const currentChoice = 'current';

export const filterQuestion = {
  title: 'Filter Checkpoints',
  placeHolder: 'Name, ID, base model, or project',
  noKey: 'This looks like an API key, which finds nothing here. Use Set Admin API Key… to enter a key.',
};

export function filterPrompt(shown: number, listed: number): string {
  return sentences(
    `${number(shown)} of ${number(listed)} shown.`,
    'Projects are found only where permissions are loaded.',
  );
}

export const filterByProjectTitle = 'Filter by Project';

/** The question before the API is called. `project` is already escaped. `cost`: number of requests, as a sentence. */
export function checkProjectQuestion(
  project: string,
  unknown: number,
  cost: string,
): { readonly question: string; readonly detail: string } {
  return {
    question: plural(
      unknown,
      `Check whether ${project} can use 1 more checkpoint?`,
      (count) => `Check whether ${project} can use ${count} more checkpoints?`,
    ),
    detail: [
      sentences(cost, "Checkpoints that aren't checked are shown as unknown."),
      'You can cancel anytime and keep what has loaded.',
    ].join('\n\n'),
  };
}

export const checkButton = 'Check';
export const filterWithoutChecking = 'Filter Without Checking';

export function checkingProject(project: string): string {
  return `Checking what ${project} can use`;
}

/** Checkpoints that could not be checked. `failures`: which and why. */
export function notChecked(failed: number, asked: number, failures: string): string {
  return sentences(
    plural(
      failed,
      plural(
        asked,
        "1 of 1 checkpoint couldn't be checked, so its access is shown as unknown.",
        (count) => `1 of ${count} checkpoints couldn't be checked, so its access is shown as unknown.`,
      ),
      (count) =>
        `${count} of ${number(asked)} checkpoints couldn't be checked, so their access is shown as unknown.`,
    ),
    failures,
  );
}

export const showQuestion = {
  title: 'Show in Sidebar',
  placeHolder: 'Select a checkpoint to show in the sidebar',
};

export function notListed(checkpoint: string, among?: Among): string {
  return `${checkpointName(checkpoint, among)} isn't in your checkpoint list.`;
}

export const addToListButton = 'Add to List';

/** Listed checkpoints, at least one, that are not shown. */
export function hiddenByFilter(checkpoints: readonly string[], among?: Among): string {
  return plural(
    checkpoints.length,
    `${checkpointNames(checkpoints, among)} is in your checkpoint list, but the filter hides it.`,
    (count) => `${count} checkpoints are in your checkpoint list, but the filter hides them.`,
  );
}

export const detailsQuestion = {
  title: 'Show Details',
  placeHolder: 'Select a checkpoint to show details for',
};

/** The title of a details page when the organization cannot be shown. */
export const organizationDetails = 'Organization';

/** Kinds of IDs that can be copied. */
export type CopiedId = 'checkpoint' | 'model' | 'permission' | 'project';

const copied: Readonly<Record<CopiedId, readonly [one: string, several: (count: string) => string]>> = {
  checkpoint: ['Copied 1 checkpoint ID', (count) => `Copied ${count} checkpoint IDs`],
  model: ['Copied 1 fine-tuned model ID', (count) => `Copied ${count} fine-tuned model IDs`],
  permission: ['Copied 1 permission ID', (count) => `Copied ${count} permission IDs`],
  project: ['Copied 1 project ID', (count) => `Copied ${count} project IDs`],
};

/** In the status bar. */
export function copiedInWords(kind: CopiedId, count: number): string {
  return plural(count, ...copied[kind]);
}

/** For rows of the history without the ID. */
export const unknownId: Readonly<Record<Exclude<CopiedId, 'model'>, string>> = {
  checkpoint: 'The checkpoint ID is unknown, so nothing was copied.',
  permission: 'The permission ID is unknown, so nothing was copied.',
  project: 'The project ID is unknown, so nothing was copied.',
};

export const copyQuestions = {
  checkpoint: {
    title: 'Copy Checkpoint ID',
    placeHolder: 'Select checkpoints to copy the IDs of',
  },
  permission: {
    title: 'Copy Permission ID',
    placeHolder: 'Select a checkpoint, then the permissions to copy the IDs of',
  },
  project: {
    title: 'Copy Project ID',
    placeHolder: 'Select a checkpoint, then the permissions to copy the project IDs of',
  },
} as const;
