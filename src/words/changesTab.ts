import { dayOf } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';

// The Changes tab of the Access page. Runs in the page, too. Names come from a server; they are already safe to show, and
// never HTML.

export const changesTab = {
  table: 'Changes',
  project: 'Project',
  checkpoint: 'Checkpoint',
  permission: 'Permission',
  state: 'State',
  cancel: 'Cancel',
  discardSelected: 'Discard Selected',
  discardAll: 'Discard All',
  checkAgain: 'Check Again',
  undo: 'Undo Changes…',
  close: 'Close Results',
  openMatrix: 'Open Matrix',
  empty: 'No changes are staged.',
  howToStage:
    'Stage changes in the matrix or in the list of permissions. Nothing is sent until you apply them.',
  noMatch: 'No change matches the search.',
  stagedTitle: 'Staged changes',
  partOfPlan: 'Part of the plan',
  allShown: 'All shown changes',
  toRevoke: 'To revoke',
  toGrant: 'To grant',
  /** Beside the heading of the revokes. */
  revokesNote: 'listed first, sent last, one by one',
  /** Beside the heading of the grants. */
  grantsNote: 'one request for each checkpoint',
  notSelected: 'not selected',
} as const;

export function applyChanges(changes: number): string {
  return plural(changes, 'Apply 1 Change', (count) => `Apply ${count} Changes`);
}

export function retryChanges(changes: number): string {
  return plural(changes, 'Retry 1 Change', (count) => `Retry ${count} Changes`);
}

/** How many of the changes are selected. */
export function selectedOf(selected: number, total: number): string {
  return plural(
    total,
    `${number(selected)} of 1 change selected`,
    (count) => `${number(selected)} of ${count} changes selected`,
  );
}

/** Staged changes that are not part of the plan that is shown; empty for none. */
export function stagedBesides(changes: number): string {
  return changes === 0
    ? ''
    : plural(
        changes,
        "1 staged change isn't part of this plan. It stays staged.",
        (count) => `${count} staged changes aren't part of this plan. They stay staged.`,
      );
}

/** What is said of the changes that the search hides; empty for none. */
export function hiddenChanges(changes: number): string {
  return changes === 0
    ? ''
    : plural(
        changes,
        '1 change is hidden by the search and stays part of the plan.',
        (count) => `${count} changes are hidden by the search and stay part of the plan.`,
      );
}

/** A change takes back what others may have done. */
export const perhapsOthers = {
  grant: 'perhaps revoked by someone else',
  revoke: 'perhaps granted by someone else',
} as const;

/** Why a change is not decided by what is loaded. */
const notes = {
  inEffect: 'already in effect, checked again before anything is sent',
  undecided: "access isn't fully loaded, checked before anything is sent",
} as const;

export function noteInWords(
  action: 'grant' | 'revoke',
  note: 'perhapsUs' | 'inEffect' | 'undecided',
): string {
  return note === 'perhapsUs' ? perhapsOthers[action] : notes[note];
}

/** The state of a change, after its mark. `isInReason`: a reason says the state itself. */
const states = {
  toSend: { mark: '', text: 'not sent yet', isInReason: false },
  sending: { mark: '…', text: 'sending', isInReason: false },
  answered: { mark: '…', text: 'sent, being confirmed', isInReason: false },
  done: { mark: '✓', text: 'confirmed', isInReason: false },
  others: { mark: '✓', text: 'in effect, made by someone else', isInReason: false },
  perhapsUs: { mark: '✓', text: 'in effect, perhaps made by someone else', isInReason: false },
  unverified: { mark: '?', text: 'not confirmed yet', isInReason: true },
  failed: { mark: '✗', text: 'failed', isInReason: false },
  unknown: { mark: '?', text: 'unknown', isInReason: true },
  notSent: { mark: '–', text: 'not sent', isInReason: true },
} as const;

export type StateOfChange = keyof typeof states;

/** `✗ failed: Because …`. `reason` may be empty. */
export function stateInWords(state: StateOfChange, reason: string): string {
  const { mark } = states[state];
  const said = spokenState(state, reason);
  return mark === '' ? said : `${mark} ${said}`;
}

/** The same for screen readers, without the mark. */
export function spokenState(state: StateOfChange, reason: string): string {
  const { text, isInReason } = states[state];
  if (reason === '') return text;
  return isInReason ? reason : `${text}: ${reason}`;
}

/** A change that can't be made, and why. */
export function impossible(reason: string): string {
  return `can't be done: ${reason}`;
}

/** A change that needs a second look. */
export function checkFirst(reason: string): string {
  return `check first: ${reason}`;
}

/** When a permission was granted. `createdAt` in Unix seconds. */
export function permissionGranted(id: string, createdAt: number | undefined): string {
  return createdAt === undefined ? id : metadata(id, `granted ${dayOf(createdAt * 1000)}`);
}

/** What screen readers say when a plan is shown. */
export function planShown(title: string, total: number): string {
  return sentences(
    `${title}.`,
    plural(total, '1 change to review.', (count) => `${count} changes to review.`),
  );
}
