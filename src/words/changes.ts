import type { ProjectsStanding } from '../access/loading/projectsStanding';
import type { Standing } from '../access/loading/standing';
import type { Organization } from '../access/organization';
import type { StagedChange } from '../access/plan/staged';
import { ago } from '../text/dates';
import { firstOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { reliabilityInWords } from './access';
import { changesTab } from './changesTab';
import { explain, explainProjects } from './errors';
import { type Among, checkpointName, checkpointNames, firstProjects, projectName } from './names';
import { projectNamesFailed } from './projects';
import { allowTimeFor } from './requests';
import { projectsIncompleteInWords } from './standing';

// Granting, revoking, applying staged changes, and copying access: the questions before a plan, and its notes.

/** The end of every message about a change that was not sent. */
export const nothingSent = 'Nothing was sent.';

// Grant Access…

export const grantTitle = 'Grant Access';

export function grantTitleFor(checkpoints: readonly string[], among?: Among): string {
  return `Grant access to ${checkpointNames(checkpoints, among)}`;
}

export const selectCheckpointToGrant = 'Select a checkpoint to grant access to';
export const selectCheckpointsToGrant = 'Select checkpoints to grant access to';

export function allHaveAccess(
  organization: Organization,
  projects: readonly string[],
  checkpoints: readonly string[],
): string {
  const who = firstProjects(organization, projects, 5);
  const where = checkpointNames(checkpoints, organization);
  return plural(
    projects.length,
    `${who} already has access to ${where}. ${nothingSent}`,
    () => `${who} already have access to ${where}. ${nothingSent}`,
  );
}

/** Projects that a plan skips because they have access. */
export function skippedWithAccess(organization: Organization, projects: readonly string[]): string {
  const who = firstProjects(organization, projects, 10);
  return plural(
    projects.length,
    `Skipped because it already has access: ${who}`,
    () => `Skipped because they already have access: ${who}`,
  );
}

/** The picker of projects. */
export const projectPicker = {
  refresh: 'Refresh Project Names',
  loading: 'Loading projects. You can paste project IDs, separated by spaces or commas.',
  notLoaded: 'Paste project IDs, separated by spaces or commas',
  alreadyHaveAccess: 'Already have access',
  archived: 'Archived (access would have no effect)',
  noneSelected: 'No project selected',
  howToSelect: 'Go to a project with the arrow keys and press Space, or click it. Then press Enter.',
} as const;

export function searchProjects(projects: number, loadedAt: number, now: number): string {
  const age = `loaded ${ago(loadedAt, now)}`;
  return plural(
    projects,
    `Search 1 project by name or ID, or paste IDs · ${age}`,
    (count) => `Search ${count} projects by name or ID, or paste IDs · ${age}`,
  );
}

/** The heading of the projects in a picker. `isAccessKnown`: the lists of all checkpoints are complete. */
export function projectsHeading(isAccessKnown: boolean): string {
  return isAccessKnown ? 'Projects' : "Projects (access not fully loaded, so it's checked before granting)";
}

/** How many of the selected checkpoints a project can use; empty if none. */
export function accessAlready(has: number, total: number): string {
  if (has === 0) return '';
  return has === total
    ? 'already has access'
    : `has access to ${number(has)} of ${number(total)} checkpoints`;
}

/** Why projects may be missing from the picker, and what to do; undefined if none is. */
export function projectsMissing(
  standing: ProjectsStanding,
  now: number,
): { readonly label: string; readonly detail: string } | undefined {
  const { failure, incomplete, loadedAt } = standing;
  if (failure === undefined && incomplete === undefined) return undefined;
  return { label: missingLabel(), detail: missingDetail() };

  function missingLabel(): string {
    if (loadedAt === undefined) return "Projects couldn't be loaded. Paste their IDs.";
    return incomplete === undefined
      ? `Projects couldn't be refreshed. These are from ${ago(loadedAt, now)}.`
      : 'The list of projects is incomplete. Paste the IDs of missing projects.';
  }

  function missingDetail(): string {
    if (failure !== undefined) {
      const { what, next } = explainProjects(failure);
      return `${what}. ${next}`;
    }
    return sentences(incomplete ? projectsIncompleteInWords(incomplete) : '', 'Refresh to load it again.');
  }
}

export const removeToContinue = 'Remove it to continue.';

export function usePastedIds(ids: number): string {
  return plural(ids, 'Press Enter to use 1 pasted ID', (pasted) => `Press Enter to use ${pasted} pasted IDs`);
}

export function pastedWithAccess(organization: Organization, projects: readonly string[]): string {
  const who = firstProjects(organization, projects, 5);
  return plural(
    projects.length,
    `${who} already has access and will be skipped.`,
    () => `${who} already have access and will be skipped.`,
  );
}

// Revoke Access…

/** Permissions that a revoke was called on and that the server doesn't have, or not any more. */
export function permissionsGone(
  permissions: readonly string[],
  checkpoints: readonly string[],
  among?: Among,
): string {
  const which = escapeForMessage(firstOf(permissions.slice(0, 3), permissions.length), 400);
  const where = checkpointNames(checkpoints, among);
  return plural(
    permissions.length,
    `Skipped 1 permission that no longer exists for ${where}: ${which}.`,
    (count) => `Skipped ${count} permissions that no longer exist for ${where}: ${which}.`,
  );
}

export const revokeTitle = 'Revoke Access';
export const selectCheckpointToRevoke = 'Select a checkpoint to revoke access to';
export const newIdWhenGrantedAgain = 'If you grant access again later, it gets a new permission ID.';

export function keepsAccess(organization: Organization, project: string, permission: string): string {
  const name = projectName(organization, project);
  return `${name} keeps access through another permission, ${escapeForMessage(permission, 100)}.`;
}

/** The picker of permissions. */
export const permissionPicker = {
  loadMore: 'Load More Permissions',
  refresh: 'Refresh',
  loading: 'Loading permissions',
  noneSelected: 'Select permissions with Space first, then press Enter',
} as const;

/** The placeholder of the picker of permissions, with how far their list is known. `now` in milliseconds since 1970. */
export function selectPermissions(standing: Standing, projects: ProjectsStanding, now: number): string {
  const { count, isComplete, failure } = standing;
  return metadata(
    isComplete && count === 0 ? 'No permissions' : 'Select permissions',
    isComplete && count > 0 ? allLoaded(count) : '',
    ...reliabilityInWords(standing, now),
    failure ? explain(failure.error).what : '',
    projectNamesClause(projects),
  );
}

function projectNamesClause({ state, failure }: ProjectsStanding): string {
  if (failure === undefined) return '';
  return state === 'failed' ? "project names couldn't be loaded" : "project names couldn't be refreshed";
}

function allLoaded(permissions: number): string {
  return plural(permissions, '1 permission in total', (count) => `${count} permissions in total`);
}

// Revoke All Access…

export const revokingAll = {
  title: 'Revoke All Access',
  ofWhichProject: 'Revoke all access of which project?',
  loadButton: 'Load Permissions',

  /** The question before several lists are loaded. */
  find: (organization: Organization, projects: readonly string[]): string =>
    plural(
      projects.length,
      `Load what ${firstProjects(organization, projects, 1)} can use?`,
      (count) => `Load what ${count} projects can use?`,
    ),

  /** A project keeps access that no permission gives it. */
  owns: (organization: Organization, project: string, checkpoint: string): string =>
    `${projectName(organization, project)} owns ${checkpointName(checkpoint, organization)}, so it keeps access to it. The access of an owner can't be revoked.`,

  /** The checkpoints that a project may own; at least one. */
  mayOwn: (
    organization: Organization,
    projects: readonly string[],
    checkpoints: readonly string[],
  ): string => {
    const who = plural(
      projects.length,
      firstProjects(organization, projects, 1),
      () => 'One of the projects',
    );
    return plural(
      checkpoints.length,
      `${who} may own ${checkpointNames(checkpoints, organization)}, whose owner is unknown, and an owner keeps access.`,
      (count) =>
        `${who} may own some of ${count} checkpoints whose owners are unknown, and an owner keeps access.`,
    );
  },

  /** All lists were loaded. */
  nothing: (organization: Organization, projects: readonly string[]): string => {
    const who = firstProjects(organization, projects, 5);
    return plural(
      projects.length,
      `${who} has no permission for a checkpoint in your list. ${nothingSent}`,
      () => `${who} have no permission for a checkpoint in your list. ${nothingSent}`,
    );
  },

  /** Some lists couldn't be loaded, which follows. */
  nothingFound: (organization: Organization, projects: readonly string[]): string => {
    const who = firstProjects(organization, projects, 5);
    return plural(
      projects.length,
      `${who} has no permission for the checkpoints that were loaded. ${nothingSent}`,
      () => `${who} have no permission for the checkpoints that were loaded. ${nothingSent}`,
    );
  },
} as const;

// Pickers of one checkpoint or project

export const addCheckpointButton = 'Add Checkpoint…';
export const emptyList = 'Your checkpoint list is empty. Add a checkpoint first.';
export const noOtherCheckpoint = 'Your list has no other checkpoint. Add one first.';

export const loadingProjectNames = 'Loading project names';
export const useThisId = 'use this ID';

/** The placeholder of a picker of one project. `question` comes first. */
export function selectProject(standing: ProjectsStanding, question = ''): string {
  return sentences(projectNamesFailed(standing), question, 'Select a project or paste its ID.');
}

// Applying staged changes

/** Staged changes are listed from what is loaded, without a request. */
export const shownWhenApplied = 'Based on loaded lists. Current access is checked before anything is sent.';
/** What makes a plan of staged changes. */
export const stagedChanges = changesTab.stagedTitle;
/** Progress title: what a plan is made from is read again. */
export const checkingCurrentAccess = 'Checking current access';
export const noLongerStaged = `These changes are no longer staged. ${nothingSent}`;

/** Changes that stay staged, so that a part is not taken for the whole. */
export function notPartOfPlan(changes: number): string {
  return plural(
    changes,
    "1 other change stays staged and isn't part of this plan.",
    (others) => `${others} other changes stay staged and aren't part of this plan.`,
  );
}

/** Staged changes that are already in effect; at least one. */
export function alreadyInEffect(organization: Organization, changes: readonly StagedChange[]): string {
  const which = firstChange(organization, changes);
  return plural(
    changes.length,
    `1 staged change is already in effect: ${which}.`,
    (count) => `${count} staged changes are already in effect: ${which}.`,
  );
}

/** Staged changes that cannot be decided; at least one. */
export function skippedUndecided(organization: Organization, changes: readonly StagedChange[]): string {
  const which = firstChange(organization, changes);
  return plural(
    changes.length,
    `Skipped 1 staged change because current access isn't fully loaded: ${which}.`,
    (count) => `Skipped ${count} staged changes because current access isn't fully loaded: ${which}.`,
  );
}

function firstChange(organization: Organization, changes: readonly StagedChange[]): string {
  return firstOf(
    changes.slice(0, 1).map(({ action, checkpoint, project }) => {
      const [who, where] = [projectName(organization, project), checkpointName(checkpoint, organization)];
      return action === 'grant' ? `grant ${who} access to ${where}` : `revoke access to ${where} for ${who}`;
    }),
    changes.length,
  );
}

// Copy Access From…

/** The pickers of copying; `to` and `from` are names. */
export const copying = {
  title: 'Copy Access',
  titleTo: (to: string) => `Copy access to ${to}`,
  titleFromTo: (from: string, to: string) => `Copy access from ${from} to ${to}`,
  whatToCopy: 'What do you want to copy?',
  betweenCheckpoints: 'From one checkpoint to another',
  betweenCheckpointsDetail: 'Copies which projects can use it',
  betweenProjects: 'From one project to another',
  betweenProjectsDetail: 'Copies which checkpoints in your list it can use',
  toWhichCheckpoint: 'Copy access to which checkpoint?',
  fromWhichCheckpoint: (to: string) => `Copy access to ${to} from which checkpoint?`,
  toWhichProject: 'Copy access to which project?',
  fromWhichProject: (to: string) => `Copy access to ${to} from which project?`,
  addMissing: 'Add missing access',
  addMissingDetail: 'Revokes nothing',
  match: 'Match exactly',
  matchDetail: "Also revokes access that the source doesn't have",
  loading: 'Loading access',
} as const;

/** The cost of loading before the plan. `lists`: number of lists to load. */
export function planComesFirst(lists: number): string {
  if (lists === 0) return "You'll see the plan first.";
  const time = allowTimeFor(lists);
  return plural(
    lists,
    `Loads at least 1 permission list, then shows the plan. ${time}`,
    (count) => `Loads at least ${count} permission lists, then shows the plan. ${time}`,
  );
}

/** Position and name of the list that is loading. `place` counts from 1. */
export function progressOf(place: number, total: number, name: string): string {
  return `${number(place)} of ${number(total)}: ${name}`;
}

/** The targets of a copy, at least one, have what would be copied. */
export function checkpointsHaveAllAccess(to: readonly string[], from: string, among?: Among): string {
  const source = checkpointName(from, among);
  const has = plural(
    to.length,
    `${checkpointNames(to, among)} already has every permission of ${source}.`,
    (count) => `${count} checkpoints already have every permission of ${source}.`,
  );
  return sentences(has, nothingSent);
}

export function projectHasAllAccess(organization: Organization, to: string, from: string): string {
  const [target, source] = [projectName(organization, to), projectName(organization, from)];
  return `${target} already has every permission that ${source} has for checkpoints in your list. ${nothingSent}`;
}

/** Checkpoints that a copy leaves out, although the source may have access as the owner; at least one. */
export function mayOwnNotCopied(
  organization: Organization,
  from: string,
  checkpoints: readonly string[],
): string {
  const source = projectName(organization, from);
  return plural(
    checkpoints.length,
    `Not copied: ${source} may own ${checkpointNames(checkpoints, organization)}, whose owner is unknown.`,
    (count) => `Not copied: ${source} may own ${count} checkpoints whose owners are unknown.`,
  );
}

/** Revokes of a copy for checkpoints that the source may have access to as the owner; at least one. */
export function mayOwnRevoked(
  organization: Organization,
  { from, to }: { readonly from: string; readonly to: string },
  checkpoints: readonly string[],
): string {
  const [source, target] = [projectName(organization, from), projectName(organization, to)];
  return plural(
    checkpoints.length,
    `${source} may own ${checkpointNames(checkpoints, organization)}, whose owner is unknown, but ${target} loses access to it.`,
    (count) =>
      `${source} may own ${count} checkpoints whose owners are unknown, but ${target} loses access to them.`,
  );
}

/** A copy from a checkpoint whose owner is unknown. `isMatch`: other projects lose access. */
export function sourceOwnerUnknown(from: string, isMatch: boolean, among?: Among): string {
  const source = checkpointName(from, among);
  return isMatch
    ? `The owner of ${source} is unknown. Its access isn't copied, and it may be a project that loses access.`
    : `The owner of ${source} is unknown, so its access isn't copied.`;
}

/** A checkpoint that a plan skips because its access is unknown. */
export function skippedNotLoaded(checkpoint: string, error: unknown, among?: Among): string {
  const why = escapeForMessage(explain(error).what, 200);
  return `Skipped ${checkpointName(checkpoint, among)} because its permissions couldn't be loaded: ${why}.`;
}
