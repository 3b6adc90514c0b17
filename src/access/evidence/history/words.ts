import { explain, inWords } from '../../explain';
import { parseCheckpointId, shortName } from '../../ids/checkpointId';
import type { Actor } from './actor';
import type { Change, OwnPart } from './change';
import type { HistorySnapshot } from './history';

// Texts of servers and persons come out of here as they are: whoever shows them makes them safe.

/** Who it was, as far as anybody says: `ines@… by API key key_…, by this computer`. */
export function whoInWords({ logged, own }: Change): string {
  const actor = logged?.actor;
  const parts = [
    actor ? actorInWords(actor) : logged ? 'somebody whom the log does not name' : '',
    own ? (own.by ? `by this computer (${own.by})` : 'by this computer') : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function actorInWords({ name, key }: Actor): string {
  return key === undefined || name.endsWith(key) ? name : `${name} by API key ${key}`;
}

const notVerified: Readonly<Record<OwnPart['certainty'], string>> = {
  verified: '',
  accepted: 'accepted by the server, not read back',
  'not known': 'sent, without an answer: whether it took effect is not known',
};

/** What is to be said of how far a change is sure or known; empty as a rule. `logIsWhole`: the log was read to its end. */
export function doubtsOf(change: Change, logIsWhole: boolean): string {
  const { logged, own, origin } = change;
  const doubts: string[] = [];
  if (own && !logged) doubts.push(notVerified[own.certainty]);
  // What this organization's own log tells of is certainly of it.
  if (own?.perhapsOfAnother && !logged)
    doubts.push('done with another admin API key, perhaps of another organization');
  if (own?.certainty === 'not known' && logged)
    doubts.push('this computer sent such a change without an answer; whether it was this one is not known');
  if (origin === undefined) {
    doubts.push(
      logIsWhole
        ? 'project and checkpoint not known: the log has no earlier event of this permission'
        : 'project and checkpoint not known yet: what was read of the log has no earlier event of this permission',
    );
  }
  return doubts.filter(Boolean).join('; ');
}

/** A checkpoint's short name, or its id where that says nothing shorter. */
export function checkpointName(id: string): string {
  const parsed = parseCheckpointId(id);
  return parsed ? shortName(parsed) : id;
}

/** A day, such as `4 Mar 2026`, in UTC. */
export function dayInWords(moment: number): string {
  return days.format(moment);
}

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** What is missing from a history and why, a sentence each; empty when it is whole. */
export function missingFrom({
  log,
  loggedBackTo,
  beforeChange,
  journalFailure,
  ofAnother,
}: HistorySnapshot): string[] {
  const missing: string[] = [];
  const older = 'older rows are only what this computer changed.';
  const upTo = loggedBackTo === undefined ? '' : ` back to ${dayInWords(loggedBackTo)}`;
  if (log.failure) {
    const why = inWords(explain(log.failure.error));
    const what =
      log.readAt === undefined
        ? 'The audit log could not be read, so only what this computer changed is told'
        : log.failure.during === 'newest'
          ? 'The newest events of the audit log could not be read'
          : 'Older events of the audit log could not be read';
    missing.push(`${what}: ${why}`);
  } else if (log.ending.kind === 'unread') {
    missing.push('The audit log was not read, so only what this computer changed is told.');
  }
  if (log.ending.kind === 'more') missing.push(`The audit log was read only${upTo}; ${older}`);
  if (log.ending.kind === 'incomplete')
    missing.push(`The audit log broke off${upTo}, because ${log.ending.reason}; ${older}`);
  if (beforeChange) missing.push('A change was sent after this was read, and is not part of it.');
  if (ofAnother) missing.push(ofAnotherInWords(ofAnother));
  if (journalFailure !== undefined)
    missing.push(`The journal of this computer could not be read: ${inWords(explain(journalFailure))}`);
  return missing;
}

/** What is not told because it is another organization's, as a sentence. */
export function ofAnotherInWords(plans: number): string {
  const what = plans === 1 ? '1 change' : `${plans} changes`;
  return `${what} of this computer ${plans === 1 ? 'is' : 'are'} not shown: made in another organization or at another address, with the key that was saved here before.`;
}
