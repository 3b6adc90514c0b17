import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import { type CheckpointId, shortName } from '../../access/ids/checkpointId';
import type { Listing } from '../../access/loading/listing';
import { pageSize } from '../../access/loading/permissionStore';
import type { Organization } from '../../access/organization';
import { metadata } from '../../text/lists';
import { toDate } from '../../text/steadyClock';
import { accessNotes } from '../../words/access';
import * as words from '../../words/details';
import { findingInWords, whereFound } from '../../words/discovery';
import { shutdownInWords, shutdownSource } from '../../words/shutdown';
import { doubtsInWords } from '../../words/standing';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { summarizeAccess } from '../summary/access';
import { grantRequest, listRequest } from './curl';
import {
  curlParts,
  type DetailsFact,
  documentOf,
  factTable,
  failureOfList,
  heading,
  momentMarkdown,
  projectMarkdown,
  projectNames,
} from './parts';

const { headings, notes, properties, sources, values } = words;

/** Most permissions that a page lists: a longer page is slow to show and unreadable. */
const maxRows = 1000;

/** The details of a checkpoint, as a Markdown document. `now` in milliseconds since 1970. */
export function checkpointDetails(organization: Organization, checkpoint: CheckpointId, now: number): string {
  const { id, step } = checkpoint;
  const entry = organization.catalog.entry(id);
  const { listing } = organization.permissions.snapshot(id);
  const kind = step === undefined ? words.kinds.finalModel : words.kinds.checkpoint;
  return documentOf([
    ...heading(shortName(checkpoint), kind, organization, now),
    ...accessParts(organization, id, listing, now),
    ...failureOfList(organization.standingOf(id)),
    `## ${headings.checkpoint}`,
    factTable([...partsOfId(checkpoint), ...entryFacts(organization, checkpoint, entry, now)]),
    ...foundParts(entry, now),
    ...requestParts(organization, id, listing),
  ]);
}

function partsOfId({ id, baseModel, organization, suffix, step }: CheckpointId): DetailsFact[] {
  return [
    [properties.id, asCode(id), ''],
    [properties.baseModel, asCode(baseModel), sources.id],
    [properties.organization, asCode(organization), sources.id],
    [properties.suffix, suffix ? asCode(suffix) : values.noSuffix, sources.id],
    [properties.step, step === undefined ? values.finalModel : String(step), sources.id],
  ];
}

function entryFacts(
  organization: Organization,
  { id }: CheckpointId,
  entry: CatalogEntry | undefined,
  now: number,
): (DetailsFact | undefined)[] {
  const end = organization.endOf(id);
  const ownership = organization.ownershipOf(id);
  return [
    end
      ? [properties.shutdown, asMarkdown(shutdownInWords(end, now)), asMarkdown(shutdownSource(end))]
      : [properties.shutdown, values.unknown, ''],
    entry?.createdAt === undefined
      ? undefined
      : [properties.created, momentMarkdown(entry.createdAt * 1000, now), sources.job],
    ownership
      ? [
          properties.owner,
          projectMarkdown(organization, ownership.project),
          ownership.source === 'job' ? sources.job : asMarkdown(sources.refusal(ownership.reportedAt, now)),
        ]
      : [properties.owner, values.unknownOwner, ''],
    ...Object.entries(entry?.metrics ?? {}).map(
      ([name, value]): DetailsFact => [asMarkdown(name, 60), String(value), sources.job],
    ),
    [properties.inList, organization.catalog.has(id) ? values.yes : values.no, sources.yourList],
  ];
}

function foundParts(entry: CatalogEntry | undefined, now: number): string[] {
  if (!entry) return [];
  const rows = entry.findings.map((finding) => [
    asMarkdown(whereFound(finding)),
    words.day(finding.at, now),
    asMarkdown(findingInWords(finding)),
  ]);
  return [`## ${headings.found}`, rows.length > 0 ? table(words.columns.found, rows) : notes.unknownOrigin];
}

function accessParts(
  organization: Organization,
  id: string,
  listing: Listing | undefined,
  now: number,
): string[] {
  const { standing, summary } = summarizeAccess(organization, id, now);
  const doubts = doubtsInWords(standing, now).map((doubt) => asMarkdown(doubt));
  const rows = (listing?.permissions ?? [])
    .slice(0, maxRows)
    .map((permission) => [
      projectMarkdown(organization, permission.project_id),
      asCode(permission.id, 100),
      words.day(permission.created_at * 1000, now),
    ]);
  const hidden = (listing?.permissions.length ?? 0) - rows.length;
  return [
    `## ${headings.access}`,
    metadata(`**${asMarkdown(summary)}**`, ...doubts),
    listing ? asMarkdown(words.loadedOn(toDate(listing.readAt), now)) : '',
    ...accessNotes(standing).map((note) => `> ${asMarkdown(note)}`),
    notes.owner,
    table(words.columns.access, rows),
    hidden > 0 ? words.omittedPermissions(hidden) : '',
    rows.length > 0 ? projectNames(organization, now) : '',
  ];
}

function requestParts(organization: Organization, id: string, listing: Listing | undefined): string[] {
  const query = { limit: pageSize, order: 'descending' };
  const after = listing?.ending.kind === 'more' ? listing.ending.after : undefined;
  const { list, next, grant } = words.requests;
  return curlParts(organization, [
    [list, listRequest(id, query)],
    ...(after === undefined ? [] : ([[next, listRequest(id, { ...query, after })]] as const)),
    [grant, grantRequest(id)],
  ]);
}
