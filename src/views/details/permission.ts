import type { CheckpointId } from '../../access/checkpointId';
import { shortName } from '../../access/checkpointId';
import { permissionsOf } from '../../access/listing';
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
  const { listing, failure, beforeChange } = organization.permissions.snapshot(checkpoint.id);
  const permission = listing?.permissions.find((each) => each.id === id);
  const { projects } = organization;
  const name = permission && (projects.nameOf(permission.project_id) ?? permission.project_id);
  const head = heading(name ?? id, 'Permission of a project to use a checkpoint', organization, now);
  if (!listing || !permission) {
    const gone = listing
      ? `It is not among the permissions that were read ${when(listing.readAt, now)}${listing.ending.kind === 'complete' ? ', which are all' : '; there may be more'}.`
      : 'The permissions of its checkpoint are not read now, so nothing is known of it.';
    return documentOf([...head, facts([['Permission', asCode(id, 200), '']]), gone]);
  }
  const list = `the list of permissions, asked ${when(listing.readAt, now)}`;
  const project = projects.get(permission.project_id);
  const others = permissionsOf(listing, permission.project_id).filter((each) => each.id !== id);
  const directory = "the organization's projects";
  const segments = ['fine_tuning', 'checkpoints', checkpoint.id, 'permissions'];
  return documentOf([
    ...head,
    beforeChange ? '> This is from before your last change, and has not been read back.' : undefined,
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
    ...(failure ? failureParts('Reading failed since', failure.error) : []),
    ...curlParts(organization, [
      [
        "List this project's permissions",
        { method: 'GET', segments, query: { project_id: permission.project_id } },
      ],
      ['Revoke it', { method: 'DELETE', segments: [...segments, id] }],
    ]),
  ]);
}
