import type { Standing } from '../access/loading/standing';
import { ago, dayOf, exactlyInUTC, isDate } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { sampleNote } from './sample';
import { morePermissionsFailed } from './standing';

// Details pages. Texts are plain unless marked as Markdown. Names and reasons come from a server, so callers escape
// them. Moments are milliseconds since 1970.

/** An exact moment with its age. */
export function moment(at: number, now: number): string {
  return isDate(at) ? `${exactlyInUTC(at)} (${ago(at, now)})` : exactlyInUTC(at);
}

/** A day with its age, for a table cell. Spaces in the day do not break. */
export function day(at: number, now: number): string {
  if (!isDate(at)) return dayOf(at);
  return `${dayOf(at).replaceAll(' ', '\u00a0')} (${ago(at, now)})`;
}

/** The subject of a page. */
export const kinds = {
  organization: 'Organization',
  model: 'Fine-tuned model',
  finalModel: 'Final checkpoint of a fine-tuned model',
  checkpoint: 'Checkpoint of a fine-tuned model',
  permission: 'Permission of a project to use a checkpoint',
  project: 'Project',
  key: 'Admin API key',
} as const;

/** The second line of a page: its subject and the organization. */
export function subjectLine(
  kind: string,
  organization: { readonly name: string; readonly isSample: boolean } | undefined,
): string {
  if (!organization) return kind;
  return organization.isSample
    ? metadata(kind, `${sampleNote}: ${organization.name}`)
    : metadata(kind, `organization ${organization.name}`);
}

/** The age of a page. */
export function asOf(now: number): string {
  return `Shows what was loaded by ${exactlyInUTC(now)}. Opening this page sends no requests.`;
}

export const columns = {
  facts: ['Property', 'Value', 'Source'],
  failure: ['Failure', ''],
  found: ['Place', 'Date', 'Details'],
  access: ['Project', 'Permission', 'Granted'],
  checkpoints: ['Checkpoint', 'ID', 'Who has access', 'Loaded', 'Shutdown'],
  grants: ['Checkpoint', 'ID', 'Permission', 'Granted', 'Source'],
} as const;

export const properties = {
  id: 'ID',
  baseModel: 'Base model',
  organization: 'Organization',
  suffix: 'Suffix',
  step: 'Training step',
  shutdown: 'Shutdown',
  created: 'Created',
  archived: 'Archived',
  owner: 'Owner',
  inList: 'In your checkpoint list',
  permission: 'Permission',
  project: 'Project',
  projectId: 'Project ID',
  projectStatus: 'Project status',
  name: 'Name',
  status: 'Status',
  checkpoint: 'Checkpoint',
  granted: 'Granted',
  grantedBy: 'Granted by',
  otherPermissions: 'Other permissions',
  message: 'Original message',
  type: 'Type',
  code: 'Code',
  parameter: 'Parameter',
  requestId: 'Request ID',
} as const;

export const values = {
  unknown: 'unknown',
  unknownOwner: 'unknown (it has access without a permission)',
  noSuffix: 'none',
  finalModel: 'none (final model)',
  yes: 'yes',
  no: 'no',
  grantedBy: "unknown (the permission list doesn't say)",
  notLoaded: 'not loaded',
} as const;

/** Sources of facts. */
export const sources = {
  id: 'the ID',
  job: 'fine-tuning job',
  yourList: 'your checkpoint list',
  projectList: 'project list',
  page: 'this page',
  refusal: (at: number, now: number) => `refused request, ${moment(at, now)}`,
  permissionList: (at: number, now: number) => `permission list, loaded ${moment(at, now)}`,
  projectQuery: (at: number, now: number) => `query for this project, loaded ${moment(at, now)}`,
} as const;

export const headings = {
  access: 'Who has access',
  checkpoint: 'Checkpoint',
  found: 'Where it was found',
  checkpoints: 'Checkpoints in your list',
  canUse: 'What it can use',
  curl: 'Requests with curl',
  noDetails: 'No details',
  anotherOrganization: 'A different organization is shown',
  noOrganization: 'No organization is shown',
  whatHappened: 'What happened',
} as const;

/** The heading of a failure to load the permissions of a checkpoint. */
export function failureHeading({ state, failure }: Pick<Standing, 'state' | 'failure'>): string {
  if (state === 'failed') return "Permissions couldn't be loaded";
  return failure?.during === 'readMore' ? morePermissionsFailed : 'The last refresh failed';
}

/** Comes before the doubts of the list of permissions. */
export const permissionList = 'Permission list';

export function loadedOn(at: number, now: number): string {
  return `Loaded ${moment(at, now)}.`;
}

export const notes = {
  owner: "The project that owns the model always has access and isn't listed.",
  unknownOrigin: 'How it got into your checkpoint list is unknown.',
  ownPermissions:
    "Each checkpoint has its own permissions. Access to the final model doesn't include its steps, and access to a step doesn't include the final model.",
  modelNotListed: "The final model isn't in your checkpoint list, so its access isn't shown here.",
  owned: 'A project can always use the models that it owns. No permission shows that.',
  archived: 'The project is archived, so its access may have no effect.',
  noGrants: 'No permission of this project is loaded.',
  permissionUnknown:
    "The permissions of its checkpoint aren't loaded, so nothing is known about this permission.",
  nothingHere: 'There is nothing to show here.',
  notACheckpoint: "This isn't the ID of a checkpoint.",
  noKey: 'No admin API key is set. Use Set Admin API Key… to enter one.',
  keyGone: 'The saved admin API key is gone. Use Set Admin API Key… to save it again.',
  sampleCurl: "The sample organization has no server, so these requests can't be sent.",
  // Markdown.
  curl: 'Set the variable `OPENAI_ADMIN_KEY` to an admin API key of the organization.',
} as const;

/** The page of an organization that is not shown. `name` is undefined if it was removed. */
export function ofOtherOrganization(name: string | undefined): string {
  return name === undefined
    ? 'These details belong to an organization that was removed.'
    : `These details belong to ${name}. Switch to that organization to see them.`;
}

/** Why the key cannot be used: it was saved for another host. */
export function adminKeyForOtherHost(savedFor: string, host: string): string {
  return `The saved admin API key is for ${savedFor}, so it isn't sent to ${host}.`;
}

/** Permissions that a long page omits. */
export function omittedPermissions(permissions: number): string {
  return plural(
    permissions,
    "1 more loaded permission isn't shown on this page.",
    (several) => `${several} more loaded permissions aren't shown on this page.`,
  );
}

/** A permission that the list does not have. */
export function permissionNotListed(loadedAt: number, isComplete: boolean, now: number): string {
  return isComplete
    ? `This permission isn't in the list that was loaded ${moment(loadedAt, now)}. That list is complete.`
    : `This permission isn't in the list that was loaded ${moment(loadedAt, now)}. That list may be incomplete.`;
}

/** A permission that the list has, but a later query for its project does not. */
export function permissionNoLongerListed(at: number, now: number): string {
  return `A later query for this project, loaded ${moment(at, now)}, no longer has this permission.`;
}

/** The checkpoints that a project owns. `checkpoints`: their IDs, as Markdown. */
export function projectOwns(checkpoints: string): string {
  return `It owns ${checkpoints}.`;
}

/**
 * For how many listed checkpoints a project's access is known. `mayOwn`: the number that it was not granted, but may
 * own.
 */
export function projectExtent(unknown: number, listed: number, mayOwn: number): string {
  return sentences(
    permissionsKnown(unknown, listed),
    mayOwn === 0
      ? ''
      : plural(
          mayOwn,
          "It isn't granted access to 1 checkpoint, but may own it, because the owner is unknown.",
          (checkpoints) =>
            `It isn't granted access to ${checkpoints} checkpoints, but may own some of them, because their owners are unknown.`,
        ),
  );
}

function permissionsKnown(unknown: number, listed: number): string {
  if (listed === 0) return 'Your checkpoint list is empty.';
  if (unknown === 0) {
    return plural(
      listed,
      'Its permissions are known for the only checkpoint in your list, as of when it was loaded.',
      (checkpoints) =>
        `Its permissions are known for all ${checkpoints} checkpoints in your list, as of when each was loaded.`,
    );
  }
  return plural(
    listed,
    'Access is unknown for the only checkpoint in your list. Use Load All Permissions… to load it.',
    (checkpoints) =>
      `Access is unknown for ${number(unknown)} of ${checkpoints} checkpoints in your list. Use Load All Permissions… to load the rest.`,
  );
}

/** Failed queries for one project. */
export function failedQueries(checkpoints: number): string {
  return plural(
    checkpoints,
    "Checking this project's access failed for 1 checkpoint.",
    (several) => `Checking this project's access failed for ${several} checkpoints.`,
  );
}

/** Purposes of requests. */
export const requests = {
  list: 'List who has access',
  next: 'List the next page',
  grant: 'Grant access to a project',
  listOfProject: 'List the permissions of this project',
  revoke: 'Revoke this permission',
  project: 'Get the project',
  listOfFinalModel: 'List who has access to the final model',
  listOfStep: (step: number) => `List who has access to step ${step}`,
} as const;

/** A request that cannot be shown, because the ID has characters that no URL can have. */
export function noRequest(purpose: string): string {
  return `${purpose}: this ID can't be part of a request.`;
}
