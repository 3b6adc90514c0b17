import type { Sort } from '../access/catalog/arrangement';
import type { CatalogFinding } from '../access/catalog/catalogEntry';
import type { Shutdown } from '../access/catalog/shutdown';
import type { Doubt, Standing } from '../access/loading/standing';
import { ago, exactly, isDate } from '../text/dates';
import { metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { findingInWords, whereFound } from './discovery';
import { checkpointOfModel } from './names';
import { projectIdSpoken } from './projects';
import { grantedAgo, grantedAgoInShort, type ProjectInRow, type RowInWords } from './rows';
import { sampleFact, sampleMessage } from './sample';
import { shutdownInWords, shutdownSource } from './shutdown';
import { doubtsInWords, incompleteInWords, listInRow, listInWords, morePermissionsFailed } from './standing';

// Rows, tooltips, and message of the Checkpoints view. Arguments of rows are already escaped. Tooltips are not: their
// callers escape them. Moments are milliseconds since 1970.

/** A checkpoint's row. */
export function checkpointRow(
  names: {
    readonly id: string;
    readonly name: string;
    readonly baseModel: string;
    readonly step: number | undefined;
    /** Another checkpoint of the list is called the same, so that only the ID tells which one it is. */
    readonly isShared?: boolean;
    /** The row is below its model's row. */
    readonly isUnderModel: boolean;
    readonly isSample: boolean;
  },
  facts: {
    readonly standing: Standing;
    /** Undefined where the row above says it. */
    readonly shutdown: Shutdown | undefined;
    /** A further note, usually empty. */
    readonly note: string;
  },
  now: number,
): RowInWords {
  const { name, step } = names;
  const end = facts.shutdown && shutdownInWords(facts.shutdown, now);
  const list = listInRow(facts.standing, now);
  const ofModel = checkpointOfModel(step);
  const whole = names.isUnderModel ? `${ofModel} of ${name}` : `Fine-tuned model ${name}`;
  return {
    label: names.isUnderModel ? ofModel : name,
    description: metadata(facts.note, ...list, end, names.isShared ? names.id : ''),
    spoken: spoken(
      step === undefined ? whole : `Checkpoint ${name}`,
      names.isShared ? names.id : '',
      `base model ${names.baseModel}`,
      end,
      facts.note,
      ...list,
      names.isSample ? 'in the sample organization' : '',
    ),
  };
}

/** The note of a checkpoint that the filter's project owns. */
export const ownedByProject = 'owned by this project';

/** The note of a checkpoint for which the access of the filter's project is unknown. */
export function accessUnknown(failed: boolean): string {
  return failed ? 'access unknown (check failed)' : 'access unknown';
}

/** A fine-tuned model above its checkpoints. `shutdown` is undefined if they shut down on different days. */
export function modelRow(
  { id, name, isShared }: { readonly id: string; readonly name: string; readonly isShared?: boolean },
  { shown, listed }: { readonly shown: number; readonly listed: number },
  shutdown: Shutdown | undefined,
  now: number,
): RowInWords {
  const end = shutdown && shutdownInWords(shutdown, now);
  const checkpoints =
    shown === listed
      ? plural(listed, '1 checkpoint', (all) => `${all} checkpoints`)
      : `${number(shown)} of ${number(listed)} checkpoints shown`;
  return {
    label: name,
    description: metadata(checkpoints, end, isShared ? id : ''),
    spoken: spoken(`Fine-tuned model ${name}`, isShared ? id : '', checkpoints, end),
  };
}

/** A project's permission, below its checkpoint. */
export function permissionRow(
  project: ProjectInRow,
  names: { readonly permission: string; readonly checkpoint: string },
  grantedAt: number,
  now: number,
): RowInWords {
  const granted = grantedAgo(grantedAt, now);
  return {
    label: project.label,
    description: metadata(
      project.isAmbiguous ? project.id : '',
      project.note,
      grantedAgoInShort(grantedAt, now),
    ),
    spoken: spoken(
      `Project ${project.spoken}`,
      `can use ${names.checkpoint}`,
      granted,
      projectIdSpoken(project),
      `permission ${names.permission}`,
    ),
  };
}

/** A range of many permissions. `from`: index of the first, from 0. */
export function permissionRangeRow(
  range: {
    readonly from: number;
    readonly count: number;
    readonly all: number;
    /** When the first and the last one were granted. */
    readonly newest: number;
    readonly oldest: number;
  },
  now: number,
): RowInWords {
  const { from, count, all } = range;
  const [start, end] = [number(from + 1), number(from + count)];
  const [newest, oldest] = [ago(range.newest, now), ago(range.oldest, now)];
  const granted = newest === oldest ? `granted ${newest}` : `granted ${newest} to ${oldest}`;
  return {
    label: `Permissions ${start} to ${end}`,
    description: granted,
    spoken: spoken(`Permissions ${start} to ${end} of ${number(all)} loaded`, granted),
  };
}

/** The row that loads more. `shown`: number of permissions above it. */
export function moreRow(shown: number): RowInWords {
  return {
    label: 'Load more permissions',
    description: plural(
      shown,
      '1 loaded, the API has more',
      (permissions) => `${permissions} loaded, the API has more`,
    ),
    spoken: plural(
      shown,
      'Load more permissions. 1 is loaded, and the API has more.',
      (permissions) => `Load more permissions. ${permissions} are loaded, and the API has more.`,
    ),
  };
}

/** An empty list that the API reported. Never a failure. */
export function noPermissionsRow(checkpoint: string): RowInWords {
  return {
    label: 'No permissions',
    description: 'not shared with any project',
    spoken: `No permissions. The API reported no project that can use ${checkpoint}.`,
  };
}

/** A failure in a row: what happened, without a full stop, and what to do, as a sentence. */
export interface FailureInWords {
  readonly what: string;
  readonly next: string;
  /** Message of the API or the network, if it adds something. */
  readonly detail?: string;
}

export const notLoaded: FailureInWords = { what: 'Not loaded', next: 'Refresh to see who has access.' };

/** An empty list from before a change. It is no proof that no project has access. */
export const notLoadedSinceChange: FailureInWords = {
  what: 'Not loaded since your last change',
  next: 'Refresh to see who has access now.',
};

/** A failure to load the next page. `why`: what happened. */
export function moreFailed(why: FailureInWords): FailureInWords {
  return {
    ...why,
    what: morePermissionsFailed,
    next: sentences(`${why.what}.`, why.next),
  };
}

/** A list whose rest cannot be loaded. */
export function listBrokenOff({ count, brokenOff }: Pick<Standing, 'count' | 'brokenOff'>): FailureInWords {
  return {
    what:
      count === 0
        ? 'List incomplete: no permissions loaded'
        : plural(
            count,
            'List incomplete: only 1 permission loaded',
            (permissions) => `List incomplete: only ${permissions} permissions loaded`,
          ),
    next: 'Refresh to try again.',
    ...(brokenOff && { detail: incompleteInWords(brokenOff) }),
  };
}

/** The age of the rows below a failed refresh. */
export function olderRowsBelow(standing: Pick<Standing, 'doubts' | 'loadedAt'>, now: number): string {
  const { doubts, loadedAt } = standing;
  if (loadedAt === undefined) return '';
  const isBeforeChange = doubts.includes('beforeYourChange' satisfies Doubt);
  return isBeforeChange
    ? `Rows below were loaded ${ago(loadedAt, now)}, before your last change.`
    : `Rows below were loaded ${ago(loadedAt, now)}.`;
}

/** Every fact about a checkpoint, a line each. */
export function checkpointFacts(
  checkpoint: {
    readonly id: string;
    readonly baseModel: string;
    readonly suffix: string;
    readonly step?: number;
  },
  facts: {
    readonly standing: Standing;
    readonly shutdown: Shutdown | undefined;
    readonly findings: readonly CatalogFinding[];
    /** Unix seconds. */
    readonly createdAt: number | undefined;
    readonly metrics: Readonly<Record<string, number>> | undefined;
  },
  organization: { readonly name: string; readonly isSample: boolean },
  now: number,
): string[] {
  const { standing, shutdown, findings, createdAt } = facts;
  const { loadedAt } = standing;
  const metrics = Object.entries(facts.metrics ?? {}).map(([name, value]) => `${name} ${value}`);
  const lines = [
    checkpoint.id,
    `Base model: ${checkpoint.baseModel}`,
    checkpoint.suffix ? `Suffix: ${checkpoint.suffix}` : '',
    checkpoint.step === undefined ? checkpointOfModel(undefined) : `Step: ${checkpoint.step}`,
    shutdown ? `Model: ${metadata(shutdownInWords(shutdown, now), shutdownSource(shutdown))}` : '',
    `Permission list: ${metadata(...listInWords(standing, now))}`,
    loadedAt === undefined ? '' : `Loaded: ${exactly(loadedAt)} (${ago(loadedAt, now)})`,
    ...findings.map(foundLine),
    createdAt === undefined ? '' : `Created: ${exactly(createdAt * 1000)}`,
    metrics.length > 0 ? `Metrics: ${metadata(...metrics)}` : '',
    organization.isSample ? sampleFact : `Organization: ${organization.name}`,
  ];
  return lines.filter(Boolean);
}

function foundLine(finding: CatalogFinding): string {
  return `Source: ${metadata(whereFound(finding), findingInWords(finding), exactly(finding.at))}`;
}

/** Facts about a fine-tuned model, a line each. */
export function modelFacts(id: string): string[] {
  return [id, 'Fine-tuned model'];
}

/** Every fact about a permission, a line each. The facts about its project come first. */
export function permissionFacts(
  permission: { readonly id: string; readonly grantedAt: number; readonly checkpoint: string },
  standing: Standing,
  isSample: boolean,
  now: number,
): string[] {
  const { id, grantedAt, checkpoint } = permission;
  const { loadedAt } = standing;
  const lines = [
    `Permission: ${id}`,
    isDate(grantedAt) ? `Granted: ${exactly(grantedAt)} (${ago(grantedAt, now)})` : 'Grant date unknown',
    `Checkpoint: ${checkpoint}`,
    loadedAt === undefined
      ? ''
      : `Permission list: ${metadata(`loaded ${exactly(loadedAt)}`, ...doubtsInWords(standing, now))}`,
    isSample ? sampleFact : '',
  ];
  return lines.filter(Boolean);
}

/** How much of the checkpoint list a filter shows, and what is unknown about it. */
export interface Extent {
  readonly listed: number;
  readonly shown: number;
  /** Of the listed: shut down. */
  readonly ended: number;
  /** Of the shown: never loaded. */
  readonly notLoaded: number;
  /** Of the listed: without a known shutdown date. They may still have one. */
  readonly endUnknown: number;
  /** Of those that a text hides: not fully loaded, so that a project in them may match. */
  readonly notSearched: number;
  /** Of the shown: access of the filter's project is unknown. */
  readonly accessUnknown: number;
  /** Of the hidden: not granted to the filter's project, but it may own them. */
  readonly mayOwn: number;
  /** When the oldest data that decides about the project was loaded. */
  readonly accessAsOf?: number;
}

/** The parts of a filter: text, name of a project, and days until the shutdown. */
export interface FilterShown {
  readonly text?: string | undefined;
  readonly project?: string | undefined;
  readonly endsWithin?: number | undefined;
}

/** `“bot” · project “Berth planning” · upcoming shutdown (shared, within 60 days)`. */
export function filterInWords({ text, project, endsWithin }: FilterShown): string {
  return metadata(
    text ? `“${text}”` : '',
    project === undefined ? '' : `project ${project}`,
    endsWithin === undefined
      ? ''
      : plural(
          endsWithin,
          'upcoming shutdown (shared, within 1 day)',
          (days) => `upcoming shutdown (shared, within ${days} days)`,
        ),
  );
}

/** How much a filter shows, and what it may show or hide wrongly because data is unknown. */
export function filteredInWords(filter: FilterShown, extent: Extent, now: number): string {
  const { shown, listed, accessAsOf } = extent;
  const byEnd = filter.endsWithin !== undefined;
  const several = (isAsked: boolean, count: number, one: string, many: (count: string) => string): string =>
    isAsked && count > 0 ? plural(count, one, many) : '';
  return sentences(
    `Filtered by ${filterInWords(filter)}: ${number(shown)} of ${number(listed)} shown.`,
    several(
      byEnd,
      extent.notLoaded,
      "1 of them isn't loaded, so it may not be shared.",
      (count) => `${count} of them aren't loaded, so they may not be shared.`,
    ),
    several(
      true,
      extent.accessUnknown,
      'Access is unknown for 1 of them.',
      (count) => `Access is unknown for ${count} of them.`,
    ),
    several(
      true,
      extent.mayOwn,
      'The project may own 1 hidden checkpoint, whose owner is unknown.',
      (count) => `The project may own ${count} hidden checkpoints, whose owners are unknown.`,
    ),
    accessAsOf === undefined ? '' : `The oldest data was loaded ${ago(accessAsOf, now)}.`,
    several(
      byEnd,
      extent.ended,
      '1 checkpoint in your list has already shut down.',
      (count) => `${count} checkpoints in your list have already shut down.`,
    ),
    several(
      byEnd,
      extent.endUnknown,
      '1 checkpoint in your list has no known shutdown date.',
      (count) => `${count} checkpoints in your list have no known shutdown date.`,
    ),
    several(
      true,
      extent.notSearched,
      "1 hidden checkpoint isn't fully loaded and may also match.",
      (count) => `${count} hidden checkpoints aren't fully loaded and may also match.`,
    ),
    shown === 0 ? 'To show all, use Clear Filter.' : '',
  );
}

const sortedBy: Readonly<Record<Sort, string>> = {
  added: '',
  name: 'Sorted by name.',
  date: 'Sorted by date, newest first.',
  permissions: 'Sorted by number of loaded permissions.',
  shutdown: 'Sorted by shutdown date, earliest first.',
};

/**
 * The message above the rows of the Checkpoints view. `label`: the organization, empty if there is only one.
 * `filtered`: the effect of a filter. `names`: a note about project names. Both may be empty.
 */
export function checkpointsMessage(
  organization: { readonly name: string; readonly label: string; readonly isSample: boolean },
  filtered: string,
  sort: Sort,
  names: string,
): string {
  const { name, label, isSample } = organization;
  return sentences(
    label === '' || isSample ? '' : `Organization: ${label}.`,
    filtered,
    sortedBy[sort],
    isSample ? sampleMessage(name) : '',
    names,
  );
}
