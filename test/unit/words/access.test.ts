import assert from 'node:assert/strict';
import type { Standing } from '../../../src/access/loading/standing';
import {
  accessInWords,
  accessNotes,
  checkedAccess,
  firstWithAccess,
  reliabilityInWords,
} from '../../../src/words/access';
import { explain } from '../../../src/words/errors';

const now = Date.UTC(2026, 2, 3, 12);
const minute = 60_000;

function loaded(count: number, more: Partial<Standing> = {}): Standing {
  return {
    state: 'loaded',
    count,
    isComplete: true,
    doubts: [],
    loadedAt: now - 3 * minute,
    isLoading: false,
    ...more,
  };
}
const part: Partial<Standing> = { isComplete: false, doubts: ['moreToLoad'] };
const notLoaded: Standing = {
  state: 'notLoaded',
  count: 0,
  isComplete: false,
  doubts: [],
  isLoading: false,
};

describe('the words for who has access', () => {
  const sentences: readonly (readonly [Standing, number, string])[] = [
    [notLoaded, 0, 'Access not loaded'],
    [{ ...notLoaded, state: 'failed' }, 0, "Access couldn't be loaded"],
    [loaded(0), 0, 'No permissions: not shared with any project'],
    [loaded(0, part), 0, 'No permissions loaded, but there may be some'],
    [loaded(1), 1, '1 project has access'],
    [loaded(3), 3, '3 projects have access'],
    [loaded(10_000), 10_000, '10,000 projects have access'],
    [loaded(2), 1, '1 project has access through 2 permissions'],
    [loaded(3), 2, '2 projects have access through 3 permissions'],
    [loaded(1, part), 1, '1+ projects have access'],
    [loaded(100, part), 100, '100+ projects have access'],
    [loaded(100, part), 99, '99+ projects have access through 100+ permissions'],
  ];
  for (const [standing, projects, sentence] of sentences) {
    it(sentence, () => assert.equal(accessInWords(standing, projects), sentence));
  }

  it('say how far that can be trusted: every doubt, and the age once', () => {
    assert.deepEqual(reliabilityInWords(notLoaded, now), []);
    assert.deepEqual(reliabilityInWords(loaded(3), now), ['loaded 3 minutes ago']);
    assert.deepEqual(reliabilityInWords(loaded(100, part), now), [
      'only 100 permissions loaded',
      'loaded 3 minutes ago',
    ]);
    assert.deepEqual(reliabilityInWords(loaded(3, { doubts: ['beforeYourChange', 'refreshFailed'] }), now), [
      'loaded before your last change',
      'the last refresh failed (loaded 3 minutes ago)',
    ]);
    assert.deepEqual(reliabilityInWords(loaded(3, { doubts: ['old'] }), now), ['loaded 3 minutes ago']);
  });

  it('say why, and what to do', () => {
    const error = new Error('broken');
    const { what, next } = explain(error);
    assert.deepEqual(accessNotes(loaded(3)), []);
    assert.deepEqual(accessNotes({ ...notLoaded, state: 'failed', failure: { error, during: 'read' } }), [
      `${what}.`,
      next,
    ]);
    assert.deepEqual(accessNotes(loaded(3, { failure: { error, during: 'read' } })), [`${what}.`, next]);
    assert.deepEqual(accessNotes(loaded(100, { ...part, failure: { error, during: 'readMore' } })), [
      "More permissions couldn't be loaded.",
      `${what}.`,
      next,
    ]);
    assert.deepEqual(accessNotes(loaded(3, { brokenOff: 'emptyPage', isLoading: true })), [
      'The API reported more, but sent an empty page.',
      'Permissions are loading.',
    ]);
  });

  it('name the first projects', () => {
    assert.equal(firstWithAccess([], 0, false), '');
    assert.equal(firstWithAccess([], 0, true), '');
    assert.equal(firstWithAccess(['a'], 1, false), 'a');
    assert.equal(firstWithAccess(['a', 'b'], 2, false), 'a and b');
    assert.equal(firstWithAccess(['a', 'b'], 2, true), 'a, b, and maybe more');
    assert.equal(firstWithAccess(['a', 'b'], 1202, false), 'a, b, and 1,200 more');
    assert.equal(firstWithAccess(['a', 'b'], 100, true), 'a, b, and 98+ more');
  });

  it('are the result of a check', () => {
    const summary = '3 projects have access';
    assert.equal(
      checkedAccess(
        'support-bot',
        { summary, owner: 'owner unknown', standing: loaded(3, { loadedAt: now }) },
        'a, b, and c',
        now,
      ),
      'support-bot: 3 projects have access · loaded just now · owner unknown. Projects: a, b, and c.',
    );
    assert.equal(
      checkedAccess(
        'support-bot',
        { summary: 'Access not loaded', owner: 'owner Berth planning', standing: notLoaded },
        '',
        now,
      ),
      'support-bot: Access not loaded · owner Berth planning.',
    );
  });
});
