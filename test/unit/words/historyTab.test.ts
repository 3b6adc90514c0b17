import assert from 'node:assert/strict';
import {
  askedInWords,
  emptyLog,
  filteredSpoken,
  nothingShown,
  olderHeading,
  problemInWords,
  type ReachFacts,
  reachInWords,
  searchingInWords,
  shownInWords,
  undecidedInWords,
} from '../../../src/words/historyTab';

const now = Date.parse('2026-11-21T15:00:00Z');
const at = Date.parse('2026-11-18T15:00:00Z');
const part: ReachFacts = {
  now,
  loadedAt: now - 3600_000,
  isWhole: false,
  isEmpty: false,
  oldestAt: at,
  backTo: at,
  isOver: false,
};

describe('words: the History tab', () => {
  it('says how far the log is loaded', () => {
    const { loadedAt: _, oldestAt: __, ...unread } = part;
    assert.equal(
      reachInWords(unread, false),
      "The audit log isn't loaded. Only changes made on this computer are listed.",
    );
    assert.equal(
      reachInWords(part, false),
      'Audit log loaded 1 hour ago. It is loaded back to Nov 18, 2026 UTC.',
    );
    assert.equal(
      reachInWords({ ...part, isOver: true }, false),
      'Audit log loaded 1 hour ago. It is loaded back to Nov 18, 2026 UTC. The API returns no older events.',
    );
    assert.equal(
      reachInWords({ ...part, isWhole: true }, false),
      'Audit log loaded 1 hour ago. All of it is loaded.',
    );
    assert.equal(
      reachInWords({ ...part, isWhole: true, isEmpty: true }, true),
      `${emptyLog} Audit log loaded 1 hour ago.`,
    );
  });

  it('Truth 1: says how far back a filter is searched, and what the API was asked for', () => {
    const of = (more: Partial<ReachFacts>) =>
      reachInWords({ ...part, ...more }, true).replace(/^.*? ago\. /, '');
    assert.equal(of({}), 'Searched back to Nov 18, 2026 UTC.');
    assert.equal(of({ isOver: true }), 'The period of the filter is loaded.');
    const asked = { actors: ['user-1', 'key_2'] };
    assert.equal(
      of({ asked }),
      'Searched back to Nov 18, 2026 UTC. Older events are searched by asking the API for events by user-1 and key_2.',
    );
    assert.equal(
      of({ asked, isOver: true }),
      'Before Nov 18, 2026 UTC, the API was asked for events by user-1 and key_2, and returned all that it has.',
    );
  });

  it('says what the API is asked for', () => {
    assert.equal(askedInWords({}), 'events');
    assert.equal(askedInWords({ from: at }), 'events since Nov 18, 2026 UTC');
    assert.equal(askedInWords({ to: now }), 'events before Nov 21, 2026 UTC');
    assert.equal(
      askedInWords({ actors: ['user-1'], from: at, to: now }),
      'events by user-1 from Nov 18, 2026 UTC to before Nov 21, 2026 UTC',
    );
  });

  it('says how far a search is', () => {
    assert.equal(searchingInWords(undefined), 'Searching the audit log…');
    assert.equal(
      searchingInWords(at),
      'Searching older events of the audit log. Searched back to Nov 18, 2026 UTC…',
    );
  });

  it('Truth 1: heads what is only a part', () => {
    assert.equal(olderHeading(undefined, undefined), 'Only changes made on this computer');
    assert.equal(olderHeading(at, undefined), 'Before Nov 18, 2026 UTC: only changes made on this computer');
    assert.equal(
      olderHeading(at, { actors: ['user-1'] }),
      'Before Nov 18, 2026 UTC: only events by user-1, and changes made on this computer',
    );
    assert.equal(olderHeading(undefined, {}), 'Only events, and changes made on this computer');
  });

  it('Truth 1: says why nothing is shown, and claims no more than is loaded', () => {
    const { loadedAt: _, ...unread } = part;
    const of = (more: Partial<ReachFacts>, isFiltered = true) =>
      nothingShown({ ...part, ...more }, isFiltered, false);
    assert.equal(of({}), 'No change matches. Searched back to Nov 18, 2026 UTC.');
    assert.equal(of({ isWhole: true }), 'No change in the entire audit log matches.');
    assert.equal(of({ isOver: true }), 'No change in this period matches.');
    assert.equal(
      of({ isOver: true, asked: { actors: ['user-1'] } }),
      'No change matches. Before Nov 18, 2026 UTC, the API was asked for events by user-1, and returned all that it has.',
    );
    assert.equal(of({}, false), 'The loaded part of the audit log has no access changes.');
    assert.equal(of({ isWhole: true }, false), 'The entire audit log has no access changes.');
    assert.equal(
      nothingShown(unread, true, false),
      "No change made on this computer matches. The audit log isn't loaded.",
    );
    assert.equal(
      nothingShown(unread, false, true),
      "No change was made on this computer. The audit log isn't loaded.",
    );
    assert.equal(nothingShown({ ...part, isEmpty: true, isWhole: true }, true, true), emptyLog);
  });

  it('counts in whole sentences', () => {
    assert.deepEqual([shownInWords(1, 1), shownInWords(3, 1250)], ['1 change', '3 of 1,250 changes']);
    assert.equal(undecidedInWords(0), '');
    assert.match(undecidedInWords(1), /^1 change is hidden/);
    assert.match(filteredSpoken(2, 5, 3), /^2 of 5 changes\. 3 changes are hidden/);
  });

  it('says what failed in one line', () => {
    const failure = { title: "The audit log couldn't be loaded", next: 'Try again.' };
    assert.equal(problemInWords(failure), "The audit log couldn't be loaded. Try again.");
    assert.equal(
      problemInWords({ ...failure, detail: 'x' }),
      "The audit log couldn't be loaded. Try again. (x)",
    );
  });
});
