import type { AccessByProject, ProjectsWithout, Uncertainty } from '../access/catalog/accessByProject';
import type { Shutdown } from '../access/catalog/shutdown';
import type { ProjectDirectory } from '../access/loading/projectDirectory';
import type { ProjectsStanding } from '../access/loading/projectsStanding';
import { isAmbiguousProject } from '../access/lookAlikes';
import { ago, exactly, exactlyInUTC } from '../text/dates';
import { firstOf, metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { plainText } from '../text/plainText';
import { explainProjects, explanationInWords } from './errors';
import { grantedAgo, grantedAgoInShort, type ProjectInRow, type RowInWords } from './rows';
import { shutdownInWords } from './shutdown';
import { projectsDoubtsOrStateInWords, projectsIncompleteInWords } from './standing';

// Project names, the list of projects, and the rows of the Projects view. Moments are milliseconds since 1970.

/** Facts of one project. */
export interface ProjectFacts {
  readonly id: string;
  /** From the server, not escaped. Undefined while it is unknown. */
  readonly name: string | undefined;
  readonly isArchived: boolean;
  /** The list of projects is loaded and does not have this one. */
  readonly isMissing: boolean;
  /** Unix seconds, if the server reports it. */
  readonly archivedAt?: number | null | undefined;
}

/** A note about a project, such as `archived`; usually empty. */
export function projectNote({ isArchived, isMissing }: ProjectFacts): string {
  if (isArchived) return 'archived';
  return isMissing ? 'not in the project list' : '';
}

/** A project for screen readers. Texts are already escaped. `id` is empty if the label tells which one it is. */
export function projectSpoken(label: string, note: string, id: string): string {
  return spoken(label, note, id && `project ID ${id}`);
}

/** The ID of a project for screen readers, after what matters more; empty if it was said with the name. */
export function projectIdSpoken({ id, isAmbiguous }: ProjectInRow): string {
  return id === '' || isAmbiguous ? '' : `project ID ${id}`;
}

/** Every fact about a project, a line each, with the age of the list of projects. */
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

/** Age and doubts of the list of projects. */
export function projectListInWords(standing: ProjectsStanding, now: number): string {
  const { state, loadedAt, isLoading } = standing;
  const age =
    state === 'loaded' && loadedAt !== undefined
      ? `loaded ${exactlyInUTC(loadedAt)} (${ago(loadedAt, now)})`
      : '';
  // That it is old is said by its age.
  const doubts = standing.doubts.filter((doubt) => doubt !== 'old');
  const others = projectsDoubtsOrStateInWords({ ...standing, doubts }, now);
  const parts = [age, ...others, isLoading ? 'loading now' : ''];
  return `Project names: ${metadata(...parts)}`;
}

/**
 * The note of a view whose project names are missing or old because of a failure; empty if they are not. A failure
 * never affects permissions.
 */
export function projectNamesNote(standing: ProjectsStanding, now: number): string {
  const { state, failure, incomplete, loadedAt } = standing;
  const [doubt] = standing.doubts;
  if (state !== 'failed' && (!doubt || doubt === 'old')) return '';
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

/** A failure to load project names, as a sentence; empty if there is none. */
export function projectNamesFailed({ state, isComplete, failure }: ProjectsStanding): string {
  if (failure !== undefined)
    return state === 'failed' ? "Project names couldn't be loaded." : "Project names couldn't be refreshed.";
  return state === 'loaded' && !isComplete ? 'Not all projects could be loaded.' : '';
}

/** A failure to load project names, for the log. */
export function projectNamesInLog({ failure, incomplete }: ProjectsStanding): string {
  if (failure !== undefined) return `Loading project names: ${explanationInWords(explainProjects(failure))}`;
  return `Loading project names: ${incomplete === undefined ? 'incomplete' : projectsIncompleteInWords(incomplete)}`;
}

/** A project's name in quotation marks, with its ID if it is ambiguous, or its ID if the name is unknown. Escaped. */
export function quotedProject(projects: Pick<ProjectDirectory, 'nameOf' | 'snapshot'>, id: string): string {
  // A name of only invisible characters counts as unknown.
  const name = plainText(projects.nameOf(id) ?? '', 100);
  if (name === '') return plainText(id, 100);
  return isAmbiguousProject(projects, id, name) ? `“${name}” (${plainText(id, 100)})` : `“${name}”`;
}

const uncertain: Readonly<Record<Uncertainty, (checkpoints: string) => string>> = {
  notLoaded: (checkpoints) => `${checkpoints} not loaded`,
  failed: (checkpoints) => `${checkpoints} couldn't be loaded`,
  beforeYourChange: (checkpoints) => `${checkpoints} loaded before your last change`,
  refreshFailed: (checkpoints) => `${checkpoints} couldn't be refreshed`,
  beforeYourRefresh: (checkpoints) => `${checkpoints} not refreshed`,
  brokenOff: (checkpoints) => `${checkpoints} incomplete`,
  moreToLoad: (checkpoints) => `${checkpoints} partly loaded`,
};

/** The first row of the Projects view: how much of the checkpoint list it is based on. */
export function extentRow(
  { listed, whole, ownersUnknown, uncertainties, oldest }: AccessByProject,
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
  const parts = [
    ...uncertainties.map(([why, checkpoints]) => uncertain[why](number(checkpoints))),
    ownersUnknown === 0 ? '' : `owner unknown for ${number(ownersUnknown)}`,
    oldest === undefined ? '' : `oldest loaded ${ago(oldest, now)}`,
  ];
  return {
    label,
    description: metadata(...parts),
    spoken: spoken(label, ...parts, isWhole ? '' : 'press Enter to load all permissions'),
  };
}

/** The first row for its tooltip, a paragraph each. */
export function extentFacts(extent: AccessByProject, now: number): string[] {
  const { label, description } = extentRow(extent, now);
  const { listed, whole, ownersUnknown } = extent;
  return [
    label,
    description,
    whole === listed ? '' : "Other projects may have access to checkpoints that aren't fully loaded.",
    ownersUnknown === 0
      ? ''
      : plural(
          ownersUnknown,
          'The owner of a model has access without a permission, and the owner of 1 checkpoint is unknown.',
          (several) =>
            `The owner of a model has access without a permission, and the owners of ${several} checkpoints are unknown.`,
        ),
  ].filter(Boolean);
}

/**
 * The row for the projects without a permission: how many, and what is proven of all of them. `first`: the names of the
 * first ones, escaped. Undefined when there are none, or nothing is loaded yet.
 */
export function withoutRow(
  { without, listed, whole, ownersUnknown, oldest }: AccessByProject,
  first: readonly string[],
): RowInWords | undefined {
  if (oldest === undefined) return undefined;
  const { projects, known, areAllProjectsKnown } = without;
  const count = projects.length;
  if (count === 0 && areAllProjectsKnown) return undefined;
  const label = count === 0 ? 'Without access: unknown' : withoutLabel[known](count, areAllProjectsKnown);
  const why = [
    known === 'unknown' && count > 0 ? `unknown for ${checkpointCount(listed - whole)}` : '',
    known !== 'none' && ownersUnknown > 0 ? `owner unknown for ${number(ownersUnknown)}` : '',
    areAllProjectsKnown ? '' : "the project list isn't complete and up to date",
  ];
  const names = count === 0 ? '' : firstOf(first, count);
  return {
    label,
    description: metadata(...why, names),
    spoken: spoken(withoutSentence(without), ...why, names),
  };
}

/** The label of the row has room for some 22 characters in a narrow side bar, below the title *Projects*. */
const withoutLabel: Readonly<
  Record<ProjectsWithout['known'], (count: number, areAllKnown: boolean) => string>
> = {
  none: (count, areAllKnown) =>
    areAllKnown ? `${number(count)} without access` : `At least ${number(count)} without access`,
  notGranted: (count, areAllKnown) =>
    areAllKnown ? `${number(count)} without permission` : `At least ${number(count)} without permission`,
  unknown: (count) => `${number(count)} without known access`,
};

/** The same as a sentence, where there is room. */
function withoutSentence({
  projects: { length: count },
  known,
  areAllProjectsKnown,
}: ProjectsWithout): string {
  return count === 0
    ? 'Projects without access: unknown'
    : withoutSentences[known](count, areAllProjectsKnown);
}

const withoutSentences: typeof withoutLabel = {
  none: (count, areAllKnown) =>
    areAllKnown
      ? plural(count, '1 project has no access', (several) => `${several} projects have no access`)
      : plural(
          count,
          'At least 1 project has no access',
          (several) => `At least ${several} projects have no access`,
        ),
  notGranted: (count, areAllKnown) =>
    areAllKnown
      ? plural(count, '1 project has no permission', (several) => `${several} projects have no permission`)
      : plural(
          count,
          'At least 1 project has no permission',
          (several) => `At least ${several} projects have no permission`,
        ),
  unknown: (count) =>
    plural(count, '1 project has no known access', (several) => `${several} projects have no known access`),
};

/** The same for its tooltip, a paragraph each. `first`: more names than in the row. */
export function withoutFacts(extent: AccessByProject, first: readonly string[]): string[] {
  const row = withoutRow(extent, first);
  const { listed, without } = extent;
  const why: Readonly<Record<ProjectsWithout['known'], string>> = {
    none: plural(
      listed,
      'They have no access to the 1 checkpoint in your list.',
      (several) => `They have no access to any of the ${several} checkpoints in your list.`,
    ),
    notGranted:
      "They weren't granted access to a checkpoint in your list, but may own models whose owner is unknown.",
    unknown: "They may have access that isn't loaded. Load all permissions to find out.",
  };
  return row
    ? [
        withoutSentence(without),
        row.description,
        without.projects.length === 0 ? '' : why[without.known],
      ].filter(Boolean)
    : [];
}

/** What a filter of the Projects view shows, and what it may hide wrongly. `text` is already escaped; empty for none. */
export function projectsMessage(text: string, { filtered, projects }: AccessByProject): string {
  if (text === '' || !filtered) return '';
  const { all, mayMatch } = filtered;
  return sentences(
    `Filtered by “${text}”: ${number(projects.length)} of ${number(all)} shown.`,
    mayMatch === 0
      ? ''
      : plural(
          mayMatch,
          "1 hidden project isn't fully loaded and may also match.",
          (several) => `${several} hidden projects aren't fully loaded and may also match.`,
        ),
    projects.length === 0 ? 'To show all, use Clear Projects Filter.' : '',
  );
}

export const filterProjectsQuestion = {
  title: 'Filter Projects',
  placeHolder: 'Name, ID, or checkpoint',
};

/** How many projects a filter shows, below its input. */
export function filterProjectsPrompt(shown: number, all: number): string {
  return sentences(
    `${number(shown)} of ${number(all)} shown.`,
    'Checkpoints are found only where permissions are loaded.',
  );
}

/** `2 checkpoints`. */
function checkpointCount(checkpoints: number): string {
  return plural(checkpoints, '1 checkpoint', (several) => `${several} checkpoints`);
}

/** A project's row in the Projects view. Texts are already escaped. */
export function projectRow(
  project: ProjectInRow,
  { canUse, unknown }: { readonly canUse: number; readonly unknown: number },
): RowInWords {
  const checkpoints = checkpointCount(canUse);
  return {
    label: project.label,
    description: metadata(
      project.isAmbiguous ? project.id : '',
      checkpoints,
      unknown === 0 ? '' : `unknown for ${number(unknown)}`,
      project.note,
    ),
    spoken: spoken(
      `Project ${project.spoken}`,
      `can use ${checkpoints}`,
      unknown === 0 ? '' : `unknown for ${number(unknown)} more`,
      projectIdSpoken(project),
    ),
  };
}

/** A range of many projects. `from`: index of the first, from 0. */
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

/** A checkpoint that a project can use, below that project. Texts are already escaped. */
export function grantRow(
  names: {
    readonly checkpoint: string;
    readonly checkpointId: string;
    /** Another checkpoint of the list is called the same, so that only the ID tells which one it is. */
    readonly isShared?: boolean;
    readonly permission: string;
    /** The checkpoint for screen readers, with its ID if another is called the same. */
    readonly spokenCheckpoint?: string;
    readonly project: string;
  },
  facts: {
    /** The first doubt of its source. */
    readonly standing: string;
    readonly grantedAt: number;
    readonly shutdown: Shutdown | undefined;
  },
  now: number,
): RowInWords {
  const granted = grantedAgo(facts.grantedAt, now);
  const end = facts.shutdown && shutdownInWords(facts.shutdown, now);
  return {
    label: names.checkpoint,
    description: metadata(
      facts.standing,
      grantedAgoInShort(facts.grantedAt, now),
      end,
      names.isShared ? names.checkpointId : '',
    ),
    spoken: spoken(
      `Project ${names.project} can use checkpoint ${names.spokenCheckpoint ?? names.checkpoint}`,
      granted,
      facts.standing,
      end,
      `permission ${names.permission}`,
    ),
  };
}

/** A project for its tooltip, a paragraph each: what it can use, and what is unknown. `facts`: those about itself. */
export function projectAccessFacts(
  facts: readonly string[],
  access: {
    readonly canUse: number;
    readonly owns: number;
    readonly unknown: number;
    readonly mayOwn: number;
  },
): string[] {
  const { canUse, owns, unknown, mayOwn } = access;
  return [
    ...facts,
    `Can use ${checkpointCount(canUse)} in your list by permission`,
    owns === 0 ? '' : `Owns ${checkpointCount(owns)}, with access without a permission`,
    unknown === 0 ? '' : `Access unknown for ${checkpointCount(unknown)}`,
    mayOwn === 0
      ? ''
      : plural(
          mayOwn,
          'May own 1 more checkpoint, whose owner is unknown',
          (several) => `May own ${several} more checkpoints, whose owners are unknown`,
        ),
  ].filter(Boolean);
}

/** The number of checkpoints for which a project's access is unknown. */
export function unknownRow(checkpoints: number): RowInWords {
  return {
    label: plural(checkpoints, 'Unknown for 1 checkpoint', (several) => `Unknown for ${several} checkpoints`),
    description: "permissions aren't complete and up to date",
    spoken: plural(
      checkpoints,
      "Access to 1 checkpoint is unknown because its permissions aren't complete and up to date. Press Enter to load them.",
      (several) =>
        `Access to ${several} checkpoints is unknown because their permissions aren't complete and up to date. Press Enter to load them.`,
    ),
  };
}
