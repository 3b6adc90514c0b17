import type { Change, ChangeNote, ChangeSource, Person } from '../access/evidence/history/change';
import type { LogQuery } from '../access/evidence/history/logQuery';
import { ago, dayOf, exactlyInUTC, isDate } from '../text/dates';
import { listOf, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import type { SearchPlace } from '../text/searchTerms';
import { changesInWords } from './tabs';

// The History tab. Runs in the page, too. Moments are milliseconds since 1970. Texts of servers are safe to show, and
// never HTML.

/** Texts of the tab that never change. */
export const historyTab = {
  table: 'History of access',
  loading: 'Audit log',
  selectRow: 'Select change',
  selectAll: 'Select all shown changes',
  period: 'Period',
  from: 'From (UTC)',
  to: 'To (UTC)',
  person: 'Person',
  project: 'Project',
  checkpoint: 'Checkpoint',
  kind: 'Kind',
  loadNew: 'Load New Events',
  retry: 'Retry',
  loadOlder: 'Load Older Events',
  search: 'Search Older Events',
  showLog: 'Show Log',
  details: 'Details of the change',
  showPermission: 'Show Permission',
  undo: 'Undo…',
  closeDetails: 'Close Details',
} as const;

export const historyColumns = {
  when: 'Time (UTC)',
  who: 'Who',
  what: 'What',
  project: 'Project',
  checkpoint: 'Checkpoint',
  source: 'Source',
  note: 'Note',
} as const;

/** The columns of copied rows. */
export const copiedColumns = {
  at: 'When',
  who: 'Who',
  action: 'What',
  project: 'Project',
  projectId: 'Project ID',
  checkpoint: 'Checkpoint',
  permission: 'Permission ID',
  source: 'Source',
  note: 'Note',
} as const;

export const actionsInWords: Readonly<Record<Change['action'], string>> = {
  granted: 'Granted',
  revoked: 'Revoked',
};

export const sourcesInWords: Readonly<Record<ChangeSource, string>> = {
  log: 'Audit log',
  computer: 'This computer',
  both: 'Audit log and this computer',
};

/** The choices of the filters. */
export const historyChoices = {
  period: {
    any: 'Any time',
    last7: 'Last 7 days',
    last30: 'Last 30 days',
    last90: 'Last 90 days',
    custom: 'Custom range',
  },
  person: 'Anyone',
  project: 'Any project',
  checkpoint: 'Any checkpoint',
  kind: { any: 'Grants and revokes', granted: 'Grants', revoked: 'Revokes' },
} as const;

/** The person of a filter. */
export function personInWords({ kind, id }: Person): string {
  if (kind === 'actor') return id;
  return id ? `${id} on this computer` : 'this computer';
}

/** Uncertain or unknown facts of a change. */
const changeNotes: Readonly<Record<ChangeNote, string>> = {
  notConfirmed: 'accepted by the API, not confirmed',
  outcomeUnknown: 'sent without a response, may not have taken effect',
  maybeOfSomeoneElse: 'may be the same change that this computer sent without a response',
  perhapsOurs: 'perhaps made by this computer, perhaps by someone else at the same time',
  maybeOtherOrganization: 'made with a different admin API key, perhaps for another organization',
  originUnknown: 'project and checkpoint unknown (the audit log has no earlier event for this permission)',
  originNotLoaded: 'project and checkpoint unknown (load older events to find the original grant)',
};

export function changeNotesInWords(notes: readonly ChangeNote[]): string[] {
  return notes.map((note) => changeNotes[note]);
}

/** The facts of a row. */
export interface ChangeRowFacts {
  readonly at: number;
  readonly action: Change['action'];
  readonly who: string;
  readonly project?: string;
  readonly projectName?: string;
  readonly checkpoint?: string;
  readonly checkpointName?: string;
  readonly permission?: string;
  readonly source: ChangeSource;
  readonly notes: readonly ChangeNote[];
}

/** The project of a row: its name, or its ID if the name is unknown. */
export function projectOfRow({ project, projectName }: ChangeRowFacts): string {
  return projectName ?? project ?? 'Unknown project';
}

/** The checkpoint of a row. */
export function checkpointOfRow({ checkpoint, checkpointName }: ChangeRowFacts): string {
  return checkpointName ?? checkpoint ?? 'Unknown checkpoint';
}

/**
 * What a search looks for its words in: every text of a row that is shown or can be copied, or those of its checkpoint
 * or project only. Not folded.
 */
export function searchedText(row: ChangeRowFacts, only?: SearchPlace): string {
  const { projectName = '', project = '', checkpointName = '', checkpoint = '' } = row;
  const [ofProject, ofCheckpoint] = [`${projectName}\n${project}`, `${checkpointName}\n${checkpoint}`];
  if (only) return only === 'project' ? ofProject : ofCheckpoint;
  return [
    row.who,
    actionsInWords[row.action],
    ofProject,
    ofCheckpoint,
    row.permission ?? '',
    sourcesInWords[row.source],
    dayOf(row.at),
    ...changeNotesInWords(row.notes),
  ].join('\n');
}

/** The exact moment of a change, for its tooltip. */
export function momentOfRow({ at }: ChangeRowFacts): string {
  return exactlyInUTC(at);
}

/** The heading of a day, with how many changes it shows. */
export function dayHeading(at: number): string {
  return isDate(at) ? dayOf(at) : 'Unknown day';
}

/** The number of rows that are shown, and of all that are loaded. */
export function shownInWords(shown: number, all: number): string {
  if (shown === all) return changesInWords(all);
  return plural(all, `${number(shown)} of 1 change`, (count) => `${number(shown)} of ${count} changes`);
}

/** Changes that a filter may have to show, but that it cannot decide about; empty for none. */
export function undecidedInWords(changes: number): string {
  if (changes === 0) return '';
  return plural(
    changes,
    '1 change is hidden because the project, checkpoint, or author that the filter needs is unknown.',
    (count) =>
      `${count} changes are hidden because the project, checkpoint, or author that the filter needs is unknown.`,
  );
}

/** What the API was asked for, without a full stop: `events by user-1 and key_2, since Mar 4, 2026 UTC`. */
export function askedInWords(
  { actors = [], from, to }: LogQuery,
  day: (moment: number) => string = dayOf,
): string {
  const by = actors.length > 0 ? `events by ${listOf(actors)}` : 'events';
  if (from === undefined) return to === undefined ? by : `${by} before ${day(to)}`;
  return to === undefined ? `${by} since ${day(from)}` : `${by} from ${day(from)} to before ${day(to)}`;
}

/** How far a history is loaded for a filter. */
export interface ReachFacts {
  readonly now: number;
  readonly loadedAt?: number;
  readonly isWhole: boolean;
  readonly isEmpty: boolean;
  readonly oldestAt?: number;
  readonly isOver: boolean;
  readonly backTo?: number;
  readonly asked?: LogQuery;
}

/** An empty log is no proof: logging must be turned on first (docs/api.md#audit-log). */
export const emptyLog =
  "The audit log has no access changes. Audit logging may never have been turned on. An organization owner can turn it on in the organization's data controls.";

/** How far the history is loaded, in sentences. `isFiltered`: a filter is set. */
export function reachInWords(reach: ReachFacts, isFiltered: boolean): string {
  const { loadedAt, isWhole, isEmpty, now } = reach;
  if (loadedAt === undefined)
    return "The audit log isn't loaded. Only changes made on this computer are listed.";
  const age = `Audit log loaded ${ago(loadedAt, now)}.`;
  if (isEmpty) return sentences(emptyLog, age);
  if (isWhole) return sentences(age, 'All of it is loaded.');
  return sentences(age, isFiltered ? filteredReach(reach) : loadedReach(reach));
}

function loadedReach({ oldestAt, isOver }: ReachFacts): string {
  const back =
    oldestAt === undefined ? 'A part of it is loaded.' : `It is loaded back to ${dayOf(oldestAt)}.`;
  return isOver ? sentences(back, 'The API returns no older events.') : back;
}

function filteredReach({ backTo, isOver, asked, oldestAt }: ReachFacts): string {
  if (asked === undefined) {
    if (isOver) return 'The period of the filter is loaded.';
    return backTo === undefined ? 'A part of it is searched.' : `Searched back to ${dayOf(backTo)}.`;
  }
  const question = askedInWords(asked);
  if (isOver) {
    return oldestAt === undefined
      ? `The API was asked for ${question}, and returned all that it has.`
      : `Before ${dayOf(oldestAt)}, the API was asked for ${question}, and returned all that it has.`;
  }
  const back = backTo === undefined ? '' : `Searched back to ${dayOf(backTo)}.`;
  return sentences(back, `Older events are searched by asking the API for ${question}.`);
}

/** A search under way. `backTo`: the oldest event so far. */
export function searchingInWords(backTo: number | undefined): string {
  return backTo === undefined
    ? 'Searching the audit log…'
    : `Searching older events of the audit log. Searched back to ${dayOf(backTo)}…`;
}

/** The heading above rows that are not of the whole log. `before`: the oldest event of the whole log. */
export function olderHeading(before: number | undefined, asked: LogQuery | undefined): string {
  if (asked === undefined) {
    return before === undefined
      ? 'Only changes made on this computer'
      : `Before ${dayOf(before)}: only changes made on this computer`;
  }
  const what = `${askedInWords(asked)}, and changes made on this computer`;
  return before === undefined ? `Only ${what}` : `Before ${dayOf(before)}: only ${what}`;
}

/** Nothing is shown, and why. */
export function nothingShown(reach: ReachFacts, isFiltered: boolean, isAll: boolean): string {
  if (reach.isEmpty && isAll) return emptyLog;
  if (isFiltered) {
    if (reach.loadedAt === undefined)
      return "No change made on this computer matches. The audit log isn't loaded.";
    if (reach.isWhole) return 'No change in the entire audit log matches.';
    if (reach.isOver)
      return reach.asked ? `No change matches. ${filteredReach(reach)}` : 'No change in this period matches.';
    return reach.backTo === undefined
      ? 'No change matches in the part of the audit log that is loaded.'
      : `No change matches. Searched back to ${dayOf(reach.backTo)}.`;
  }
  if (reach.loadedAt === undefined) return "No change was made on this computer. The audit log isn't loaded.";
  return reach.isWhole
    ? 'The entire audit log has no access changes.'
    : 'The loaded part of the audit log has no access changes.';
}

/** What a filter shows, for screen readers. */
export function filteredSpoken(shown: number, all: number, undecided: number): string {
  return sentences(`${shownInWords(shown, all)}.`, undecidedInWords(undecided));
}

/** The facts of a failure in one line. */
export function problemInWords({
  title,
  next,
  detail,
}: {
  readonly title: string;
  readonly next: string;
  readonly detail?: string;
}): string {
  return sentences(`${title}.`, next, detail && `(${detail})`);
}
