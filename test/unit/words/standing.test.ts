import assert from 'node:assert/strict';
import { type Doubt, doubts, type Standing } from '../../../src/access/loading/standing';
import {
  doubtInWords,
  doubtsInWords,
  doubtsOrStateInWords,
  incompleteInWords,
  listInRow,
  permissionsInWords,
  projectListStandingInWords,
  projectsIncompleteInWords,
  projectsStandingInWords,
  standingInWords,
} from '../../../src/words/standing';

const now = Date.parse('2026-11-21T15:00:00Z');
const loadedAt = now - 3 * 3600_000;

function loaded(count: number, ...found: Doubt[]): Standing {
  const isComplete = !found.includes('moreToLoad') && !found.includes('brokenOff');
  return { state: 'loaded', count, isComplete, doubts: found, loadedAt, isLoading: false };
}

describe('how far a list can be trusted, in words', () => {
  /** Every doubt, for no, one and several permissions. */
  const sentences: Readonly<Record<Doubt, readonly [none: string, one: string, several: string]>> = {
    beforeYourChange: [
      'loaded before your last change',
      'loaded before your last change',
      'loaded before your last change',
    ],
    refreshFailed: [
      'the last refresh failed (loaded 3 hours ago)',
      'the last refresh failed (loaded 3 hours ago)',
      'the last refresh failed (loaded 3 hours ago)',
    ],
    beforeYourRefresh: [
      'not refreshed (loaded 3 hours ago)',
      'not refreshed (loaded 3 hours ago)',
      'not refreshed (loaded 3 hours ago)',
    ],
    brokenOff: [
      'list incomplete: no permissions loaded',
      'list incomplete: only 1 permission loaded',
      'list incomplete: only 1,250 permissions loaded',
    ],
    moreToLoad: ['no permissions loaded yet', 'only 1 permission loaded', 'only 1,250 permissions loaded'],
    old: ['loaded 3 hours ago', 'loaded 3 hours ago', 'loaded 3 hours ago'],
  };

  for (const doubt of doubts) {
    it(`says ${doubt} for none, one and several`, () =>
      assert.deepEqual(
        [0, 1, 1250].map((count) => doubtInWords[doubt](loaded(count, doubt), now)),
        sentences[doubt],
      ));
  }

  it('says first what matters most, and all of it where there is room', () => {
    const standing = loaded(100, 'beforeYourChange', 'moreToLoad');
    assert.equal(standingInWords(standing, now), 'loaded before your last change');
    assert.deepEqual(doubtsInWords(standing, now), [
      'loaded before your last change',
      'only 100 permissions loaded',
    ]);
  });

  it('never takes what is not loaded for an empty list', () => {
    const nothing = { count: 0, isComplete: false, doubts: [], isLoading: false };
    assert.equal(standingInWords({ ...nothing, state: 'notLoaded' }, now), 'not loaded');
    assert.equal(standingInWords({ ...nothing, state: 'failed' }, now), "couldn't be loaded");
    assert.deepEqual(listInRow({ ...nothing, state: 'failed' }, now), ["couldn't be loaded"]);
    assert.equal(standingInWords(loaded(0), now), '');
    assert.deepEqual(doubtsOrStateInWords({ ...nothing, state: 'notLoaded' }, now), ['not loaded']);
    assert.deepEqual(doubtsOrStateInWords({ ...nothing, state: 'failed' }, now), ["couldn't be loaded"]);
    assert.deepEqual(doubtsOrStateInWords(loaded(0), now), []);
    assert.deepEqual(doubtsOrStateInWords(loaded(3, 'old'), now), ['loaded 3 hours ago']);
  });

  it('has rows say how many permissions there are, once', () => {
    assert.deepEqual(listInRow(loaded(0), now), ['no permissions']);
    assert.deepEqual(listInRow(loaded(1), now), ['1 permission']);
    assert.deepEqual(listInRow(loaded(1250), now), ['1,250 permissions']);
    assert.deepEqual(listInRow(loaded(100, 'moreToLoad'), now), ['only 100 permissions loaded']);
    assert.deepEqual(listInRow(loaded(100, 'beforeYourChange', 'moreToLoad'), now), [
      '100+ permissions',
      'loaded before your last change',
    ]);
    assert.equal(permissionsInWords({ count: 1, isComplete: false }), '1+ permissions');
  });

  it('says why a list broke off', () => {
    assert.equal(incompleteInWords('emptyPage'), 'The API reported more, but sent an empty page.');
    assert.equal(incompleteInWords('changedWhileLoading'), 'The list changed while it was loading.');
    assert.equal(projectsIncompleteInWords('canceled'), 'Loading was canceled.');
    assert.equal(projectsIncompleteInWords('failed'), "A further page couldn't be loaded.");
    assert.equal(
      projectsIncompleteInWords('repeatedPage'),
      'The API reported more, but repeated what it had sent.',
    );
  });

  it('says the same of the list of projects', () => {
    const projects = { state: 'loaded', isComplete: true, doubts: [], loadedAt, isLoading: false } as const;
    assert.equal(projectsStandingInWords({ ...projects, count: 5 }, now), '');
    assert.deepEqual(
      [0, 1, 1250].map((count) =>
        projectsStandingInWords({ ...projects, count, doubts: ['incomplete'] }, now),
      ),
      [
        'list incomplete: no projects loaded',
        'list incomplete: only 1 project loaded',
        'list incomplete: only 1,250 projects loaded',
      ],
    );
    assert.equal(
      projectsStandingInWords({ ...projects, count: 5, doubts: ['refreshFailed'] }, now),
      'the last refresh failed (loaded 3 hours ago)',
    );
    assert.equal(projectsStandingInWords({ ...projects, count: 0, state: 'notLoaded' }, now), 'not loaded');
    assert.equal(
      projectsStandingInWords({ ...projects, count: 0, state: 'failed' }, now),
      "couldn't be loaded",
    );
  });

  it('names the list of projects once inside a sentence', () => {
    const projects = { state: 'loaded', isComplete: false, doubts: [], loadedAt, isLoading: false } as const;
    assert.equal(
      projectListStandingInWords({ ...projects, count: 2, doubts: ['incomplete'] }, now),
      'project list incomplete: only 2 projects loaded',
    );
    assert.equal(
      projectListStandingInWords({ ...projects, count: 0, state: 'failed' }, now),
      "project list couldn't be loaded",
    );
  });
});
