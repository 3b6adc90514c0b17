import assert from 'node:assert/strict';
import type { Change, ChangeNote } from '../../../src/access/evidence/history/change';
import type { HistorySnapshot } from '../../../src/access/evidence/history/history';
import { planGrants } from '../../../src/access/plan/plan';
import {
  changeFacts,
  changeNotesInWords,
  hiddenForeignChanges,
  historyFailureInWords,
  missingFrom,
  personInWords,
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
      originNotLoaded: 'project and checkpoint unknown (load older events to find the original grant)',
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

  it('says in an export what the API was asked for, and how far back', () => {
    const narrowed = {
      query: { actors: ['user-1', 'key_2'], to: at },
      log: { events: [], ending: { kind: 'more' as const }, reading: false, readAt: now },
      oldestAt: at - 3600_000,
    };
    const part = { ...log({ ending: { kind: 'more' } }), oldestLoggedAt: at, narrowed };
    assert.deepEqual(missingFrom(part), [
      'The audit log is loaded only back to 2026-11-18T15:00:00Z. Older rows show only events by user-1 and key_2 before 2026-11-18T15:00:00Z that the API returned, and changes made on this computer. These events are loaded only back to 2026-11-18T14:00:00Z.',
    ]);
    const over = { ...narrowed, log: { ...narrowed.log, ending: { kind: 'complete' as const } } };
    assert.doesNotMatch(missingFrom({ ...part, narrowed: over }).join(' '), /These events/);
    const error = new Error('no such network');
    const failed = { ...narrowed, log: { ...narrowed.log, failure: { error, during: 'older' as const } } };
    assert.match(
      missingFrom({ ...part, narrowed: failed })[1] ?? '',
      /^Older events of the audit log couldn't be loaded\. /,
    );
  });

  it('Truth 25: says that logging may never have been turned on, if the whole log is empty', () => {
    const said = /Audit logging may never have been turned on\. .*data controls\.$/;
    assert.match(missingFrom(log({ readAt: now, events: [] })).join(' '), said);
    for (const part of [
      log({ readAt: now, events: [], ending: { kind: 'more' } }),
      log({ events: [], ending: { kind: 'unread' } }),
    ])
      assert.doesNotMatch(missingFrom(part).join(' '), /never/);
  });

  it('has all facts of a change', () => {
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

  it('says what failed, and what to do', () => {
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
});
