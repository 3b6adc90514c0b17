import type { Actor } from '../access/evidence/history/actor';
import { type Change, type LocalRecord, notesOn, type Origin } from '../access/evidence/history/change';
import type { HistorySnapshot } from '../access/evidence/history/history';
import type { IncompleteReason } from '../openai';
import { ago, exactly, isDate, isoMoment } from '../text/dates';
import { sentences, spoken } from '../text/lists';
import { plural } from '../text/numbers';
import { explain, explanationInWords } from './errors';
import { askedInWords, changeNotesInWords, emptyLog, personInWords } from './historyTab';
import { sampleFact } from './sample';
import { incompleteInWords } from './standing';
import { recordedPlan, unreadableRecords } from './undo';

export { changeNotesInWords, emptyLog, personInWords };

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
    narrowed,
  } = history;
  const missing: string[] = [];
  const older = olderRows(history);
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
  if (narrowed?.log.failure)
    missing.push(
      sentences(
        "Older events of the audit log couldn't be loaded.",
        explanationInWords(explain(narrowed.log.failure.error)),
      ),
    );
  if (narrowed?.log.ending.kind === 'incomplete')
    missing.push(
      sentences('The audit log ends unexpectedly.', incompleteInWords(narrowed.log.ending.reason)),
    );
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

/** What the rows before the loaded part of the log are. */
function olderRows({ narrowed }: HistorySnapshot): string {
  if (!narrowed) return 'Older rows show only changes made on this computer.';
  const { query, log, oldestAt } = narrowed;
  const rows = `Older rows show only ${askedInWords(query, isoMoment)} that the API returned, and changes made on this computer.`;
  if (log.ending.kind === 'complete' || oldestAt === undefined) return rows;
  return sentences(rows, `These events are loaded only back to ${isoMoment(oldestAt)}.`);
}

/** A change was sent after the history was loaded. */
export const sentBeforeChange = 'You sent a change after this was loaded. Use Load New Events to see it.';

/** Plans that are not listed because they belong to another organization. */
export function hiddenForeignChanges(plans: number): string {
  return plural(
    plans,
    "1 change made on this computer isn't shown because it belongs to a different organization.",
    (changes) =>
      `${changes} changes made on this computer aren't shown because they belong to a different organization.`,
  );
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

/** A failure to load the history, for the log. */
export function historyFailureInLog(error: unknown): string {
  return `Loading the history: ${explanationInWords(explain(error))}`;
}
