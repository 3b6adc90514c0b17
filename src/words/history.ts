import type { Actor } from '../access/evidence/history/actor';
import {
  type Change,
  type ChangeNote,
  type LocalRecord,
  notesOn,
  type Origin,
  type Person,
} from '../access/evidence/history/change';
import type { HistoryFilter } from '../access/evidence/history/filter';
import type { HistorySnapshot } from '../access/evidence/history/history';
import type { IncompleteReason } from '../openai';
import { ago, dayOf, daysFromTo, exactly, isDate, isoMoment } from '../text/dates';
import { metadata, sentences, spoken } from '../text/lists';
import { number, plural } from '../text/numbers';
import { plainText } from '../text/plainText';
import { toDate } from '../text/steadyClock';
import { explain, explanationInWords } from './errors';
import { type Among, plainCheckpointLabel } from './names';
import { requestsInWords } from './requests';
import type { RowInWords } from './rows';
import { sampleFact, sampleMessage } from './sample';
import { incompleteInWords } from './standing';
import { recordedPlan, unreadableRecords } from './undo';

// The history of access. Texts of servers and users are not escaped unless stated: callers escape them. Moments are
// milliseconds since 1970.

/** The author of a change, from the log and this computer: `ines@… by API key key_…, on this computer`. */
export function whoInWords({ logged, own }: Change): string {
  if (logged) return spoken(actorInWords(logged.actor), own && computerInWords(own));
  const here = own?.by ? `${own.by} on this computer` : 'this computer';
  return own?.certainty === 'perhaps' ? `perhaps ${here}` : here;
}

/** The actor of an event of the audit log. */
export function actorInWords(actor: Actor | undefined): string {
  if (!actor) return 'Unknown user';
  const { kind, id, key } = actor;
  switch (kind) {
    case 'user':
      return key === undefined ? id : `${id} by API key ${key}`;
    case 'serviceAccount':
      return key === undefined ? `service account ${id}` : `service account ${id} by API key ${key}`;
    case 'key':
      return `API key ${id}`;
  }
}

function computerInWords({ by, certainty }: LocalRecord): string {
  const here = by ? `on this computer (${by})` : 'on this computer';
  return certainty === 'perhaps' ? `perhaps ${here}` : here;
}

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
  originNotLoaded: 'project and checkpoint unknown (load older history to find the original grant)',
};

export function changeNotesInWords(notes: readonly ChangeNote[]): string[] {
  return notes.map((note) => changeNotes[note]);
}

/** An empty log is no proof: logging must be turned on first (docs/api.md#audit-log). */
export const emptyLog =
  "The audit log has no access changes. Audit logging may never have been turned on. An organization owner can turn it on in the organization's data controls.";

/** Whether the log was loaded to its end and has nothing about access. */
function isLogEmpty({ log }: HistorySnapshot): boolean {
  return log.readAt !== undefined && log.ending.kind === 'complete' && log.events.length === 0;
}

/** Missing parts of a history and why, in sentences, for exports: dates are ISO. Empty if it is complete. */
export function missingFrom(history: HistorySnapshot): string[] {
  const {
    log,
    oldestLoggedAt,
    beforeChange,
    journalFailure,
    otherOrganizationPlans,
    unreadableRecords: unreadable,
  } = history;
  const missing: string[] = [];
  const older = 'Older rows show only changes made on this computer.';
  if (log.failure) {
    const what =
      log.readAt === undefined
        ? "The audit log couldn't be loaded, so only changes made on this computer are listed."
        : log.failure.during === 'newest'
          ? "The newest events of the audit log couldn't be loaded."
          : "Older events of the audit log couldn't be loaded.";
    missing.push(sentences(what, explanationInWords(explain(log.failure.error))));
  } else if (log.ending.kind === 'unread') {
    missing.push("The audit log isn't loaded, so only changes made on this computer are listed.");
  }
  if (log.ending.kind === 'more') {
    const what =
      oldestLoggedAt === undefined
        ? 'Only a part of the audit log is loaded.'
        : `The audit log is loaded only back to ${isoMoment(oldestLoggedAt)}.`;
    missing.push(sentences(what, older));
  }
  if (log.ending.kind === 'incomplete') {
    const what =
      oldestLoggedAt === undefined
        ? 'The audit log ends unexpectedly.'
        : `The audit log ends unexpectedly at ${isoMoment(oldestLoggedAt)}.`;
    missing.push(sentences(what, incompleteInWords(log.ending.reason), older));
  }
  if (isLogEmpty(history)) missing.push(emptyLog);
  if (beforeChange) missing.push("You sent a change after this was loaded, so that change isn't listed.");
  if (otherOrganizationPlans) missing.push(hiddenForeignChanges(otherOrganizationPlans));
  if (unreadable) missing.push(unreadableRecords(unreadable));
  if (journalFailure !== undefined)
    missing.push(
      sentences(
        "The change history on this computer couldn't be loaded.",
        explanationInWords(explain(journalFailure)),
      ),
    );
  return missing;
}

/** Plans that are not listed because they belong to another organization. */
export function hiddenForeignChanges(plans: number): string {
  return plural(
    plans,
    "1 change made on this computer isn't shown because it belongs to a different organization.",
    (changes) =>
      `${changes} changes made on this computer aren't shown because they belong to a different organization.`,
  );
}

/** The days of a filter; empty if it has none. Its end is the start of the next day. */
export function daysInWords({ from, to }: Pick<HistoryFilter, 'from' | 'to'>): string {
  if (from === undefined) return to === undefined ? '' : `until ${dayOf(to - 1)}`;
  return to === undefined ? `since ${dayOf(from)}` : daysFromTo(from, to - 1);
}

/** The filter of the history, escaped. `project`: name of the filter's project, already escaped. */
export function historyFilterInWords(filter: HistoryFilter, project: string, among?: Among): string {
  const { checkpoint, person } = filter;
  return metadata(
    checkpoint === undefined ? '' : plainCheckpointLabel(checkpoint, among),
    filter.project === undefined ? '' : project,
    person === undefined ? '' : `by ${plainText(personInWords(person), 100)}`,
    daysInWords(filter),
  );
}

/** How much of a history a filter shows. `filter`: from {@link historyFilterInWords}. */
export function filteredHistoryInWords(
  filter: string,
  { person, checkpoint, project }: HistoryFilter,
  { shown, all, undecided }: { readonly shown: number; readonly all: number; readonly undecided: number },
): string {
  const byPlace = checkpoint !== undefined || project !== undefined;
  const hidden =
    person === undefined
      ? 'hidden because their project or checkpoint is unknown'
      : byPlace
        ? 'hidden because their project, checkpoint, or author is unknown'
        : 'hidden because their author is unknown';
  return sentences(
    `Filtered by ${filter}: ${number(shown)} of ${number(all)} shown.`,
    undecided > 0 ? `${number(undecided)} ${hidden}.` : '',
    'To show all, use Clear History Filter.',
  );
}

/** The message above the rows of the History view. `label`: the organization, empty if there is only one. */
export function historyMessage(
  history: HistorySnapshot,
  organization: { readonly label: string; readonly isSample: boolean },
  filtered: string,
  now: number,
): string {
  const { readAt } = history.log;
  const { label, isSample } = organization;
  return sentences(
    label === '' || isSample ? '' : `Organization: ${label}.`,
    isSample ? sampleMessage() : '',
    filtered,
    readAt === undefined ? '' : `Audit log loaded ${ago(toDate(readAt), now)}.`,
    isLogEmpty(history) ? emptyLog : '',
    history.otherOrganizationPlans ? hiddenForeignChanges(history.otherOrganizationPlans) : '',
    unreadableRecords(history.unreadableRecords ?? 0),
    history.beforeChange ? 'You sent a change after this was loaded. Use Refresh History to see it.' : '',
  );
}

/** A change as a row. Names are already escaped. `place` is undefined if project and checkpoint are unknown. */
export function changeRow(
  change: Change,
  shown: {
    readonly who: string;
    readonly permission: string;
    readonly place?: { readonly project: string; readonly checkpoint: string } | undefined;
  },
  logIsWhole: boolean,
  now: number,
): RowInWords {
  const { who, permission, place } = shown;
  const when = isDate(change.at) ? ago(change.at, now) : 'at an unknown time';
  const notes = changeNotesInWords(notesOn(change, logIsWhole));
  const isGrant = change.action === 'granted';
  const unknown = permission ? `permission ${permission}` : 'unknown permission';
  const what = place ? `project ${place.project}, checkpoint ${place.checkpoint}` : unknown;
  return {
    label: place ? metadata(place.project, place.checkpoint) : permission || 'Unknown permission',
    // The time comes first, because a narrow side bar shows no more and rows can share a label.
    description: metadata(
      isGrant ? `granted ${when}` : `revoked ${when}`,
      who,
      ...notes,
      place ? permission : '',
    ),
    spoken: spoken(
      isGrant ? `Granted ${when}: ${what}` : `Revoked ${when}: ${what}`,
      `by ${who}`,
      ...notes,
      place && permission && `permission ${permission}`,
    ),
  };
}

const origins: Readonly<Record<Exclude<Origin, 'event'>, string>> = {
  earlierEvent: 'Project and checkpoint: from an earlier audit log event',
  journal: 'Project and checkpoint: from the change history on this computer',
  list: 'Project and checkpoint: from a permission list loaded earlier',
};

/** Every fact about a change, a line each. Names are not escaped. */
export function changeFacts(
  change: Change,
  project: string | undefined,
  isSample: boolean,
  logIsWhole: boolean,
  now: number,
): string[] {
  const { own, logged, origin } = change;
  const when = isDate(change.at) ? `${exactly(change.at)} (${ago(change.at, now)})` : 'at an unknown time';
  const facts = [
    change.action === 'granted' ? `Granted: ${when}` : `Revoked: ${when}`,
    `By: ${whoInWords(change)}`,
    change.project === undefined
      ? ''
      : project === undefined
        ? `Project ID: ${change.project}`
        : `Project: ${project} (${change.project})`,
    change.checkpoint === undefined ? '' : `Checkpoint: ${change.checkpoint}`,
    change.permission === undefined ? '' : `Permission: ${change.permission}`,
    origin === undefined || origin === 'event' ? '' : origins[origin],
    ...changeNotesInWords(notesOn(change, logIsWhole)).map((note) => `Note: ${note}`),
    logged ? `Audit log event: ${logged.event}` : '',
    own ? `Change made on this computer: ${recordedPlan(own)}` : '',
    isSample ? sampleFact : '',
  ];
  return facts.filter(Boolean);
}

/** The row that loads the audit log, of which nothing is loaded. `requests`: the minimum number. */
export function loadLogRow(requests: number): RowInWords {
  const cost = requestsInWords(requests);
  return {
    label: 'Load audit log',
    description: metadata(`not loaded (${cost.toLowerCase()})`, 'below: only changes made on this computer'),
    spoken: `Load audit log. It isn't loaded yet. ${cost}. Rows below show only changes made on this computer.`,
  };
}

/** The row that loads older events. `backTo`: time of the oldest loaded event. */
export function olderRow(backTo: number | undefined): RowInWords {
  const loaded = backTo === undefined ? 'nothing loaded yet' : `log loaded back to ${dayOf(backTo)}`;
  return {
    label: 'Load older history',
    description: metadata(loaded, 'below: only changes made on this computer'),
    spoken:
      backTo === undefined
        ? 'Load older events of the audit log with one request. Rows below show only changes made on this computer.'
        : `Load older events of the audit log with one request. The log is loaded back to ${dayOf(backTo)}. Rows below show only changes made on this computer.`,
  };
}

/** The row of an empty history. `whole`: the audit log was loaded to its end. */
export function nothingRow({
  filtered,
  whole,
}: {
  readonly filtered: boolean;
  readonly whole: boolean;
}): RowInWords {
  const description = whole ? 'in the entire audit log' : 'in the loaded part of the audit log';
  if (filtered) {
    return {
      label: 'No matching changes',
      description,
      spoken: whole
        ? 'No change in the entire audit log matches the filter.'
        : 'No change in the loaded part of the audit log matches the filter.',
    };
  }
  return {
    label: 'No access changes',
    description,
    spoken: whole
      ? 'The entire audit log has no access changes.'
      : 'The loaded part of the audit log has no access changes.',
  };
}

/** A part of the history that could not be loaded. `isFirst`: nothing was loaded before. */
export type HistoryFailure =
  | { readonly of: 'newest'; readonly isFirst: boolean; readonly error: unknown }
  | { readonly of: 'older'; readonly error: unknown }
  | { readonly of: 'journal'; readonly error: unknown }
  | { readonly of: 'rest'; readonly reason: IncompleteReason };

/** A failure as a row: a title without a full stop, then what happened and what to do, in sentences. */
export function historyFailureInWords(failure: HistoryFailure): {
  readonly title: string;
  readonly next: string;
  readonly detail?: string;
} {
  if (failure.of === 'rest') {
    return {
      title: 'The audit log ends here unexpectedly',
      next: 'Older rows show only changes made on this computer.',
      detail: incompleteInWords(failure.reason),
    };
  }
  const { what, next, detail } = explain(failure.error);
  return { title: failureTitle(failure), next: sentences(`${what}.`, next), ...(detail && { detail }) };
}

function failureTitle(failure: Exclude<HistoryFailure, { readonly of: 'rest' }>): string {
  if (failure.of === 'older') return "Older events couldn't be loaded";
  if (failure.of === 'journal') return "The change history on this computer couldn't be loaded";
  return failure.isFirst ? "The audit log couldn't be loaded" : "The newest events couldn't be loaded";
}

/** Kinds of history filters. */
export type HistoryFilterKind = 'checkpoint' | 'project' | 'person' | 'time';

export const filterHistoryTitle = 'Filter History';

/** The placeholder of the picker of filter kinds. `changes`: number of loaded changes. */
export function filterHistoryQuestion(changes: number): string {
  if (changes === 0) return 'Select what to filter by. No changes are loaded yet.';
  return plural(
    changes,
    'Select what to filter by. 1 change is loaded.',
    (count) => `Select what to filter by. ${count} changes are loaded.`,
  );
}

export const filterHistoryKinds: Readonly<Record<HistoryFilterKind, string>> = {
  checkpoint: '$(package) Checkpoint…',
  project: '$(project) Project…',
  person: '$(person) Person…',
  time: '$(calendar) Time…',
};

/** The current value of a filter, already escaped. */
export function currentFilter(value: string): string {
  return `current: ${value}`;
}

export const filterHistoryValues: Readonly<
  Record<Exclude<HistoryFilterKind, 'time'>, { readonly placeHolder: string; readonly any: string }>
> = {
  checkpoint: { placeHolder: 'Select a checkpoint', any: '$(clear-all) Any checkpoint' },
  project: { placeHolder: 'Select a project', any: '$(clear-all) Any project' },
  person: { placeHolder: 'Select a person', any: '$(clear-all) Any person' },
};

/** Number of loaded changes with a filter value. `id` is already escaped, and empty if the label has it. */
export function valueInWords(id: string, changes: number): string {
  return metadata(
    id,
    changes === 0 ? 'no loaded changes' : plural(changes, '1 change', (count) => `${count} changes`),
  );
}

export const daysQuestion = {
  placeHolder: 'Select a date range',
  custom: 'Custom Range…',
  any: 'Any time',
  start: 'Start date (YYYY-MM-DD, UTC). Leave empty for no start date.',
  end: 'End date (YYYY-MM-DD, UTC). Leave empty for no end date.',
  noDate: 'Enter a date as YYYY-MM-DD.',
  endFirst: 'The end date is before the start date.',
};

export function lastDays(days: number): string {
  return `Last ${days} days`;
}

/** A failure to load the history, for the log. */
export function historyFailureInLog(error: unknown): string {
  return `Loading the history: ${explanationInWords(explain(error))}`;
}
