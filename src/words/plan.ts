import type { Organization } from '../access/organization';
import type { ApplyProgress } from '../access/plan/apply';
import type { Cost } from '../access/plan/cost';
import type { Obstacle } from '../access/plan/obstacles';
import { checkpointsOf, type Plan, type PlanKind, planKind, type Step } from '../access/plan/plan';
import type { Difference } from '../access/plan/stillHolds';
import { ago } from '../text/dates';
import { listOf, metadata } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { nothingSent } from './changes';
import { perhapsOthers } from './changesTab';
import { withoutEffectInWords } from './effect';
import {
  type Among,
  checkpointLabel,
  checkpointName,
  checkpointNames,
  firstProjects,
  projectName,
  projectWithId,
} from './names';
import { allowTimeFor } from './requests';
import { shutdownInWords } from './shutdown';

/** The button that applies a plan. */
export const applyButton: Readonly<Record<PlanKind, string>> = {
  grants: 'Grant',
  revokes: 'Revoke',
  mixed: 'Apply',
};

export const chooseChangesButton = 'Choose Changes…';

/** A plan in one line: `Grant 2 projects access to support-bot`. */
export function planInWords(plan: Plan, among?: Among): string {
  const where = checkpointNames(checkpointsOf(plan), among);
  const grants = plan.steps.filter(({ action }) => action === 'grant');
  const revokes = plan.steps.length - grants.length;
  switch (planKind(plan)) {
    case 'grants':
      return plural(
        new Set(grants.map(({ project }) => project)).size,
        `Grant 1 project access to ${where}`,
        (projects) => `Grant ${projects} projects access to ${where}`,
      );
    case 'revokes':
      return plural(
        revokes,
        `Revoke 1 permission for ${where}`,
        (permissions) => `Revoke ${permissions} permissions for ${where}`,
      );
    case 'mixed':
      return plural(
        grants.length,
        `Grant 1 permission and revoke ${number(revokes)} for ${where}`,
        (permissions) => `Grant ${permissions} permissions and revoke ${number(revokes)} for ${where}`,
      );
  }
}

/** The question of the preview. */
export function planQuestion(plan: Plan, among?: Among): string {
  return `${planInWords(plan, among)}?`;
}

/** The project of a change, and the permission that it revokes. `isDoubtful`: it may take back what others did. */
export function changeInWords(organization: Organization, step: Step, isDoubtful = false): string {
  const project = projectWithId(organization, step.project);
  const change =
    step.action === 'grant' ? project : `${project}, ${escapeForMessage(step.permissionId, 100)}`;
  return isDoubtful ? `${change} (${perhapsOthers[step.action]})` : change;
}

/** A change of a plan that grants and revokes. */
export function changeWithVerb(organization: Organization, step: Step, isDoubtful = false): string {
  const change = changeInWords(organization, step, isDoubtful);
  return step.action === 'grant' ? `Grant: ${change}` : `Revoke: ${change}`;
}

/** Another plan was opened on the page of an organization. */
export function planReplaced(title: string): string {
  return `Another plan was opened, so this one was closed: ${title}. ${nothingSent}`;
}

export const anotherPlanIsApplied = `Another plan is being applied. Wait until it's done. ${nothingSent}`;

/** Why a change cannot be made, or needs a second look. `now` in milliseconds since 1970. */
export function obstacleInWords(organization: Organization, obstacle: Obstacle, now: number): string {
  const project = projectName(organization, obstacle.step.project);
  const checkpoint = checkpointName(obstacle.step.checkpoint, organization);
  switch (obstacle.kind) {
    case 'missingScope': {
      const scopes = escapeForMessage(listOf(obstacle.scopes), 300);
      if (organization.isSample) {
        return `${checkpoint} can't be changed. The sample organization refuses it on purpose, to show what a missing scope does (${scopes}).`;
      }
      return plural(
        obstacle.scopes.length,
        `${checkpoint} can't be changed. A few minutes ago, the API refused because your admin API key lacks the scope ${scopes}.`,
        () =>
          `${checkpoint} can't be changed. A few minutes ago, the API refused because your admin API key lacks the scopes ${scopes}.`,
      );
    }
    case 'owner':
      return `${project} owns this model, so it always has access. That can't be changed.`;
    case 'archived':
      return obstacle.loadedAt === undefined
        ? `${project} is archived, so access would have no effect.`
        : `${project} is archived, so access would have no effect (project list loaded ${ago(obstacle.loadedAt, now)}).`;
    case 'shutDown':
      return `${project} would get access to a model that ${shutdownInWords(obstacle.shutdown, now)}.`;
    case 'withoutEffect':
      return withoutEffectInWords(obstacle, now);
    case 'ownsModel':
      return `${project} owns the fine-tuned model, so it probably owns this checkpoint, too.`;
    case 'wasArchived':
      return obstacle.loadedAt === undefined
        ? `${project} was archived, so access may have no effect.`
        : `${project} was archived, so access may have no effect (project list loaded ${ago(obstacle.loadedAt, now)}).`;
  }
}

/** A plan grants access to checkpoints whose owner is unknown. */
export function ownersUnknownInPlan(checkpoints: number): string {
  return plural(
    checkpoints,
    'The owner of 1 checkpoint is unknown. The API refuses to grant access to the owner.',
    (count) => `The owners of ${count} checkpoints are unknown. The API refuses to grant access to owners.`,
  );
}

/** No change of a plan can be made: the first reason, and the number of others. */
export function nothingPossible(reason: string, rest: number): string {
  return rest === 0
    ? `${nothingSent} ${reason}`
    : plural(
        rest,
        `${nothingSent} ${reason} 1 more change can't be made for a similar reason.`,
        (changes) => `${nothingSent} ${reason} ${changes} more changes can't be made for similar reasons.`,
      );
}

/** How a plan changed between its preview and its confirmation, by projects; either may be empty. */
export function changedSincePreview(organization: Organization, { added, removed }: Difference): string {
  const projects = (steps: readonly Step[]): string =>
    firstProjects(organization, [...new Set(steps.map(({ project }) => project))], 5);
  const parts = [
    removed.length > 0 ? `no longer changed: ${projects(removed)}` : '',
    added.length > 0 ? `newly changed: ${projects(added)}` : '',
  ].filter(Boolean);
  return `Changed since you opened this preview: ${parts.join(' · ')}.`;
}

/** Changes of a plan that the user cleared. */
export function notSelected(changes: number): string {
  return plural(changes, "1 change isn't selected.", (cleared) => `${cleared} changes aren't selected.`);
}

/** The cost of applying a plan: `Sends 3 requests, then 1 more to confirm. Allow up to about 1 minute.` */
export function costInWords({ changes, readBacks }: Cost): string {
  const sends = plural(
    changes,
    `Sends 1 request, then ${number(readBacks)} more to confirm.`,
    (requests) => `Sends ${requests} requests, then ${number(readBacks)} more to confirm.`,
  );
  return `${sends} ${allowTimeFor(changes + readBacks)}`;
}

/** Asks to type a number before many permissions are revoked. The number is typed as digits only. */
export function confirmNumberPrompt(permissions: number): string {
  return plural(
    permissions,
    'Type 1 to confirm revoking 1 permission',
    (revoked) => `Type ${permissions} to confirm revoking ${revoked} permissions`,
  );
}

export function wrongNumber(permissions: number): string {
  return `Type ${permissions}, the number of permissions to revoke.`;
}

/** The picker in which changes of a plan are cleared. */
export const chooseChanges = {
  placeholder: "Clear the changes you don't want, then press Enter to review again",
  noneSelected: 'Select at least one change, or press Escape to go back',
} as const;

/** The heading of the changes of one checkpoint. */
export function changesOf(action: Step['action'], checkpoint: string, among?: Among): string {
  return action === 'grant'
    ? `Grant · ${checkpointLabel(checkpoint, among)}`
    : `Revoke · ${checkpointLabel(checkpoint, among)}`;
}

/** The description of a change beside its project's name. `isPerhapsOurs`: it takes back what others may have done. */
export function changeDetails(step: Step, isPerhapsOurs = false): string {
  const details = [
    step.action,
    escapeForMessage(step.project, 100),
    step.action === 'revoke' ? escapeForMessage(step.permissionId, 100) : '',
    isPerhapsOurs ? perhapsOthers[step.action] : '',
  ];
  return metadata(...details);
}

/** Progress title: an old list says that a project is archived, so it is refreshed. */
export const refreshingProjects = 'Refreshing projects';

export function archivedAsOf(project: string, loadedAt: number, now: number): string {
  return `${project} was archived as of ${ago(loadedAt, now)}`;
}

/** Progress title while a plan is applied. */
export const applying: Readonly<Record<PlanKind, string>> = {
  grants: 'Granting access',
  revokes: 'Revoking access',
  mixed: 'Changing access',
};

export function applyProgressInWords(
  organization: Organization,
  progress: Exclude<ApplyProgress, { doing: 'waiting' }>,
): string {
  if (progress.doing === 'readingBack')
    return `confirming ${checkpointName(progress.checkpoint, organization)}`;
  const project = projectName(organization, progress.step.project);
  return `${number(progress.answered + 1)} of ${number(progress.total)}: ${project}`;
}

/** Progress title: the remaining changes of a plan are checked before a retry. */
export const checkingRemaining = "Checking what's left to do";
/** The rest of a plan was accepted, and isn't listed. */
export const nothingMoreToSend = 'Nothing left to send.';
export const nothingLeftToDo = 'Nothing left to do: all changes are in place.';
