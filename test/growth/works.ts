import { groupByProject } from '../../src/access/catalog/accessByProject';
import { checkpointFactsIn } from '../../src/access/catalog/checkpointFacts';
import { matchesFilter } from '../../src/access/catalog/matchesFilter';
import { linesOf, shutdownPlaces } from '../../src/access/catalog/shutdownPlaces';
import { ignoreRules, isIgnored } from '../../src/access/discovery/ignoreRules';
import { type OpenFolder, workspaceSource } from '../../src/access/discovery/workspace';
import { evidenceOf } from '../../src/access/evidence/checkpointEvidence';
import { formatTable } from '../../src/access/evidence/export/formatTable';
import { matrixData } from '../../src/access/evidence/export/matrixData';
import { permissionsData } from '../../src/access/evidence/export/permissionsData';
import type { Format } from '../../src/access/evidence/export/table';
import type { Change } from '../../src/access/evidence/history/change';
import { mergeChanges } from '../../src/access/evidence/history/merge';
import { Origins } from '../../src/access/evidence/history/origins';
import { findingRows } from '../../src/access/evidence/review/findingRows';
import { reviewOf } from '../../src/access/evidence/review/review';
import { scannedIds } from '../../src/access/ids/scannedIds';
import { emptyListing, type Listing } from '../../src/access/loading/listing';
import { Matrix } from '../../src/access/matrix/matrix';
import { stageCells } from '../../src/access/matrix/staging';
import type { Organization } from '../../src/access/organization';
import { checkNow } from '../../src/access/plan/checkNow';
import { costOf } from '../../src/access/plan/cost';
import { checkPlan } from '../../src/access/plan/obstacles';
import { planGrants, planRevokes } from '../../src/access/plan/plan';
import { verify } from '../../src/access/plan/verify';
import { atOnce } from '../../src/access/slices';
import { mostStaged } from '../../src/access/thresholds';
import type { AuditLog } from '../../src/openai';
import { presentable } from '../../src/text/redact';
import { matrixTable } from '../../src/words/exports/matrixTable';
import { permissionsTable } from '../../src/words/exports/permissionsTable';
import type { Prepare } from './measure';
import { checkpointId, loadedOrganization, now, projectId } from './organization';

/** Work whose time may grow no faster than its size. */
export interface Work {
  readonly title: string;
  /** What the size counts. */
  readonly of: string;
  /** The size to begin with. */
  readonly from: number;
  readonly prepare: Prepare;
}

/** Work on an organization of the given number of projects. */
function inOrganization(
  title: string,
  work: (organization: Organization) => unknown,
  { checkpoints = 10, from = 500, oneIn = 2 } = {},
): Work {
  return {
    title,
    of: 'projects',
    from,
    prepare: async (projects) => {
      const organization = await loadedOrganization({ projects, checkpoints, oneIn });
      return () => work(organization);
    },
  };
}

function exportedPermissions(format: Format): Work {
  return inOrganization(`Export the permissions as ${format}`, (organization) => {
    const scope = { checkpoints: organization.catalog.ids };
    const table = permissionsTable(atOnce(permissionsData(organization, scope, now)));
    for (const _ of atOnce(formatTable(table, format)).pieces);
  });
}

function exported(format: Format): Work {
  return inOrganization(`Export the matrix as ${format}`, (organization) => {
    for (const _ of atOnce(formatTable(matrixTable(atOnce(matrixData(organization, now))), format)).pieces);
  });
}

function filtered(title: string, filter: Parameters<typeof matchesFilter>[0]): Work {
  return inOrganization(
    title,
    (organization) => {
      const { catalog, permissions } = organization;
      for (let keystroke = 0; keystroke < 500; keystroke += 1)
        checkpointFactsIn(catalog, permissions, now).filter(matchesFilter(filter, organization, now));
    },
    { checkpoints: 2 },
  );
}

/** The permissions of the first checkpoint. */
function firstListing({ catalog, permissions }: Organization): Listing {
  return permissions.snapshot(catalog.ids[0] ?? '').listing ?? emptyListing(now);
}

function planFor(organization: Organization) {
  const checkpoint = checkpointId(0);
  return planRevokes(
    firstListing(organization).permissions.map((permission) => ({ checkpoint, permission })),
  );
}

const oneList = { checkpoints: 1, from: 2000, oneIn: 1 };

/** Files of a workspace that all have the same ID, in folders of a hundred. */
function workspaceOf(files: number): OpenFolder {
  const text = Buffer.from(`${checkpointId(1)}\n${'some text '.repeat(40)}`);
  const rules = Buffer.from('*.log\n**/cache/**\n!keep*\nbuild/*.tmp\n');
  return {
    name: 'root',
    list: async (path) =>
      path === ''
        ? [
            { name: '.gitignore', kind: 'file' },
            ...Array.from({ length: files / 100 }, (_, at) => ({ name: `f${at}`, kind: 'folder' as const })),
          ]
        : Array.from({ length: 100 }, (_, at) => ({ name: `${at}.ts`, kind: 'file' as const })),
    size: async () => text.length,
    read: async (path) => (path === '.gitignore' ? rules : text),
  };
}

export const works: readonly Work[] = [
  exported('csv'),
  exportedPermissions('csv'),
  exported('json'),
  exported('markdown'),
  inOrganization(
    'Group by project',
    async (organization) => {
      for (let time = 0; time < 40; time += 1) await groupByProject(organization, now);
    },
    { checkpoints: 4 },
  ),
  inOrganization(
    'Search the projects',
    async (organization) => {
      for (let keystroke = 0; keystroke < 40; keystroke += 1)
        await groupByProject(organization, now, 'pro ject 1');
    },
    { checkpoints: 4 },
  ),
  inOrganization('Review access', (organization) => {
    const review = atOnce(reviewOf(organization, { notLoaded: true, requests: 3 }, now));
    return atOnce(findingRows(review, { acceptanceOf: () => undefined }));
  }),
  inOrganization('Evidence beside the permissions', (organization) => {
    for (const id of organization.catalog.ids) atOnce(evidenceOf(organization, id, new Map(), now));
  }),
  filtered('Filter by text', { text: 'fleet' }),
  filtered('Filter by project', { project: projectId(1) }),
  {
    title: 'Stage cells of the matrix',
    of: 'cells',
    from: mostStaged / 16,
    prepare: async (cells) => {
      const organization = await loadedOrganization({ projects: 1000, checkpoints: 1, oneIn: 1000 });
      const matrix = new Matrix(organization, () => now);
      const projects = Array.from({ length: mostStaged }, (_, index) => projectId(index));
      const [checkpoint = ''] = organization.catalog.ids;
      return () => {
        for (let staged = 0; staged < cells; staged += mostStaged) {
          organization.staged.clear();
          const some = projects.slice(0, Math.min(mostStaged, cells - staged));
          atOnce(stageCells(matrix, organization, { checkpoints: [checkpoint], projects: some }, 'grant'));
        }
      };
    },
  },
  inOrganization(
    'Check a plan of revokes, and count its cost',
    (organization) => {
      const { catalog, projects, missingScopes } = organization;
      const context = {
        ownerOf: (checkpoint: string) => organization.ownerOf(checkpoint),
        endOf: (checkpoint: string) => organization.endOf(checkpoint),
        missingScopes,
        ineffectiveBy: () => ({ why: [] }),
        projects,
        now,
      };
      const plan = planFor(organization);
      for (let time = 0; time < 20; time += 1) costOf(checkPlan(plan, context).plan, () => catalog.size);
    },
    oneList,
  ),
  inOrganization('Check a plan of grants, and whether they have an effect', (organization) => {
    const projects = Array.from({ length: 2000 }, (_, index) => projectId(index)).filter((id) =>
      organization.projects.get(id),
    );
    const plan = planGrants(organization.catalog.ids, projects);
    for (let time = 0; time < 5; time += 1) checkNow(organization, plan);
  }),
  {
    title: 'Make a plan of staged revokes',
    of: 'projects',
    from: 2000,
    prepare: async (projects) => {
      const organization = await loadedOrganization({ projects, checkpoints: 1, oneIn: 1 });
      const checkpoint = checkpointId(0);
      const changes = firstListing(organization).permissions.map(({ project_id: project }) => ({
        checkpoint,
        project,
        action: 'revoke' as const,
      }));
      return () => atOnce(organization.staged.toPlan((id) => organization.permissions.snapshot(id), changes));
    },
  },
  inOrganization(
    'Verify a plan of revokes',
    (organization) => {
      const { steps } = planFor(organization);
      const sent = { answer: { kind: 'accepted' as const }, known: { ids: [], isAll: true } };
      const answers = new Map(steps.map((step) => [step, sent]));
      return verify(steps, answers, firstListing(organization), organization.permissions);
    },
    oneList,
  ),
  {
    title: 'Merge the audit log with the changes of this computer',
    of: 'events',
    from: 2000,
    prepare: (events) => {
      const [logged, own] = [eventsOf(events), ownChangesOf(events)];
      return () => atOnce(mergeChanges(logged, own, new Origins()));
    },
  },
  {
    title: 'Search files of a workspace, with ignore rules',
    of: 'files',
    from: 200,
    prepare: (files) => {
      const source = workspaceSource([workspaceOf(files)], (text) => scannedIds(text).map(({ id }) => id), {
        mostFiles: files,
      });
      const signal = new AbortController().signal;
      const search = { signal, now, progress: () => undefined, onWait: () => undefined };
      return () => source.find(() => undefined, search);
    },
  },
  {
    title: 'Match hostile ignore rules',
    of: 'paths',
    from: 100,
    prepare: (paths) => {
      const rules = [ignoreRules('', ['**/*a/**/*a/b', '*a*a*a*b', '**/a/**/a/c'])];
      const all = Array.from({ length: paths }, (_, index) => `${'a/'.repeat(20)}${index}`);
      return () => {
        for (const path of all) isIgnored(path, 'file', rules);
      };
    },
  },
];

/** Work on texts. Unit tests of the patterns have more of these. */
export const textWorks: readonly Work[] = [
  {
    title: 'Find IDs in a text',
    of: 'characters',
    from: 50_000,
    prepare: (characters) => {
      const text = `ft:${'a:'.repeat(30)}${checkpointId(1)} `;
      const long = text.repeat(Math.ceil(characters / text.length));
      return () => scannedIds(long);
    },
  },
  {
    title: 'Find models that shut down in a file',
    of: 'characters',
    from: 50_000,
    prepare: (characters) => {
      const line = `ft:${'a:'.repeat(30)}${checkpointId(1)} davinci:ft-acme\n`;
      const lines = linesOf(line.repeat(Math.ceil(characters / line.length)));
      return () => atOnce(shutdownPlaces(lines, () => undefined, 0));
    },
  },
  {
    title: 'Find models that shut down in a single line',
    of: 'characters',
    from: 50_000,
    prepare: (characters) => {
      const text = `ft:${'a:'.repeat(30)}${checkpointId(1)} davinci:ft-acme`;
      const lines = linesOf(text.repeat(Math.ceil(characters / text.length)));
      return () => atOnce(shutdownPlaces(lines, () => undefined, 0));
    },
  },
  {
    title: 'Redact a text',
    of: 'characters',
    from: 20_000,
    prepare: (characters) => {
      const text = 'a.b-c+'.repeat(characters / 6);
      return () => presentable(text, [], text.length);
    },
  },
];

function eventsOf(count: number): AuditLog[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `audit_log-${index}`,
    type: 'checkpoint.permission.created',
    effective_at: index * 1000,
    'checkpoint.permission.created': {
      id: `cp_${index}`,
      data: { project_id: projectId(index % 5000), fine_tuned_model_checkpoint: checkpointId(1) },
    },
  }));
}

/** Changes without an answer, so that only project, checkpoint, and time tell which event they are. */
function ownChangesOf(count: number): Change[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `journal/${index}`,
    at: index * 1_000_000,
    action: 'granted',
    project: projectId(index % 5000),
    checkpoint: checkpointId(1),
    origin: 'journal',
    own: { plan: 'plan', steps: [], by: '', certainty: 'unknown' },
  }));
}
