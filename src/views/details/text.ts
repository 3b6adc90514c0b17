import { parseCheckpointId } from '../../access/ids/checkpointId';
import type { ActiveOrganization } from '../../organizations/currentOrganization';
import { adminKeyForOtherHost, headings, kinds, notes, ofOtherOrganization } from '../../words/details';
import { asMarkdown } from '../markdown/escape';
import { checkpointDetails } from './checkpoint';
import { keyDetails } from './key';
import { modelDetails } from './model';
import { documentOf, failureParts, heading } from './parts';
import { permissionDetails } from './permission';
import { projectDetails } from './project';
import { parseSubject } from './subject';

/**
 * The text of a details document, from the loaded data of the shown organization. Sends no request. The URI of another
 * organization shows nothing of this one, but says whose it is. `labelOf`: the name of an organization by its ID,
 * undefined if it was removed. `now` in milliseconds since 1970.
 */
export function detailsText(
  query: string,
  current: ActiveOrganization,
  now: number,
  labelOf: (organization: string) => string | undefined,
): string {
  const subject = parseSubject(query);
  if (!subject) return documentOf([`# ${headings.noDetails}`, notes.nothingHere]);
  if (current.kind !== 'organization') return documentOf(noOrganization(current, now));
  const { organization } = current;
  if (subject.kind === 'organization') {
    return documentOf(heading(organization.name, kinds.organization, organization, now));
  }
  if (subject.organization !== organization.id) {
    const note = ofOtherOrganization(labelOf(subject.organization));
    return documentOf([`# ${headings.anotherOrganization}`, asMarkdown(note)]);
  }
  if (subject.kind === 'key') return keyDetails(organization, now);
  if (subject.kind === 'project') return projectDetails(organization, subject.project, now);
  if (subject.kind === 'model') return modelDetails(organization, subject.checkpoint, now);
  const checkpoint = parseCheckpointId(subject.checkpoint);
  if (!checkpoint) return documentOf([`# ${headings.noDetails}`, notes.notACheckpoint]);
  return subject.kind === 'checkpoint'
    ? checkpointDetails(organization, checkpoint, now)
    : permissionDetails(organization, checkpoint, subject.permission, now);
}

function noOrganization(
  current: Exclude<ActiveOrganization, { kind: 'organization' }>,
  now: number,
): string[] {
  const head = heading(headings.noOrganization, kinds.organization, undefined, now);
  switch (current.kind) {
    case 'none':
      return [...head, notes.noKey];
    case 'keyGone':
      return [...head, notes.keyGone];
    case 'elsewhere':
      return [...head, asMarkdown(adminKeyForOtherHost(current.savedFor, current.now))];
    case 'problem':
      return [...head, ...failureParts(headings.whatHappened, current.error)];
  }
}
