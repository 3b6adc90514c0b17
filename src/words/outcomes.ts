import type { Organization } from '../access/organization';
import type { By } from '../access/plan/attribution';
import type { Meanwhile } from '../access/plan/meanwhile';
import type { Outcome } from '../access/plan/outcome';
import type { Step } from '../access/plan/plan';
import { sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { explainChange, explanationInWords } from './errors';
import { type Among, checkpointNames, firstProjects } from './names';

/** Changes of one kind: in effect, and in the plan. */
export interface Tally {
  readonly done: number;
  readonly total: number;
}

/** The outcome of a plan in short: changes in effect, their confirmation, and changes that others made first. */
export function outcomesInWords(outcomes: readonly Outcome[], among?: Among): string {
  const checkpoints = [...new Set(outcomes.map(({ step }) => step.checkpoint))];
  const [granted, revoked] = [tallyOf(outcomes, 'grant'), tallyOf(outcomes, 'revoke')];
  const done = granted.done + revoked.done;
  const unverified = outcomes.filter(({ result }) => result === 'unverified').length;
  return sentences(
    done > 0
      ? changesMade(checkpoints, granted, revoked, among)
      : noChangeMade(checkpoints, outcomes.every(isSurelyNotDone), among),
    // `done` means confirmed by a list that was loaded afterwards.
    done > 0 ? 'Confirmed by the server.' : '',
    alreadyGranted(doneByOthers(outcomes, 'grant'), granted.total),
    alreadyGone(doneByOthers(outcomes, 'revoke'), revoked.total),
    perhapsByOthers(perhapsOurs(outcomes, 'grant'), granted.total, 'grant'),
    perhapsByOthers(perhapsOurs(outcomes, 'revoke'), revoked.total, 'revoke'),
    acceptedOnly(unverified),
  );
}

function tallyOf(outcomes: readonly Outcome[], action: Step['action']): Tally {
  const all = outcomes.filter(({ step }) => step.action === action);
  return { done: all.filter(({ result }) => result === 'done').length, total: all.length };
}

function doneByOthers(outcomes: readonly Outcome[], action: Step['action']): number {
  return doneBy(outcomes, action, 'others');
}

/** Changes in effect that this computer or someone else made. */
function perhapsOurs(outcomes: readonly Outcome[], action: Step['action']): number {
  return doneBy(outcomes, action, 'perhapsUs');
}

function doneBy(outcomes: readonly Outcome[], action: Step['action'], by: By): number {
  return outcomes.filter(
    (outcome) => outcome.result === 'done' && outcome.by === by && outcome.step.action === action,
  ).length;
}

/** Whether the server certainly did not make a change, and will not. */
function isSurelyNotDone(outcome: Outcome): boolean {
  return outcome.result === 'notSent' || (outcome.result === 'failed' && !outcome.mayStillHappen);
}

/** The changes in effect, at least one: `Granted 2 projects access to support-bot.` */
export function changesMade(
  checkpoints: readonly string[],
  granted: Tally,
  revoked: Tally,
  among?: Among,
): string {
  const where = checkpointNames(checkpoints, among);
  const isAll = granted.done === granted.total && revoked.done === revoked.total;
  if (granted.total > 0 && revoked.total > 0) {
    return isAll
      ? plural(
          granted.total,
          `Granted 1 permission and revoked ${number(revoked.total)} for ${where}.`,
          (grants) => `Granted ${grants} permissions and revoked ${number(revoked.total)} for ${where}.`,
        )
      : `Granted ${outOf(granted)} and revoked ${outOf(revoked)} permissions for ${where}.`;
  }
  if (revoked.total > 0) {
    return isAll
      ? plural(
          revoked.total,
          `Revoked 1 permission for ${where}.`,
          (permissions) => `Revoked ${permissions} permissions for ${where}.`,
        )
      : `Revoked ${outOf(revoked)} permissions for ${where}.`;
  }
  // With several checkpoints, a project counts more than once.
  if (checkpoints.length > 1) {
    return isAll
      ? `Granted ${number(granted.total)} permissions for ${where}.`
      : `Granted ${outOf(granted)} permissions for ${where}.`;
  }
  return isAll
    ? plural(
        granted.total,
        `Granted 1 project access to ${where}.`,
        (projects) => `Granted ${projects} projects access to ${where}.`,
      )
    : `Granted ${outOf(granted)} projects access to ${where}.`;
}

function outOf({ done, total }: Tally): string {
  return `${number(done)} of ${number(total)}`;
}

/** No change is in effect. `isSure`: the server made none and will make none. */
export function noChangeMade(checkpoints: readonly string[], isSure: boolean, among?: Among): string {
  const where = checkpointNames(checkpoints, among);
  return isSure ? `Access to ${where} wasn't changed.` : `It's unknown whether access to ${where} changed.`;
}

/** Grants that others made before the request; empty if none. */
export function alreadyGranted(grants: number, total: number): string {
  if (grants === 0) return '';
  if (total === 1) return 'Someone else had already granted it.';
  return plural(
    grants,
    'Someone else had already granted 1 of them.',
    (granted) => `Someone else had already granted ${granted} of them.`,
  );
}

function alreadyGone(revokes: number, total: number): string {
  if (revokes === 0) return '';
  if (total === 1) return 'The permission was already gone.';
  return plural(
    revokes,
    '1 of the permissions was already gone.',
    (gone) => `${gone} of the permissions were already gone.`,
  );
}

/** Changes that are in effect, and perhaps someone else's; empty if there are none. */
export function perhapsByOthers(changes: number, total: number, action: Step['action']): string {
  if (changes === 0) return '';
  if (total === 1) {
    return action === 'grant'
      ? "Someone else may have granted it, so Undo won't revoke it unless you select it."
      : "Someone else may have revoked it, so Undo won't restore it unless you select it.";
  }
  return action === 'grant'
    ? plural(
        changes,
        "Someone else may have granted 1 of them, so Undo won't revoke it unless you select it.",
        (granted) =>
          `Someone else may have granted ${granted} of them, so Undo won't revoke them unless you select them.`,
      )
    : plural(
        changes,
        "Someone else may have revoked 1 of the permissions, so Undo won't restore it unless you select it.",
        (revoked) =>
          `Someone else may have revoked ${revoked} of the permissions, so Undo won't restore them unless you select them.`,
      );
}

function acceptedOnly(unverified: number): string {
  if (unverified === 0) return '';
  return plural(
    unverified,
    "The API accepted 1 change that isn't confirmed yet.",
    (accepted) => `The API accepted ${accepted} changes that aren't confirmed yet.`,
  );
}

/** Changes of others to the same checkpoints since the preview, which are kept; empty if none. */
export function othersInWords(
  organization: Organization,
  changes: readonly Meanwhile[],
  outcomes: readonly Outcome[],
): string {
  const revoked = new Set(
    outcomes.map(({ step }) => (step.action === 'revoke' ? `${step.checkpoint} ${step.project}` : '')),
  );
  const isBack = ({ action, checkpoint, permission }: Meanwhile): boolean =>
    action === 'granted' && revoked.has(`${checkpoint} ${permission.project_id}`);
  const projectsOf = (some: readonly Meanwhile[]): string =>
    firstProjects(organization, [...new Set(some.map(({ permission }) => permission.project_id))], 5);
  const back = changes.filter(isBack);
  const granted = changes.filter((change) => change.action === 'granted' && !isBack(change));
  const gone = changes.filter(({ action }) => action === 'revoked');
  return sentences(
    back.length > 0 ? othersGrantedAgain(projectsOf(back)) : '',
    granted.length > 0 ? othersGranted(projectsOf(granted)) : '',
    gone.length > 0 ? othersRevoked(projectsOf(gone)) : '',
  );
}

export function othersGrantedAgain(projects: string): string {
  return `Since the preview, someone else granted access again, with a new permission: ${projects}.`;
}

export function othersGranted(projects: string): string {
  return `Since the preview, someone else granted access: ${projects}.`;
}

export function othersRevoked(projects: string): string {
  return `Since the preview, someone else revoked access: ${projects}.`;
}

export const canceledBeforeSent = 'Not sent because it was canceled.';

/** Why a change is not in effect or unconfirmed; empty for one in effect. */
export function reasonInWords(outcome: Outcome, nameOf = (project: string): string => project): string {
  if (outcome.result === 'done') return '';
  if (outcome.error === undefined && outcome.result === 'notSent') return canceledBeforeSent;
  const why = explanationInWords(explainChange(outcome.error, nameOf));
  switch (outcome.result) {
    case 'notSent':
      return `Not sent. ${why}`;
    case 'unverified':
      return outcome.why === 'notListed'
        ? `Not confirmed yet. ${why}`
        : `Accepted, but not confirmed. ${why}`;
    case 'unknown':
      return `It's unknown whether this took effect. ${why}`;
    case 'failed':
      return outcome.mayStillHappen ? `Not in effect yet, but it may still take effect. ${why}` : why;
  }
}

/** Projects whose changes failed for the same reason. `checkpoints` is empty if the plan has only one. */
export function projectsAndReason(projects: string, checkpoints: string, reason: string): string {
  const why = escapeForMessage(reason, 400);
  return checkpoints === '' ? `${projects}: ${why}` : `${projects} for ${checkpoints}: ${why}`;
}

/** Reads the lists again to confirm accepted changes. Sends no change. */
export const checkAgainButton = 'Check Again';
/** Progress title: accepted changes are looked for in the lists. */
export const checkingAgain = 'Checking accepted changes';

/** Retries the failed changes. */
export const retryButton = 'Retry';
/** Retries without the owning project, for which the API refused the whole request. */
export const grantOthersButton = 'Grant to the Others';

/** A change that is not done, for the log. */
export function outcomeForLog(outcome: Outcome): string {
  const { action, checkpoint, project } = outcome.step;
  const change = outcome.step.action === 'revoke' ? `${action} ${outcome.step.permissionId}` : action;
  return `${change}, project ${project}, checkpoint ${checkpoint}: ${outcome.result}. ${reasonInWords(outcome)}`;
}
