import { type ProjectGrant, projectList } from '../../access/catalog/byProject';
import type { Organization } from '../../access/organization';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { counted } from '../summary/access';
import { curlParts, documentOf, type Fact, facts, heading, when } from './parts';
import { projectNames } from './projectNames';

/** How many permissions the page lists, as that of a checkpoint. */
const mostRows = 1000;

/** All that is known of a project: itself, and what of the list it can use. `now` in milliseconds since 1970. */
export function projectDetails(organization: Organization, id: string, now: number): string {
  const { projects, catalog, permissions } = organization;
  const { grants, notKnown } = projectList(catalog, permissions, id, now);
  const rows = grants.slice(0, mostRows).map((grant) => rowOf(organization, grant, now));
  const left = grants.length - rows.length;
  const known = `Of ${counted(catalog.size, 'checkpoint')} in the list`;
  return documentOf([
    ...heading(projects.nameOf(id) ?? id, 'Project', organization, now),
    facts(factsOf(organization, id, now)),
    ...projectNames(projects.snapshot, now),
    '## What it can use',
    notKnown > 0
      ? `**${known}, it is not known of ${notKnown} whether the project can use ${notKnown === 1 ? 'it' : 'them'}.** *Complete By Project…* reads that.`
      : `${known}, it is known of all, each as of when it was read.`,
    ...failedParts(organization, id),
    grants.length > 0 ? undefined : 'No permission of this project is known.',
    table(['Checkpoint', 'Id', 'Permission', 'Granted', 'Known from'], rows),
    left > 0
      ? `${counted(left, 'further permission')} that are known are not shown on this page.`
      : undefined,
    'What a project owns it can always use; no permission tells of that.',
    projects.isArchived(id)
      ? 'The project is archived, so what it was granted may have no effect.'
      : undefined,
    ...curlParts(organization, [
      ['Read the project', { method: 'GET', segments: ['organization', 'projects', id] }],
    ]),
  ]);
}

function factsOf({ projects }: Organization, id: string, now: number): (Fact | undefined)[] {
  const project = projects.get(id);
  const directory = "the organization's projects";
  return [
    ['Project id', asCode(id, 200), ''],
    ['Name', project?.name ? asMarkdown(project.name) : 'not known', project ? directory : ''],
    ['State', project?.status ? asMarkdown(project.status) : 'not known', project ? directory : ''],
    project?.created_at ? ['Made', when(project.created_at * 1000, now), directory] : undefined,
    project?.archived_at ? ['Archived', when(project.archived_at * 1000, now), directory] : undefined,
  ];
}

function rowOf({ permissions }: Organization, { facts, permission }: ProjectGrant, now: number): string[] {
  const { listing, beforeChange, outdated, failure } = facts.snapshot;
  const answer = permissions.answers.get(facts.checkpoint.id, permission.project_id);
  const answeredAt = answer && !('failure' in answer) ? answer.at : undefined;
  const isListed = listing?.permissions.includes(permission) ?? false;
  const doubt = beforeChange
    ? ', before your last change'
    : failure?.during === 'read'
      ? ', and could not be read again'
      : outdated
        ? ', before your refresh'
        : '';
  return [
    asMarkdown(facts.name, 100),
    asCode(facts.checkpoint.id),
    asCode(permission.id, 100),
    when(permission.created_at * 1000, now),
    isListed && listing
      ? `its list, asked ${when(listing.readAt, now)}${doubt}`
      : `a question about this project, asked ${when(answeredAt ?? now, now)}`,
  ];
}

/** Where the server was asked about this project and did not say. */
function failedParts({ catalog, permissions }: Organization, project: string): string[] {
  const failed = catalog.ids.filter((id) => {
    const answer = permissions.answers.get(id, project);
    return answer && 'failure' in answer;
  });
  return failed.length === 0
    ? []
    : [`Asked about it for ${counted(failed.length, 'checkpoint')}, the server did not say.`];
}
