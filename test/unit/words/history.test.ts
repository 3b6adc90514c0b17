import assert from 'node:assert/strict';
import type { Change, ChangeNote } from '../../../src/access/evidence/history/change';
import type { HistorySnapshot } from '../../../src/access/evidence/history/history';
import { planGrants } from '../../../src/access/plan/plan';
import {
  changeFacts,
  changeNotesInWords,
  changeRow,
  daysInWords,
  filteredHistoryInWords,
  filterHistoryQuestion,
  hiddenForeignChanges,
  historyFailureInWords,
  historyFilterInWords,
  historyMessage,
  missingFrom,
  nothingRow,
  olderRow,
  personInWords,
  valueInWords,
  whoInWords,
} from '../../../src/words/history';
import { unreadableRecords } from '../../../src/words/undo';

const now = Date.parse('2026-11-21T15:00:00Z');
const at = Date.parse('2026-11-18T15:00:00Z');
const bot = 'ft:my-model-2025:org:support-bot:11111111';

const change: Change = { id: 'log/a', at, action: 'granted' };
const logged = { event: 'a', actor: { kind: 'user', id: 'ines@harbor.example' } } as const;
const { steps } = planGrants([bot], ['proj_a', 'proj_b']);
const own = { plan: 'plan-1', steps, by: 'ines', certainty: 'verified' } as const;

const events = [{ id: 'audit_log-1', type: 'checkpoint.permission.created', effective_at: at / 1000 }];

function history(more: Partial<HistorySnapshot>): HistorySnapshot {
  return {
    changes: [],
    log: { events, ending: { kind: 'complete' }, readAt: now, reading: false },
    ...more,
  };
}

function log(more: Partial<HistorySnapshot['log']>): HistorySnapshot {
  return history({ log: { events, ending: { kind: 'complete' }, readAt: now, reading: false, ...more } });
}

describe('the history in words', () => {
  it('says who it was', () => {
    const of = (...parts: Partial<Change>[]) => whoInWords(Object.assign({}, change, ...parts));
    assert.equal(of({ logged }), 'ines@harbor.example');
    assert.equal(
      of({ logged: { event: 'a', actor: { ...logged.actor, key: 'key_1' } } }),
      'ines@harbor.example by API key key_1',
    );
    assert.equal(
      of({ logged: { event: 'a', actor: { kind: 'serviceAccount', id: 'svc_1', key: 'key_1' } } }),
      'service account svc_1 by API key key_1',
    );
    assert.equal(
      of({ logged: { event: 'a', actor: { kind: 'key', id: 'key_1', key: 'key_1' } } }),
      'API key key_1',
    );
    assert.equal(of({ logged: { event: 'a' } }), 'Unknown user');
    assert.equal(of({ logged, own }), 'ines@harbor.example, on this computer (ines)');
    assert.equal(of({ logged, own: { ...own, by: '' } }), 'ines@harbor.example, on this computer');
    assert.equal(of({ own }), 'ines on this computer');
    assert.equal(of({ own: { ...own, by: '' } }), 'this computer');
    const perhaps = { ...own, certainty: 'perhaps' } as const;
    assert.equal(of({ own: perhaps }), 'perhaps ines on this computer');
    assert.equal(of({ logged, own: perhaps }), 'ines@harbor.example, perhaps on this computer (ines)');
    assert.equal(personInWords({ kind: 'account', id: 'ines' }), 'ines on this computer');
    assert.equal(personInWords({ kind: 'actor', id: 'user-1' }), 'user-1');
  });

  it('says how far a change is certain', () => {
    const notes: Readonly<Record<ChangeNote, string>> = {
      notConfirmed: 'accepted by the API, not confirmed',
      outcomeUnknown: 'sent without a response, may not have taken effect',
      maybeOfSomeoneElse: 'may be the same change that this computer sent without a response',
      perhapsOurs: 'perhaps made by this computer, perhaps by someone else at the same time',
      maybeOtherOrganization: 'made with a different admin API key, perhaps for another organization',
      originUnknown:
        'project and checkpoint unknown (the audit log has no earlier event for this permission)',
      originNotLoaded: 'project and checkpoint unknown (load older history to find the original grant)',
    };
    for (const [note, sentence] of Object.entries(notes))
      assert.deepEqual(changeNotesInWords([note as ChangeNote]), [sentence]);
  });

  it('says what is missing, in whole sentences', () => {
    assert.deepEqual(missingFrom(history({})), []);
    assert.deepEqual(missingFrom(log({ ending: { kind: 'unread' } })), [
      "The audit log isn't loaded, so only changes made on this computer are listed.",
    ]);
    assert.deepEqual(missingFrom({ ...log({ ending: { kind: 'more' } }), oldestLoggedAt: at }), [
      'The audit log is loaded only back to 2026-11-18T15:00:00Z. Older rows show only changes made on this computer.',
    ]);
    assert.deepEqual(missingFrom(log({ ending: { kind: 'more' } })), [
      'Only a part of the audit log is loaded. Older rows show only changes made on this computer.',
    ]);
    const incomplete = log({ ending: { kind: 'incomplete', reason: 'emptyPage' } });
    assert.deepEqual(missingFrom(incomplete), [
      'The audit log ends unexpectedly. The API reported more, but sent an empty page. Older rows show only changes made on this computer.',
    ]);
    assert.deepEqual(missingFrom({ ...incomplete, oldestLoggedAt: at }), [
      'The audit log ends unexpectedly at 2026-11-18T15:00:00Z. The API reported more, but sent an empty page. Older rows show only changes made on this computer.',
    ]);
    assert.deepEqual(missingFrom(history({ unreadableRecords: 2 })), [unreadableRecords(2)]);
    assert.deepEqual(missingFrom(history({ beforeChange: true, otherOrganizationPlans: 1 })), [
      "You sent a change after this was loaded, so that change isn't listed.",
      "1 change made on this computer isn't shown because it belongs to a different organization.",
    ]);
    const error = new Error('no such disk');
    assert.match(
      missingFrom(history({ journalFailure: error }))[0] ?? '',
      /^The change history on this computer couldn't be loaded\. /,
    );
    const failed = (during: 'newest' | 'older', readAt?: number) =>
      missingFrom(
        history({
          log: {
            events: [],
            ending: { kind: 'complete' },
            reading: false,
            failure: { error, during },
            ...(readAt !== undefined && { readAt }),
          },
        }),
      )[0] ?? '';
    assert.match(
      failed('newest'),
      /^The audit log couldn't be loaded, so only changes made on this computer are listed\. /,
    );
    assert.match(failed('newest', now), /^The newest events of the audit log couldn't be loaded\. /);
    assert.match(failed('older', now), /^Older events of the audit log couldn't be loaded\. /);
  });

  it('says how many changes are another organization’s', () => {
    assert.equal(
      hiddenForeignChanges(1),
      "1 change made on this computer isn't shown because it belongs to a different organization.",
    );
    assert.equal(
      hiddenForeignChanges(1250),
      "1,250 changes made on this computer aren't shown because they belong to a different organization.",
    );
  });

  it('says what it is filtered by', () => {
    const day = Date.parse('2026-03-04T00:00:00Z');
    const dayLength = 24 * 3600_000;
    assert.equal(daysInWords({}), '');
    assert.equal(daysInWords({ from: day }), 'since Mar 4, 2026 UTC');
    assert.equal(daysInWords({ to: day }), 'until Mar 3, 2026 UTC');
    assert.equal(daysInWords({ from: day, to: day + dayLength }), 'Mar 4, 2026 UTC');
    assert.equal(daysInWords({ from: day, to: day + 2 * dayLength }), 'Mar 4, 2026 to Mar 5, 2026 UTC');
    assert.equal(
      historyFilterInWords(
        { checkpoint: bot, project: 'proj_a', person: { kind: 'actor', id: 'ines' }, from: day },
        '“Berth planning”',
      ),
      'support-bot · “Berth planning” · by ines · since Mar 4, 2026 UTC',
    );
  });

  it('says how much a filter shows, and what it cannot decide', () => {
    const counts = { shown: 3, all: 1250, undecided: 4 };
    const person = { kind: 'actor', id: 'ines' } as const;
    assert.equal(
      filteredHistoryInWords('support-bot', { checkpoint: bot }, { ...counts, undecided: 0 }),
      'Filtered by support-bot: 3 of 1,250 shown. To show all, use Clear History Filter.',
    );
    assert.equal(
      filteredHistoryInWords('support-bot', { checkpoint: bot }, counts),
      'Filtered by support-bot: 3 of 1,250 shown. 4 hidden because their project or checkpoint is unknown. To show all, use Clear History Filter.',
    );
    assert.match(
      filteredHistoryInWords('by ines', { person }, counts),
      /4 hidden because their author is unknown\./,
    );
    assert.match(
      filteredHistoryInWords('by ines', { person, checkpoint: bot }, counts),
      /4 hidden because their project, checkpoint, or author is unknown\./,
    );
  });

  it('says above its rows which organization it is and how old the log is', () => {
    const loaded = log({ readAt: now - 3600_000 });
    const of = (label: string, isSample: boolean, snapshot: HistorySnapshot = loaded) =>
      historyMessage(snapshot, { label, isSample }, '', now);
    assert.equal(of('', false), 'Audit log loaded 1 hour ago.');
    assert.equal(of('Production', false), 'Organization: Production. Audit log loaded 1 hour ago.');
    assert.equal(
      of('', true),
      'Sample organization. All of its data is made up. Audit log loaded 1 hour ago.',
    );
    assert.equal(
      of('', false, { ...loaded, beforeChange: true }),
      'Audit log loaded 1 hour ago. You sent a change after this was loaded. Use Refresh History to see it.',
    );
  });

  it('Truth 25: says that logging may never have been turned on, if the whole log is empty', () => {
    const whole = log({ readAt: now, events: [] });
    const said = /Audit logging may never have been turned on\. .*data controls\.$/;
    assert.match(historyMessage(whole, { label: '', isSample: false }, '', now), said);
    assert.match(missingFrom(whole).join(' '), said);
    const part = log({ readAt: now, events: [], ending: { kind: 'more' } });
    for (const text of [
      historyMessage(part, { label: '', isSample: false }, '', now),
      missingFrom(part).join(' '),
      missingFrom(log({ events: [], ending: { kind: 'unread' } })).join(' '),
    ])
      assert.doesNotMatch(text, /never/);
  });

  it('has a row for a change, and one for a change of what is unknown', () => {
    const place = { project: 'Berth planning', checkpoint: 'support-bot' };
    const known = { ...change, origin: 'event' as const, project: 'proj_a', checkpoint: bot, logged };
    assert.deepEqual(changeRow(known, { who: 'ines', permission: 'cp_1', place }, true, now), {
      label: 'Berth planning · support-bot',
      description: 'granted 3 days ago · ines · cp_1',
      spoken: 'Granted 3 days ago: project Berth planning, checkpoint support-bot, by ines, permission cp_1',
    });
    const revoked = { ...change, action: 'revoked' as const, logged };
    const unknown = 'project and checkpoint unknown (load older history to find the original grant)';
    assert.deepEqual(changeRow(revoked, { who: 'ines', permission: 'cp_1' }, false, now), {
      label: 'cp_1',
      description: `revoked 3 days ago · ines · ${unknown}`,
      spoken: `Revoked 3 days ago: permission cp_1, by ines, ${unknown}`,
    });
    assert.equal(changeRow(revoked, { who: 'ines', permission: '' }, false, now).label, 'Unknown permission');
  });

  it('has all facts of a change for its tooltip', () => {
    const known = { ...change, origin: 'earlierEvent' as const, project: 'proj_a', checkpoint: bot };
    const [granted, ...rest] = changeFacts(
      { ...known, permission: 'cp_1', logged, own },
      'Berth planning',
      false,
      true,
      now,
    );
    assert.match(granted ?? '', /^Granted: .*2026.* \(3 days ago\)$/);
    assert.deepEqual(rest, [
      'By: ines@harbor.example, on this computer (ines)',
      'Project: Berth planning (proj_a)',
      `Checkpoint: ${bot}`,
      'Permission: cp_1',
      'Project and checkpoint: from an earlier audit log event',
      'Audit log event: a',
      'Change made on this computer: Grant 2 projects access to support-bot',
    ]);
    const nameless = changeFacts({ ...known, logged }, undefined, true, true, now);
    assert.ok(nameless.includes('Project ID: proj_a'));
    assert.ok(nameless.includes('Sample data: all of it is made up'));
  });

  it('has rows for what is older, for nothing and for failures', () => {
    assert.deepEqual(olderRow(at), {
      label: 'Load older history',
      description: 'log loaded back to Nov 18, 2026 UTC · below: only changes made on this computer',
      spoken:
        'Load older events of the audit log with one request. The log is loaded back to Nov 18, 2026 UTC. Rows below show only changes made on this computer.',
    });
    assert.equal(
      olderRow(undefined).description,
      'nothing loaded yet · below: only changes made on this computer',
    );
    assert.deepEqual(nothingRow({ filtered: true, whole: false }), {
      label: 'No matching changes',
      description: 'in the loaded part of the audit log',
      spoken: 'No change in the loaded part of the audit log matches the filter.',
    });
    assert.deepEqual(nothingRow({ filtered: false, whole: true }), {
      label: 'No access changes',
      description: 'in the entire audit log',
      spoken: 'The entire audit log has no access changes.',
    });
    assert.deepEqual(historyFailureInWords({ of: 'rest', reason: 'emptyPage' }), {
      title: 'The audit log ends here unexpectedly',
      next: 'Older rows show only changes made on this computer.',
      detail: 'The API reported more, but sent an empty page.',
    });
    const error = new Error('x');
    const title = (failure: Parameters<typeof historyFailureInWords>[0]) =>
      historyFailureInWords(failure).title;
    assert.equal(title({ of: 'newest', isFirst: true, error }), "The audit log couldn't be loaded");
    assert.equal(title({ of: 'newest', isFirst: false, error }), "The newest events couldn't be loaded");
    assert.equal(title({ of: 'older', error }), "Older events couldn't be loaded");
    assert.equal(title({ of: 'journal', error }), "The change history on this computer couldn't be loaded");
  });

  it('asks what to filter by, with how many changes there are', () => {
    assert.deepEqual([0, 1, 1250].map(filterHistoryQuestion), [
      'Select what to filter by. No changes are loaded yet.',
      'Select what to filter by. 1 change is loaded.',
      'Select what to filter by. 1,250 changes are loaded.',
    ]);
    assert.deepEqual(
      [0, 1, 1250].map((changes) => valueInWords('proj_a', changes)),
      ['proj_a · no loaded changes', 'proj_a · 1 change', 'proj_a · 1,250 changes'],
    );
    assert.equal(valueInWords('', 1), '1 change');
  });
});
