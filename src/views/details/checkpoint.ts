import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import { type CheckpointId, shortName } from '../../access/ids/checkpointId';
import type { Listing } from '../../access/loading/listing';
import { pageSize } from '../../access/loading/permissionStore';
import type { Organization } from '../../access/organization';
import { findingInWords, whereFound } from '../../words/findings';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { knownEnd } from '../shared/retirementWords';
import { counted, knownAccess } from '../summary/access';
import {
  curlParts,
  documentOf,
  type Fact,
  facts,
  failureParts,
  heading,
  onDay,
  project,
  when,
} from './parts';
import { projectNames } from './projectNames';

/** How many permissions a document lists; a longer page would be slow to show, and nobody reads it. */
const mostRows = 1000;

/** All that is known of a checkpoint, as a Markdown document. `now` in milliseconds since 1970. */
export function checkpointDetails(organization: Organization, checkpoint: CheckpointId, now: number): string {
  const { id, step } = checkpoint;
  const entry = organization.catalog.entry(id);
  const { listing, failure } = organization.permissions.snapshot(id);
  const what =
    step === undefined ? 'Final checkpoint of a fine-tuned model' : 'Checkpoint of a fine-tuned model';
  const during = failure?.during === 'readMore' ? 'Reading on failed' : 'Reading failed';
  return documentOf([
    ...heading(shortName(checkpoint), what, organization, now),
    ...accessParts(organization, id, listing, now),
    ...(failure ? failureParts(during, failure.error) : []),
    '## The checkpoint',
    facts([...partsOfId(checkpoint), ...entryFacts(organization, checkpoint, entry, now)]),
    ...foundParts(entry, now),
    ...requests(organization, id, listing),
  ]);
}

function partsOfId({ id, baseModel, organization, suffix, step }: CheckpointId): Fact[] {
  return [
    ['Id', asCode(id), ''],
    ['Base model', asCode(baseModel), 'the id'],
    ['Organization', asCode(organization), 'the id'],
    ['Suffix', suffix ? asCode(suffix) : 'none', 'the id'],
    ['Training step', step === undefined ? 'none: the final model' : String(step), 'the id'],
  ];
}

function entryFacts(
  organization: Organization,
  { id, baseModel }: CheckpointId,
  entry: CatalogEntry | undefined,
  now: number,
): (Fact | undefined)[] {
  const end = knownEnd(baseModel, entry?.shutdownDate, now);
  const told = organization.owners.told(id);
  const job = 'its fine-tuning job';
  return [
    end ? ['End', end.when, asMarkdown(end.source)] : ['End', 'not known', ''],
    entry?.createdAt === undefined ? undefined : ['Made', when(entry.createdAt * 1000, now), job],
    told
      ? ['Owned by', project(organization, told.project), `the server, ${when(told.at, now)}`]
      : entry?.owner
        ? ['Owned by', project(organization, entry.owner), job]
        : undefined,
    ...Object.entries(entry?.metrics ?? {}).map(
      ([name, value]): Fact => [asMarkdown(name, 60), String(value), job],
    ),
    ['In the list', organization.catalog.has(id) ? 'yes' : 'no', 'your list'],
  ];
}

function foundParts(entry: CatalogEntry | undefined, now: number): string[] {
  if (!entry) return [];
  const rows = entry.findings.map((finding) => [
    asMarkdown(whereFound(finding)),
    onDay(finding.at, now),
    asMarkdown(findingInWords(finding)),
  ]);
  const none = 'It is not known from where it came into the list.';
  return ['## Where it was found', rows.length > 0 ? table(['Where', 'When', 'What'], rows) : none];
}

function accessParts(
  organization: Organization,
  id: string,
  listing: Listing | undefined,
  now: number,
): string[] {
  const known = knownAccess(organization, id, now);
  const source = listing ? `Listed by the server, asked ${when(listing.readAt, now)}.` : '';
  const rows = (listing?.permissions ?? [])
    .slice(0, mostRows)
    .map((permission) => [
      project(organization, permission.project_id),
      asCode(permission.id, 100),
      onDay(permission.created_at * 1000, now),
    ]);
  const left = (listing?.permissions.length ?? 0) - rows.length;
  return [
    '## Who has access',
    `**${asMarkdown(known.summary)}.** ${source}`.trim(),
    ...(known.notes.length > 0 ? [known.notes.map((note) => `> ${asMarkdown(note)}`).join('\n>\n')] : []),
    'The project that owns the model can always use it and is not listed.',
    table(['Project', 'Permission', 'Granted'], rows),
    ...(left > 0
      ? [`${counted(left, 'further permission')} that were read are not shown on this page.`]
      : []),
    ...(rows.length > 0 ? projectNames(organization.projects.snapshot, now) : []),
  ];
}

function requests(organization: Organization, id: string, listing: Listing | undefined): string[] {
  const segments = ['fine_tuning', 'checkpoints', id, 'permissions'];
  const query = { limit: pageSize, order: 'descending' };
  const after = listing?.ending.kind === 'more' ? listing.ending.after : undefined;
  return curlParts(organization, [
    ['List who has access', { method: 'GET', segments, query }],
    ...(after === undefined
      ? []
      : ([['List what follows', { method: 'GET', segments, query: { ...query, after } }]] as const)),
    ['Grant a project access', { method: 'POST', segments, body: { project_ids: ['proj_...'] } }],
  ]);
}
