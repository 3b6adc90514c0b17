import type { Permission } from '../../access/api';
import type { CheckpointId } from '../../access/ids/checkpointId';
import { shortName } from '../../access/ids/checkpointId';
import { permissionsOf } from '../../access/loading/listing';
import type { Organization } from '../../access/organization';
import { listOf } from '../../text/lists';
import { toDate } from '../../text/steadyClock';
import * as words from '../../words/details';
import { asCode, asMarkdown } from '../markdown/escape';
import { listRequest, revokeRequest } from './curl';
import {
  curlParts,
  documentOf,
  doubtsOfList,
  factTable,
  failureOfList,
  heading,
  momentMarkdown,
  projectNames,
} from './parts';

const { notes, properties, sources, values } = words;

/** The details of one permission, as a Markdown document. `now` in milliseconds since 1970. */
export function permissionDetails(
  organization: Organization,
  checkpoint: CheckpointId,
  id: string,
  now: number,
): string {
  const { listing } = organization.permissions.snapshot(checkpoint.id);
  const standing = organization.standingOf(checkpoint.id, now);
  const listed = listing?.permissions.find((each) => each.id === id);
  const answered = listed ? undefined : findAnswer(organization, checkpoint.id, id);
  const permission = listed ?? answered?.permission;
  const { projects } = organization;
  const failed = failureOfList(standing);
  const doubts = doubtsOfList(standing, now);
  const name = permission && (projects.nameOf(permission.project_id) ?? permission.project_id);
  const head = heading(name ?? id, words.kinds.permission, organization, now);
  if (!permission) {
    const gone = listing
      ? asMarkdown(words.permissionNotListed(toDate(listing.readAt), standing.isComplete, now))
      : notes.permissionUnknown;
    const fact = factTable([[properties.permission, asCode(id, 200), '']]);
    return documentOf([...head, doubts, fact, gone, ...failed]);
  }
  const source = asMarkdown(
    answered
      ? sources.projectQuery(toDate(answered.at), now)
      : sources.permissionList(listing ? toDate(listing.readAt) : now, now),
  );
  const project = projects.get(permission.project_id);
  const ofProject = project ? sources.projectList : '';
  const ofProjectPermissions = answered
    ? answered.all
    : listing
      ? permissionsOf(listing, permission.project_id)
      : [];
  const others = ofProjectPermissions.filter((each) => each.id !== id);
  return documentOf([
    ...head,
    answered ? '' : doubts,
    listing && listed ? goneSince(organization, checkpoint.id, listed, listing.readAt, now) : '',
    factTable([
      [properties.project, project?.name ? asMarkdown(project.name) : values.unknown, ofProject],
      [properties.projectId, asCode(permission.project_id, 200), source],
      [properties.projectStatus, project?.status ? asMarkdown(project.status) : values.unknown, ofProject],
      [
        properties.checkpoint,
        `${asMarkdown(shortName(checkpoint))} (${asCode(checkpoint.id)})`,
        sources.page,
      ],
      [properties.permission, asCode(id, 200), source],
      [properties.granted, momentMarkdown(permission.created_at * 1000, now), source],
      [properties.grantedBy, values.grantedBy, ''],
      others.length > 0
        ? [properties.otherPermissions, listOf(others.map((each) => asCode(each.id, 100))), source]
        : undefined,
    ]),
    projectNames(organization, now),
    ...failed,
    ...curlParts(organization, [
      [words.requests.listOfProject, listRequest(checkpoint.id, { project_id: permission.project_id })],
      [words.requests.revoke, revokeRequest(checkpoint.id, id)],
    ]),
  ]);
}

/** Finds a permission that only the answer to a query for its project has. */
function findAnswer({ permissions }: Organization, checkpoint: string, id: string) {
  const { listing } = permissions.snapshot(checkpoint);
  for (const answer of permissions.answers.about(checkpoint).values()) {
    if ('failure' in answer) continue;
    const { permissions: all, at } = answer;
    const permission = all.find((each) => each.id === id);
    // A newer complete list would have it.
    const isOlder = listing?.ending.kind === 'complete' && listing.readAt > at;
    if (permission && !isOlder) return { permission, all, at };
  }
  return undefined;
}

/** A note when a query for the project, made after the list was loaded, lacks the permission; else empty. */
function goneSince(
  { permissions }: Organization,
  checkpoint: string,
  { id, project_id }: Permission,
  readAt: number,
  now: number,
): string {
  const answer = permissions.answers.get(checkpoint, project_id);
  if (!answer || 'failure' in answer || answer.at < readAt) return '';
  if (answer.permissions.some((each) => each.id === id)) return '';
  return `> ${asMarkdown(words.permissionNoLongerListed(toDate(answer.at), now))}`;
}
