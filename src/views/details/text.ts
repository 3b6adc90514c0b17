import { parseCheckpointId } from '../../access/ids/checkpointId';
import type { ActiveOrganization } from '../../organizations/current';
import { asMarkdown } from '../markdown/escape';
import { checkpointDetails } from './checkpoint';
import { modelDetails } from './model';
import { documentOf, failureParts, heading } from './parts';
import { permissionDetails } from './permission';
import { projectDetails } from './project';
import { subjectOf } from './subject';

/**
 * The document at an address, from what is known now of the organization that is shown; asks nobody. An address of
 * another organization tells nothing of this one. `now` in milliseconds since 1970.
 */
export function detailsText(query: string, current: ActiveOrganization, now: number): string {
  const subject = subjectOf(query);
  if (!subject) return documentOf(['# No details', 'There is nothing at this address.']);
  if (current.kind !== 'organization') return documentOf(noOrganization(current, now));
  const { organization } = current;
  if (subject.kind === 'organization') {
    return documentOf(heading(organization.name, 'The organization', organization, now));
  }
  if (subject.organization !== organization.id) {
    return documentOf([
      '# Another organization is shown',
      'These details belong to another organization than the one that is shown now. Show that one, then show them again.',
    ]);
  }
  if (subject.kind === 'project') return projectDetails(organization, subject.project, now);
  if (subject.kind === 'model') return modelDetails(organization, subject.checkpoint, now);
  const checkpoint = parseCheckpointId(subject.checkpoint);
  if (!checkpoint) return documentOf(['# No details', 'This is not the id of a checkpoint.']);
  return subject.kind === 'checkpoint'
    ? checkpointDetails(organization, checkpoint, now)
    : permissionDetails(organization, checkpoint, subject.permission, now);
}

function noOrganization(
  current: Exclude<ActiveOrganization, { kind: 'organization' }>,
  now: number,
): string[] {
  const head = heading('No organization is shown', 'Why nothing is known', undefined, now);
  switch (current.kind) {
    case 'none':
      return [...head, 'No admin API key is set. Set one with *Set Admin Key…*.'];
    case 'elsewhere':
      return [
        ...head,
        `The saved admin API key belongs to ${asMarkdown(current.savedFor)}; it is not sent to ${asMarkdown(current.now)}, which its base URL names now.`,
      ];
    case 'problem':
      return [...head, ...failureParts('What happened', current.error)];
  }
}
