import type { Position, Range, TextDocument } from 'vscode';
import type { AccessFile, FileCheckpoint, TextRange } from '../../access/accessFile/accessFile';
import { byProject } from '../../access/accessFile/planAccessFile';
import { isCertain } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { sentences } from '../../text/lists';
import { grantLens, liveAsOf } from '../../words/accessFile';
import { accessFileTexts, otherOrganization, ownershipInWords } from '../../words/accessFileEditor';
import { checkpointName, projectWithId } from '../../words/names';
import { dayAt } from './diagnostics';
import { grantFacts, loadedAtOf } from './grantFacts';
import { rangeIn } from './places';

/** What a hover says: paragraphs, which are no Markdown. */
export interface FileHover {
  readonly lines: readonly string[];
  readonly range: Range;
}

/** What is live of the part of a file under the mouse, with its age. Sends no request. IDs of checkpoints have their own. */
export async function hoverAt(
  document: TextDocument,
  file: AccessFile,
  position: Position,
  organization: Organization,
): Promise<FileHover | undefined> {
  const offset = document.offsetAt(position);
  const isAt = (place: TextRange): boolean => offset >= place.offset && offset <= place.offset + place.length;
  const live = organization.identity?.organization;
  const isOther = live !== undefined && live !== file.organization;
  if (isAt(file.places.organization)) {
    const range = rangeIn(document, file.places.organization);
    if (live === undefined) return undefined;
    return {
      range,
      lines: [isOther ? otherOrganization(file.organization, live) : accessFileTexts.inUse],
    };
  }
  const managed = file.checkpoints.find(({ places }) => isAt(places.property));
  if (!managed || isOther) return undefined;
  const now = organization.now();
  const age = liveAsOf(loadedAtOf(organization, managed.id), now);
  if (isAt(managed.places.ownership)) {
    const range = rangeIn(document, managed.places.ownership);
    return { range, lines: [ownershipInWords(managed.ownership, countsOf(organization, managed)), age] };
  }
  const grant = managed.grants.find(({ places }) => isAt(places.grant));
  if (!grant) return undefined;
  const facts = await grantFacts(organization, managed.id, grant, dayAt(now));
  return {
    range: rangeIn(document, grant.places.grant),
    lines: [
      `${projectWithId(organization, grant.project)} · ${checkpointName(managed.id, organization)}`,
      sentences(`${grantLens(facts, now)}.`, age),
      grant.reason ?? accessFileTexts.noReason,
    ],
  };
}

/** How many projects have access, and how many of them the file lists. Undefined while that isn't known. */
function countsOf({ permissions }: Organization, managed: FileCheckpoint) {
  const snapshot = permissions.snapshot(managed.id);
  if (!snapshot.listing || !isCertain(snapshot)) return undefined;
  const live = byProject(snapshot.listing.permissions);
  const listed = managed.grants.filter(({ project }) => live.has(project)).length;
  return { projects: live.size, listed };
}
