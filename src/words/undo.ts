import type { Account } from '../access/journal/account';
import { nameIn } from '../access/journal/account';
import type { Organization } from '../access/organization';
import type { Undo } from '../access/plan/lookAgain';
import type { Step } from '../access/plan/plan';
import { ago } from '../text/dates';
import { firstOf, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { nothingSent } from './changes';
import { type Among, checkpointName, firstNames, firstProjects } from './names';
import { planInWords } from './plan';

// Undoing recorded changes, and resuming interrupted ones.

/** Why a recorded change may belong to another organization: another key, or none recorded. */
export type AttributionDoubt = 'anotherKey' | 'noKey';

/** The warning before anything is sent for such a change. */
export const attributionWarning: Readonly<Record<AttributionDoubt, string>> = {
  anotherKey:
    'This change was made with a different admin API key, so it may belong to a different organization. Check the checkpoints and projects before you continue.',
  noKey:
    'This change may belong to a different organization: it was made before the extension recorded which key was used. Check the checkpoints and projects before you continue.',
};

/** Changes of another organization, and how to see them. */
export function foreignChanges(changes: number): string {
  return plural(
    changes,
    '1 change belongs to a different organization or host. Use Set Admin API Key… with its key to see it.',
    (count) =>
      `${count} changes belong to a different organization or host. Use Set Admin API Key… with its key to see them.`,
  );
}

/** A recorded plan in one line, escaped: `Undo: Revoke 2 permissions for support-bot`. */
export function recordedPlan(
  {
    steps,
    isUndo = false,
  }: {
    readonly steps: readonly Step[];
    readonly isUndo?: boolean;
  },
  among?: Among,
): string {
  const plan = planInWords({ steps }, among);
  return isUndo ? `Undo: ${plan}` : plan;
}

/** What makes a plan that undoes a recorded one. `plan` is its title. */
export function undoing(plan: string): string {
  return `Undo: ${plan}`;
}

/** What makes a plan that continues an interrupted one. */
export function continuing(plan: string): string {
  return `Continue: ${plan}`;
}

/** Records of changes that can't be read, and why; empty for none. */
export function unreadableRecords(records: number): string {
  if (records === 0) return '';
  return plural(
    records,
    "1 change recorded on this computer can't be read, so it isn't listed. Its record is damaged, or a newer version of this extension wrote it.",
    (changes) =>
      `${changes} changes recorded on this computer can't be read, so they aren't listed. Their records are damaged, or a newer version of this extension wrote them.`,
  );
}

/** Time and checkpoints: `3 minutes ago · support-bot, invoice-reader, and 2 more`. */
export function whenAndWhere(at: number, checkpoints: readonly string[], now: number, among?: Among): string {
  const where = firstOf(
    checkpoints.slice(0, 2).map((id) => checkpointName(id, among)),
    checkpoints.length,
  );
  return `${ago(at, now)} · ${where}`;
}

/** The projects by their recorded names: `Berth planning, Customs desk, and 3 more`. */
export function recordedProjects(account: Pick<Account, 'steps' | 'names'>): string {
  const projects = new Set(account.steps.map(({ step }) => nameIn(account, step.project) ?? step.project));
  return firstNames([...projects], 5);
}

/** Progress title: the effect of a recorded change is checked. */
export const checkingResult = 'Checking the result';

/** The picker of changes that can be undone. */
export const undoPicker = {
  title: 'Undo a Change',
  placeholder: "Select a change to undo. You'll see the plan first.",
  nothing: "There's nothing to undo. Only changes made with this extension on this computer can be undone.",
} as const;

/** A mark of a change in the picker. */
export const withAnotherKey = 'made with a different key';
export const undoneInWords = { all: 'undone', part: 'partly undone' } as const;

export const nothingLeftToUndo = 'Nothing is left to undo.';

/** Side effects of an undo, and the changes that it skips, a sentence each. */
export function undoNotes(organization: Organization, { plan, perhapsUs, left }: Undo): string[] {
  const projectsLeft = (why: Undo['left'][number]['why']): string =>
    projectsOf(
      organization,
      left.filter((each) => each.why === why).map(({ step }) => step),
    );
  const isRestoring = plan.steps.some(({ action }) => action === 'grant');
  const [gone, back, others, notListed] = [
    projectsLeft('goneAlready'),
    projectsLeft('backAlready'),
    projectsLeft('notOurs'),
    projectsLeft('notListed'),
  ];
  return [
    isRestoring ? restoredGetsNewId : '',
    gone === '' ? '' : notUndone.goneAlready(gone),
    back === '' ? '' : notUndone.backAlready(back),
    others === '' ? '' : notUndone.notOurs(others),
    notListed === '' ? '' : notUndone.notListed(notListed),
    perhapsOurs(organization, perhapsUs),
  ].filter((note) => note !== '');
}

export const restoredGetsNewId = 'Restored access gets a new permission ID.';

/** Why changes are not undone, with the names of their projects. */
export const notUndone: Readonly<Record<Undo['left'][number]['why'], (projects: string) => string>> = {
  goneAlready: (projects) => `Not undone, because the access has been revoked since: ${projects}.`,
  backAlready: (projects) => `Not undone, because access already exists: ${projects}.`,
  notOurs: (projects) =>
    `Not undone, because the current access seems to come from another change: ${projects}.`,
  notListed: (projects) =>
    `Not undone, because the list doesn't show the access. It was revoked since, or isn't listed yet: ${projects}.`,
};

/** Steps that are not selected at first, because they may take back what others did; empty if there are none. */
export function perhapsOurs(organization: Organization, steps: readonly Step[]): string {
  const parts = (['revoke', 'grant'] as const).map((action) => {
    const projects = projectsOf(
      organization,
      steps.filter((step) => step.action === action),
    );
    if (projects === '') return '';
    return action === 'revoke'
      ? `Not selected, because someone else may have granted the access: ${projects}.`
      : `Not selected, because someone else may have revoked the access: ${projects}.`;
  });
  return sentences(...parts, steps.length === 0 ? '' : 'To undo these anyway, select them.');
}

/** Recorded progress of an interrupted plan. `unanswered`: sent, without a recorded response. */
export interface RecordedProgress {
  readonly done: number;
  readonly unanswered: number;
  readonly total: number;
}

/** For rows: `4 of 10 changes done · 1 sent without a response`. */
export function progressInShort({ done, unanswered, total }: RecordedProgress): string {
  if (total === 1) {
    if (done === 1) return 'done';
    return unanswered === 1 ? 'sent without a response' : 'not done';
  }
  const progress = `${number(done)} of ${number(total)} changes done`;
  return unanswered === 0 ? progress : `${progress} · ${number(unanswered)} sent without a response`;
}

/** Recorded progress in sentences. */
export function progressInWords({ done, unanswered, total }: RecordedProgress): string {
  if (total === 1) {
    if (done === 1) return 'It was done.';
    return unanswered === 1 ? 'It was sent, but no response came.' : "It isn't done.";
  }
  return sentences(
    `${number(done)} of ${number(total)} changes are done.`,
    unanswered === 0
      ? ''
      : plural(
          unanswered,
          '1 was sent, but no response came.',
          (count) => `${count} were sent, but no response came.`,
        ),
  );
}

/** Offers to resume one interrupted change. */
export function oneInterrupted(title: string, where: string, progress: RecordedProgress): string {
  return sentences(
    `A change was interrupted: ${title} (${where}).`,
    progressInWords(progress),
    nothingSentUntilYouChoose,
  );
}

/** Offers to resume several interrupted changes. */
export function severalInterrupted(changes: number): string {
  return `${number(changes)} changes were interrupted. ${nothingSentUntilYouChoose}`;
}

const nothingSentUntilYouChoose = 'Nothing is sent until you choose.';

export function foreignInterruptions(changes: number): string {
  return plural(
    changes,
    '1 interrupted change belongs to a different organization or host. Use Set Admin API Key… with its key to see it.',
    (count) =>
      `${count} interrupted changes belong to a different organization or host. Use Set Admin API Key… with its key to see them.`,
  );
}

/** Shows the interrupted changes. */
export const resumeButton = 'Resume Interrupted Changes…';

/** Actions for an interrupted change: label of a button or row, and its effect. */
export const resumeChoices = {
  continue: {
    label: 'Continue',
    detail: "Checks what's left to do, then shows the plan. Nothing is done twice.",
  },
  undo: {
    label: 'Undo Completed Changes',
    detail: 'Checks what was done, then shows the plan that undoes it.',
  },
  dismiss: { label: 'Dismiss', detail: 'Keeps access as it is and stops asking.' },
} as const;

/** The picker of interrupted changes. */
export const resumePicker = {
  title: 'Resume Interrupted Changes',
  placeholder: 'Select a change to see what you can do',
  inAnotherWindow: 'In another window',
  maybeInAnotherWindow: 'In another window that may have closed',
  differentOrganization: 'From a different organization or host',
  none: 'There are no interrupted changes.',
  damaged: 'part of its record is damaged',
} as const;

/** Progress title: another window may still be working on a change, or may have closed. */
export const checkingOtherWindows = 'Checking if another window is working on this change';

/** `host`: name of the machine, if it is another one. Both are undefined if the record has none. */
export function beingAppliedElsewhere(pid?: number, host?: string): string {
  const next = 'Continue there, or close that window first.';
  if (pid === undefined) return `Another window is working on this change. ${next}`;
  return host === undefined
    ? `Another window (process ${pid}) is working on this change. ${next}`
    : `Another window (process ${pid} on ${escapeForMessage(host, 100)}) is working on this change. ${next}`;
}

export const handledElsewhere = `This change was already handled, or another window is working on it. ${nothingSent}`;

export const dismissed = 'Dismissed. Access stays as it is on the server.';

/** A note in the preview of the rest of an interrupted plan. */
export function alreadyDone(done: number, total: number): string {
  if (total === 1) return done === 1 ? 'The change is already done.' : "The change isn't done yet.";
  return `${number(done)} of ${number(total)} changes are already done.`;
}

/** Grants that are not repeated. */
export function notGrantedAgain(organization: Organization, steps: readonly Step[]): string {
  const projects = projectsOf(organization, steps);
  return `Not granted again, because someone revoked the access after it was granted: ${projects}.`;
}

/** Accepted grants that are not repeated, although the list doesn't show them. */
export function acceptedNotListed(organization: Organization, steps: readonly Step[]): string {
  const projects = projectsOf(organization, steps);
  return `Not granted again, because the API accepted it. The access was revoked since, or isn't listed yet: ${projects}.`;
}

function projectsOf(organization: Organization, steps: readonly Step[]): string {
  return firstProjects(organization, [...new Set(steps.map(({ project }) => project))], 5);
}
