import type { AccessByProject, Uncertainty } from '../access/catalog/accessByProject';
import type { Retirement } from '../access/catalog/retirement';
import type { ProjectsStanding } from '../access/loading/projectsStanding';
import { ago, exactly } from '../text/dates';
import { metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { plainText } from '../text/plainText';
import { explainProjects, explanationInWords } from './errors';
import type { RowInWords } from './rows';
import { shutdownInWords } from './shutdown';
import { projectsDoubtInWords, projectsIncompleteInWords, projectsStandingInWords } from './standing';

// Projects by name, what is known of the list of them, and the rows of the Projects view. Moments are milliseconds since
// 1970.

/** What there is to know of one project beside its name. */
export interface ProjectFacts {
  readonly id: string;
  /** As the server has it, unsafe to show as it is; undefined while it is unknown. */
  readonly name: string | undefined;
  readonly isArchived: boolean;
  /** The list of projects is loaded, and this one is not in it. */
  readonly isMissing: boolean;
  /** When it was archived, Unix seconds, where the server tells. */
  readonly archivedAt?: number | null | undefined;
}

/** What else a row says of a project, such as `archived`; empty as a rule. */
export function projectNote({ isArchived, isMissing }: ProjectFacts): string {
  if (isArchived) return 'archived';
  return isMissing ? 'not in the project list' : '';
}

/** A project, read aloud; the texts are made safe already. `id` is empty where the label is the ID. */
export function projectSpoken(label: string, note: string, id: string): string {
  return spoken(label, note, id && `project ID ${id}`);
}

/** All that is known of a project, a line each, with how old the list of projects is. */
export function projectFactsInWords(
  { id, name, isArchived, isMissing, archivedAt }: ProjectFacts,
  standing: ProjectsStanding,
  now: number,
): string[] {
  const since = archivedAt ? archivedAt * 1000 : undefined;
  const archived = since === undefined ? 'Archived' : `Archived: ${exactly(since)} (${ago(since, now)})`;
  return [
    name === undefined ? '' : `Project: ${name}`,
    `Project ID: ${id}`,
    isArchived ? archived : '',
    isMissing ? 'Not in the project list: it may be new, deleted, or missing from an incomplete list' : '',
    projectListInWords(standing, now),
  ].filter(Boolean);
}

/** How the list of projects is known: its age and every doubt. */
export function projectListInWords(standing: ProjectsStanding, now: number): string {
  const { state, loadedAt, isLoading, doubts } = standing;
  const parts =
    state === 'loaded' && loadedAt !== undefined
      ? [
          `loaded ${exactly(loadedAt)} (${ago(loadedAt, now)})`,
          ...doubts.map((doubt) => projectsDoubtInWords[doubt](standing, now)),
        ]
      : [projectsStandingInWords(standing, now)];
  return `Project names: ${metadata(...parts, isLoading ? 'loading now' : '')}`;
}

/**
 * What a view says when project names are missing or old because they could not be loaded; empty when there is nothing to
 * say. Permissions are never affected.
 */
export function projectNamesNote(standing: ProjectsStanding, now: number): string {
  const { state, failure, incomplete, loadedAt } = standing;
  const [doubt] = standing.doubts;
  if (state !== 'failed' && !doubt) return '';
  const shown =
    state === 'failed' || loadedAt === undefined
      ? "Projects are shown by ID because their names couldn't be loaded."
      : doubt === 'incomplete'
        ? 'Some projects are shown by ID because not all names could be loaded.'
        : `Project names are from ${ago(loadedAt, now)} because the last refresh failed.`;
  if (failure === undefined) {
    return sentences(
      shown,
      incomplete === undefined ? '' : projectsIncompleteInWords(incomplete),
      'Refresh to try again.',
    );
  }
  const { what, next, offer } = explainProjects(failure);
  return sentences(shown, `${what}.`, next, offer === 'retry' ? '' : 'Then refresh.');
}

/** The same for the log. */
export function projectNamesInLog({ failure, incomplete }: ProjectsStanding): string {
  if (failure !== undefined) return `Loading project names: ${explanationInWords(explainProjects(failure))}`;
  return `Loading project names: ${incomplete === undefined ? 'incomplete' : projectsIncompleteInWords(incomplete)}`;
}

/** A project's name in quotation marks, or its ID while the name is unknown; made safe. */
export function quotedProject(projects: { nameOf(id: string): string | undefined }, id: string): string {
  // A name of nothing but unseen characters is none.
  const name = plainText(projects.nameOf(id) ?? '', 100);
  return name === '' ? plainText(id, 100) : `“${name}”`;
}

const uncertain: Readonly<Record<Uncertainty, (checkpoints: string) => string>> = {
  notLoaded: (checkpoints) => `${checkpoints} not loaded`,
  failed: (checkpoints) => `${checkpoints} couldn't be loaded`,
  beforeYourChange: (checkpoints) => `${checkpoints} loaded before your last change`,
  refreshFailed: (checkpoints) => `${checkpoints} couldn't be refreshed`,
  beforeYourRefresh: (checkpoints) => `${checkpoints} loaded before your refresh`,
  brokenOff: (checkpoints) => `${checkpoints} incomplete`,
  moreToLoad: (checkpoints) => `${checkpoints} partly loaded`,
};

/** The first row of the Projects view: how much of the list it is based on. */
export function extentRow(
  { listed, whole, uncertainties, oldest }: AccessByProject,
  now: number,
): RowInWords {
  const isWhole = whole === listed;
  const label = isWhole
    ? plural(listed, 'Based on 1 checkpoint', (all) => `Based on all ${all} checkpoints`)
    : plural(
        listed,
        'Based on 0 of 1 checkpoint',
        (all) => `Based on ${number(whole)} of ${all} checkpoints`,
      );
  const description = metadata(
    ...uncertainties.map(([why, checkpoints]) => uncertain[why](number(checkpoints))),
    oldest === undefined ? '' : `oldest loaded ${ago(oldest, now)}`,
  );
  return {
    label,
    description,
    spoken: spoken(label, description, isWhole ? '' : 'press Enter to load all permissions'),
  };
}

/** `2 checkpoints`. */
function checkpointCount(checkpoints: number): string {
  return plural(checkpoints, '1 checkpoint', (several) => `${several} checkpoints`);
}

/** A project's row in the Projects view; its texts are made safe already. */
export function projectRow(
  project: { readonly label: string; readonly note: string; readonly id: string; readonly spoken: string },
  { canUse, unknown }: { readonly canUse: number; readonly unknown: number },
): RowInWords {
  const checkpoints = checkpointCount(canUse);
  return {
    label: project.label,
    description: metadata(
      checkpoints,
      unknown === 0 ? '' : `unknown for ${number(unknown)}`,
      project.note,
      project.id,
    ),
    spoken: spoken(
      `Project ${project.spoken}`,
      `can use ${checkpoints}`,
      unknown === 0 ? '' : `unknown for ${number(unknown)} more`,
    ),
  };
}

/** Some of many projects. `from`: the place of the first, from 0 on. */
export function projectRangeRow(range: {
  readonly from: number;
  readonly count: number;
  readonly all: number;
  readonly first: string;
  readonly last: string;
}): RowInWords {
  const { from, count, all, first, last } = range;
  const [start, end] = [number(from + 1), number(from + count)];
  const description = `${first} to ${last}`;
  return {
    label: `Projects ${start} to ${end}`,
    description,
    spoken: spoken(`Projects ${start} to ${end} of ${number(all)}`, description),
  };
}

/** A checkpoint that a project can use, under that project; the texts are made safe already. */
export function grantRow(
  names: {
    readonly checkpoint: string;
    readonly checkpointId: string;
    readonly permission: string;
    readonly project: string;
  },
  facts: {
    /** What there is to say first of where it is known from. */
    readonly standing: string;
    readonly grantedAt: number;
    readonly retirement: Retirement | undefined;
  },
  now: number,
): RowInWords {
  const granted = ago(facts.grantedAt, now);
  const end = facts.retirement && shutdownInWords(facts.retirement, now);
  return {
    label: names.checkpoint,
    description: metadata(facts.standing, granted, names.permission, end, names.checkpointId),
    spoken: spoken(
      `Project ${names.project} can use checkpoint ${names.checkpoint}`,
      `granted ${granted}`,
      facts.standing,
      end,
      `permission ${names.permission}`,
    ),
  };
}

/** For how many checkpoints a project's access is unknown. */
export function unknownRow(checkpoints: number): RowInWords {
  return {
    label: plural(checkpoints, 'Unknown for 1 checkpoint', (several) => `Unknown for ${several} checkpoints`),
    description: "permissions aren't fully loaded",
    spoken: plural(
      checkpoints,
      "Access to 1 checkpoint is unknown because its permissions aren't fully loaded. Press Enter to load them.",
      (several) =>
        `Access to ${several} checkpoints is unknown because their permissions aren't fully loaded. Press Enter to load them.`,
    ),
  };
}
