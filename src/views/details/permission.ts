import type { Permission } from '../../access/api';
import type { CheckpointId } from '../../access/ids/checkpointId';
import { shortName } from '../../access/ids/checkpointId';
import { permissionsOf } from '../../access/loading/listing';
import type { Organization } from '../../access/organization';
import { asCode, asMarkdown } from '../markdown/escape';
import { curlParts, documentOf, facts, failureParts, heading, when } from './parts';
import { projectNames } from './projectNames';

/** All that is known of one permission, as a Markdown document. `now` in milliseconds since 1970. */
export function permissionDetails(
  organization: Organization,
  checkpoint: CheckpointId,
  id: string,
  now: number,
): string {
  const { listing, failure, beforeChange, outdated } = organization.permissions.snapshot(checkpoint.id);
  const listed = listing?.permissions.find((each) => each.id === id);
  const answered = listed ? undefined : answerWith(organization, checkpoint.id, id);
  const permission = listed ?? answered?.permission;
  const { projects } = organization;
  const failed = failure ? failureParts('Reading failed since', failure.error) : [];
  const doubt = beforeChange
    ? '> This is from before your last change, and has not been read back.'
    : outdated
      ? '> This is from before your refresh, and has not been read again.'
      : undefined;
  const name = permission && (projects.nameOf(permission.project_id) ?? permission.project_id);
  const head = heading(name ?? id, 'Permission of a project to use a checkpoint', organization, now);
  if (!permission) {
    const gone = listing
      ? `It is not among the permissions that were read ${when(listing.readAt, now)}${listing.ending.kind === 'complete' ? ', which are all' : '; there may be more'}.`
      : 'The permissions of its checkpoint are not read now, so nothing is known of it.';
    return documentOf([...head, doubt, facts([['Permission', asCode(id, 200), '']]), gone, ...failed]);
  }
  const list = answered
    ? `what the server said of this project alone, asked ${when(answered.at, now)}`
    : `the list of permissions, asked ${when(listing?.readAt ?? now, now)}`;
  const project = projects.get(permission.project_id);
  const known = answered ? answered.all : listing ? permissionsOf(listing, permission.project_id) : [];
  const others = known.filter((each) => each.id !== id);
  const directory = "the organization's projects";
  const segments = ['fine_tuning', 'checkpoints', checkpoint.id, 'permissions'];
  return documentOf([
    ...head,
    answered ? undefined : doubt,
    ...(listing && listed ? goneSince(organization, checkpoint.id, listed, listing.readAt, now) : []),
    facts([
      ['Project', project?.name ? asMarkdown(project.name) : 'name not known', project ? directory : ''],
      ['Project id', asCode(permission.project_id, 200), list],
      [
        'State of the project',
        project?.status ? asMarkdown(project.status) : 'not known',
        project ? directory : '',
      ],
      ['Checkpoint', `${asMarkdown(shortName(checkpoint))} (${asCode(checkpoint.id)})`, 'what was asked for'],
      ['Permission', asCode(id, 200), list],
      ['Granted', when(permission.created_at * 1000, now), list],
      ['Granted by', 'not known: the list of permissions does not tell', ''],
      others.length > 0
        ? ['Also has', others.map((each) => asCode(each.id, 100)).join(', '), list]
        : undefined,
    ]),
    ...projectNames(projects.snapshot, now),
    ...failed,
    ...curlParts(organization, [
      [
        "List this project's permissions",
        { method: 'GET', segments, query: { project_id: permission.project_id } },
      ],
      ['Revoke it', { method: 'DELETE', segments: [...segments, id] }],
    ]),
  ]);
}

/** A permission that no list has, but an answer about its project alone. */
function answerWith({ permissions }: Organization, checkpoint: string, id: string) {
  const { listing } = permissions.snapshot(checkpoint);
  for (const answer of permissions.answers.about(checkpoint).values()) {
    if ('failure' in answer) continue;
    const { permissions: all, at } = answer;
    const permission = all.find((each) => each.id === id);
    // A whole list that is newer would have it.
    const isOlder = listing?.ending.kind === 'complete' && listing.readAt > at;
    if (permission && !isOlder) return { permission, all, at };
  }
  return undefined;
}

/** Said when the server was asked about the project alone after the list was read, and did not name the permission. */
function goneSince(
  { permissions }: Organization,
  checkpoint: string,
  { id, project_id }: Permission,
  readAt: number,
  now: number,
): string[] {
  const answer = permissions.answers.get(checkpoint, project_id);
  if (!answer || 'failure' in answer || answer.at < readAt) return [];
  if (answer.permissions.some((each) => each.id === id)) return [];
  return [`> Asked about this project alone ${when(answer.at, now)}, the server did not name it any more.`];
}
