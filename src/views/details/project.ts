import { type ProjectGrant, projectAccess } from '../../access/catalog/accessByProject';
import type { Organization } from '../../access/organization';
import { listOf, metadata } from '../../text/lists';
import { toDate } from '../../text/steadyClock';
import * as words from '../../words/details';
import { doubtsInWords } from '../../words/standing';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { projectRequest } from './curl';
import {
  curlParts,
  type DetailsFact,
  documentOf,
  factTable,
  heading,
  momentMarkdown,
  projectNames,
} from './parts';

const { notes, properties, sources, values } = words;

/** Most permissions that the page lists, as on the page of a checkpoint. */
const maxRows = 1000;

/** The details of a project, with the listed checkpoints it can use. `now` in milliseconds since 1970. */
export function projectDetails(organization: Organization, id: string, now: number): string {
  const { projects, catalog } = organization;
  const { grants, notKnown, owns, mayOwn } = projectAccess(organization, id, now);
  const rows = grants.slice(0, maxRows).map((grant) => grantRow(organization, grant, now));
  const hidden = grants.length - rows.length;
  return documentOf([
    ...heading(projects.nameOf(id) ?? id, words.kinds.project, organization, now),
    factTable(factsOf(organization, id, now)),
    projectNames(organization, now),
    `## ${words.headings.canUse}`,
    words.projectExtent(notKnown, catalog.size, mayOwn),
    owns.length > 0 ? words.projectOwns(listOf(owns.slice(0, maxRows).map((each) => asCode(each)))) : '',
    failedQueries(organization, id),
    grants.length > 0 ? '' : notes.noGrants,
    table(words.columns.grants, rows),
    hidden > 0 ? words.omittedPermissions(hidden) : '',
    notes.owned,
    projects.isArchived(id) ? notes.archived : '',
    ...curlParts(organization, [[words.requests.project, projectRequest(id)]]),
  ]);
}

function factsOf({ projects }: Organization, id: string, now: number): (DetailsFact | undefined)[] {
  const project = projects.get(id);
  const source = project ? sources.projectList : '';
  const moment = (name: string, seconds: number | null | undefined): DetailsFact | undefined =>
    seconds ? [name, momentMarkdown(seconds * 1000, now), source] : undefined;
  return [
    [properties.projectId, asCode(id, 200), ''],
    [properties.name, project?.name ? asMarkdown(project.name) : values.unknown, source],
    [properties.status, project?.status ? asMarkdown(project.status) : values.unknown, source],
    moment(properties.created, project?.created_at),
    moment(properties.archived, project?.archived_at),
  ];
}

function grantRow(
  organization: Organization,
  { facts: of, permission }: ProjectGrant,
  now: number,
): string[] {
  const { id } = of.checkpoint;
  const { listing } = of.snapshot;
  const answer = organization.permissions.answers.get(id, permission.project_id);
  const answeredAt = answer && !('failure' in answer) ? answer.at : undefined;
  const isListed = listing?.permissions.includes(permission) ?? false;
  const source =
    isListed && listing
      ? metadata(
          sources.permissionList(toDate(listing.readAt), now),
          ...doubtsInWords(organization.standingOf(id, now), now),
        )
      : sources.projectQuery(answeredAt === undefined ? now : toDate(answeredAt), now);
  return [
    asMarkdown(of.name, 100),
    asCode(id),
    asCode(permission.id, 100),
    momentMarkdown(permission.created_at * 1000, now),
    asMarkdown(source),
  ];
}

/** A note on checkpoints whose query for this project failed; empty without failures. */
function failedQueries({ catalog, permissions }: Organization, project: string): string {
  const failed = catalog.ids.filter((id) => {
    const answer = permissions.answers.get(id, project);
    return answer && 'failure' in answer;
  });
  return failed.length === 0 ? '' : words.failedQueries(failed.length);
}
