import { ago } from '../text/dates';

// The hover over an ID, as plain text: callers escape it. `now` is in milliseconds since 1970.

/** Titles of IDs that have no permissions. */
export const unmanagedTitles = {
  azure: 'Fine-tuned model on Azure',
  legacy: 'Legacy fine-tuned model',
} as const;

/** The kind of a checkpoint ID. `step` is undefined for a final model. */
export function kindOfCheckpoint(step: number | undefined): string {
  return step === undefined ? 'fine-tuned model' : 'checkpoint of a fine-tuned model';
}

export const hoverLabels = { baseModel: 'Base model', organization: 'Organization' } as const;

export const requestsFail = 'requests to it fail, even with access';

/** Whether a checkpoint is in the list of an organization. */
export function inListInWords(isListed: boolean, organization: string): string {
  return isListed
    ? `In your checkpoint list for ${organization}`
    : `Not in your checkpoint list for ${organization}`;
}

/** Where a checkpoint was found, such as `found in the audit log 2 hours ago`. */
export function foundLine(place: string, at: number, now: number): string {
  return `${place} ${ago(at, now)}`;
}

/** Why the access to a checkpoint is unknown. */
export const accessUnknown = {
  none: (organization: string) => `Access unknown: no admin API key is set for ${organization}.`,
  keyGone: (organization: string) => `Access unknown: the saved admin API key of ${organization} is gone.`,
  elsewhere: (savedFor: string, host: string) =>
    `Access unknown: the saved admin API key is for ${savedFor}, so it isn't sent to ${host}.`,
  problem: (message: string) => `Access unknown: ${message}`,
} as const;

/** Links: label and tooltip. */
export const hoverLinks = {
  showInSidebar: ['Show in Sidebar', 'Select it in the Checkpoints view'],
  addCheckpoint: ['Add to List', 'Add it to the Checkpoints view. Sends no request.'],
  grant: ['Grant Access…', 'Select projects to grant access to. Loads current access first.'],
  explainAccess: ['Explain Access…', "See why a project can, or can't, use it. Asks which project."],
  readAccess: ['Check Who Has Access', 'Load who has access now'],
  checkAgain: ['Check Again', 'Load who has access now'],
  showDetails: ['Show Details', 'Show everything that is known, with its source and age'],
  copyCheckpointId: ['Copy ID', 'Copy the checkpoint ID'],
  setAdminKey: ['Set Admin API Key…', 'Enter an admin API key of the organization'],
  exploreSample: ['Open Sample Organization', 'Needs no key and sends nothing'],
} as const;
