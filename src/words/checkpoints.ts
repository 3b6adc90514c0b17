import type { Sort } from '../access/catalog/arrangement';
import type { CatalogFinding } from '../access/catalog/catalogEntry';
import type { Retirement } from '../access/catalog/retirement';
import type { Doubt, Standing } from '../access/loading/standing';
import { ago, exactly } from '../text/dates';
import { metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { findingInWords, whereFound } from './findings';
import type { RowInWords } from './rows';
import { shutdownInWords, shutdownSource } from './shutdown';
import { doubtsInWords, incompleteInWords, listInRow, permissionsInWords, standingInWords } from './standing';

// The rows, tooltips and message of the Checkpoints view. Texts that are given are made safe already, but for those of
// tooltips, which whoever shows them makes safe. Moments are milliseconds since 1970.

/** A checkpoint that stands under its model, which has the name already. `step` is absent for the final model. */
export function placeUnderModel(step: number | undefined): string {
  return step === undefined ? 'Final model' : `Step ${step}`;
}

/** A checkpoint's row. */
export function checkpointRow(
  names: {
    readonly id: string;
    readonly name: string;
    readonly baseModel: string;
    readonly step: number | undefined;
    /** It stands under its model. */
    readonly isUnderModel: boolean;
    readonly isSample: boolean;
  },
  facts: {
    readonly standing: Standing;
    readonly retirement: Retirement | undefined;
    /** What else there is to say of it; empty as a rule. */
    readonly note: string;
  },
  now: number,
): RowInWords {
  const { name, step } = names;
  const end = facts.retirement && shutdownInWords(facts.retirement, now);
  const list = listInRow(facts.standing, now);
  return {
    label: names.isUnderModel ? placeUnderModel(step) : name,
    description: metadata(facts.note, ...list, end, names.id),
    spoken: spoken(
      step === undefined ? `Fine-tuned model ${name}` : `Checkpoint ${name}`,
      `base model ${names.baseModel}`,
      end,
      facts.note,
      ...list,
      names.isSample ? 'in the sample organization' : '',
    ),
  };
}

/** What a row says of a checkpoint where a filter asks for a project whose access is unknown. */
export function accessUnknown(failed: boolean): string {
  return failed ? 'access unknown (check failed)' : 'access unknown';
}

/** A fine-tuned model over its checkpoints. `retirement` is absent where not all of it shuts down on one day. */
export function modelRow(
  { id, name }: { readonly id: string; readonly name: string },
  { shown, listed }: { readonly shown: number; readonly listed: number },
  retirement: Retirement | undefined,
  now: number,
): RowInWords {
  const end = retirement && shutdownInWords(retirement, now);
  const checkpoints =
    shown === listed
      ? plural(listed, '1 checkpoint', (all) => `${all} checkpoints`)
      : `${number(shown)} of ${number(listed)} checkpoints shown`;
  return {
    label: name,
    description: metadata(checkpoints, end, id),
    spoken: spoken(`Fine-tuned model ${name}`, checkpoints, end),
  };
}

/** A project's permission, under its checkpoint. */
export function permissionRow(
  project: { readonly label: string; readonly note: string; readonly id: string; readonly spoken: string },
  names: { readonly permission: string; readonly checkpoint: string },
  grantedAt: number,
  now: number,
): RowInWords {
  const granted = ago(grantedAt, now);
  return {
    label: project.label,
    description: metadata(project.note, project.id, granted, names.permission),
    spoken: spoken(
      `Project ${project.spoken}`,
      `can use ${names.checkpoint}`,
      `granted ${granted}`,
      `permission ${names.permission}`,
    ),
  };
}

/** Some of many permissions. `from`: the place of the first, from 0 on. */
export function permissionRangeRow(
  range: {
    readonly from: number;
    readonly count: number;
    readonly all: number;
    /** When the first and the last of them were granted. */
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

/** The row that loads more. `shown`: how many permissions stand above it. */
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

/** The API reported an empty list. Never stands for a failure. */
export function noPermissionsRow(checkpoint: string): RowInWords {
  return {
    label: 'No permissions',
    description: 'not shared with any project',
    spoken: `No permissions. The API reported no project that can use ${checkpoint}.`,
  };
}

/** A row of what could not be loaded: what happened, without a full stop, and what to do, as a sentence. */
export interface FailureInWords {
  readonly what: string;
  readonly next: string;
  /** The API's or the network's own words, where they add something. */
  readonly detail?: string;
}

export const notLoaded: FailureInWords = { what: 'Not loaded', next: 'Refresh to see who has access.' };

/** An empty list from before a change is no proof that no one has access. */
export const notLoadedSinceChange: FailureInWords = {
  what: 'Not loaded since your last change',
  next: 'Refresh to see who has access now.',
};

/** The next page could not be loaded; `why` says what happened. */
export function moreFailed(why: FailureInWords): FailureInWords {
  return {
    ...why,
    what: "More permissions couldn't be loaded",
    next: sentences(`${why.what}.`, why.next),
  };
}

/** The list broke off. */
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

/** Loading again failed, so that older rows stand below. `why` is made safe already. */
export function olderRowsBelow(standing: Pick<Standing, 'doubts' | 'loadedAt'>, now: number): string {
  const { doubts, loadedAt } = standing;
  if (loadedAt === undefined) return '';
  const isBeforeChange = doubts.includes('beforeYourChange' satisfies Doubt);
  return isBeforeChange
    ? `Rows below were loaded ${ago(loadedAt, now)}, before your last change.`
    : `Rows below were loaded ${ago(loadedAt, now)}.`;
}

const sample = 'Sample data: nothing here is real';

/** All that is known of a checkpoint, a line each. */
export function checkpointFacts(
  checkpoint: {
    readonly id: string;
    readonly baseModel: string;
    readonly suffix: string;
    readonly step?: number;
  },
  facts: {
    readonly standing: Standing;
    readonly retirement: Retirement | undefined;
    readonly findings: readonly CatalogFinding[];
    /** When it was created, Unix seconds. */
    readonly createdAt: number | undefined;
    readonly metrics: Readonly<Record<string, number>> | undefined;
  },
  organization: { readonly name: string; readonly isSample: boolean },
  now: number,
): string[] {
  const { standing, retirement, findings, createdAt } = facts;
  const { loadedAt, state } = standing;
  const metrics = Object.entries(facts.metrics ?? {}).map(([name, value]) => `${name} ${value}`);
  const lines = [
    checkpoint.id,
    `Base model: ${checkpoint.baseModel}`,
    checkpoint.suffix ? `Suffix: ${checkpoint.suffix}` : '',
    checkpoint.step === undefined ? 'Final model' : `Step: ${checkpoint.step}`,
    retirement ? `Model: ${metadata(shutdownInWords(retirement, now), shutdownSource(retirement))}` : '',
    state === 'loaded'
      ? `Permissions: ${metadata(permissionsInWords(standing), ...doubtsInWords(standing, now))}`
      : `Permissions: ${standingInWords(standing, now)}`,
    loadedAt === undefined ? '' : `Loaded: ${exactly(loadedAt)} (${ago(loadedAt, now)})`,
    ...findings.map(foundLine),
    createdAt === undefined ? '' : `Created: ${exactly(createdAt * 1000)}`,
    metrics.length > 0 ? `Metrics: ${metadata(...metrics)}` : '',
    organization.isSample ? sample : `Organization: ${organization.name}`,
  ];
  return lines.filter(Boolean);
}

function foundLine(finding: CatalogFinding): string {
  return `Source: ${metadata(whereFound(finding), findingInWords(finding), exactly(finding.at))}`;
}

/** A fine-tuned model over its checkpoints. */
export function modelFacts(id: string): string[] {
  return [id, 'Fine-tuned model'];
}

/** All that is known of a permission, a line each, after what is known of its project. */
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
    `Granted: ${exactly(grantedAt)} (${ago(grantedAt, now)})`,
    `Checkpoint: ${checkpoint}`,
    loadedAt === undefined
      ? ''
      : `Permissions: ${metadata(`loaded ${exactly(loadedAt)}`, ...doubtsInWords(standing, now))}`,
    isSample ? sample : '',
  ];
  return lines.filter(Boolean);
}

/** What of the list is shown, for what the view says about itself. */
export interface Extent {
  readonly listed: number;
  readonly shown: number;
  /** Of those listed: how many have shut down. */
  readonly ended: number;
  /** Of those shown: how many were never loaded. */
  readonly notLoaded: number;
  /** Of those listed: how many have no known shutdown date, which does not mean that there is none. */
  readonly endUnknown: number;
  /** Of those that a text hides: how many may have a project that it would find, because they are not fully loaded. */
  readonly notSearched: number;
  /** Of those shown: for how many it is unknown whether the project that is filtered by can use them. */
  readonly accessUnknown: number;
  /** When the oldest answer was given that decides about the project. */
  readonly accessAsOf?: number;
}

/** What is filtered by: words, how a project is shown, days until the shutdown. */
export interface FilterShown {
  readonly text?: string | undefined;
  readonly project?: string | undefined;
  readonly endsWithin?: number | undefined;
}

/** `“bot” · what “Berth planning” can use · shared and shutting down within 60 days`. */
export function filterInWords({ text, project, endsWithin }: FilterShown): string {
  return metadata(
    text ? `“${text}”` : '',
    project === undefined ? '' : `what ${project} can use`,
    endsWithin === undefined
      ? ''
      : plural(
          endsWithin,
          'shared and shutting down within 1 day',
          (days) => `shared and shutting down within ${days} days`,
        ),
  );
}

/** How much a filter shows, and what it may hide or show wrongly because it is unknown. */
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
    accessAsOf === undefined ? '' : `Based on data loaded ${ago(accessAsOf, now)} or later.`,
    several(
      byEnd,
      extent.ended,
      '1 in your checkpoint list has already shut down.',
      (count) => `${count} in your checkpoint list have already shut down.`,
    ),
    shown === 0 ? 'To show all, use Clear Filter.' : '',
    several(
      byEnd,
      extent.endUnknown,
      '1 has no known shutdown date.',
      (count) => `${count} have no known shutdown date.`,
    ),
    several(
      true,
      extent.notSearched,
      "1 hidden checkpoint isn't fully loaded and may also match.",
      (count) => `${count} hidden checkpoints aren't fully loaded and may also match.`,
    ),
  );
}

const sortedBy: Readonly<Record<Sort, string>> = {
  added: '',
  name: 'Sorted by name.',
  date: 'Sorted by date, newest first.',
  permissions: 'Sorted by number of loaded permissions.',
};

/**
 * What the Checkpoints view says above its rows. `label`: which organization it is, empty where there is but one.
 * `filtered`: what a filter hides, `names`: what there is to say of project names; either may be empty.
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
    isSample
      ? `Sample organization ${name}. All of its data is made up, and nothing leaves this window.`
      : '',
    names,
  );
}
