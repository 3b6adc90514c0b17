import assert from 'node:assert/strict';
import {
  allLoaded,
  checkpointsDone,
  explanationOfCheckpoint,
  failuresInWords,
  loadAllQuestion,
  loadMissingDetail,
  loadMissingQuestion,
  missingNotLoaded,
  nothingToLoad,
  projectsIncomplete,
  projectsLoaded,
} from '../../../src/words/loading';

const id = (name: string) => `ft:gpt-4.1:org:${name}:11111111`;

describe('loading in words', () => {
  it('asks before it loads everything, for one and several', () => {
    assert.equal(loadAllQuestion(1, 'x.', false).question, 'Load all permissions for 1 checkpoint?');
    assert.deepEqual(loadAllQuestion(9, 'At least 9 requests.', true), {
      question: 'Load all permissions for 9 checkpoints?',
      detail: [
        'At least 9 requests. Lists of more than 100 permissions take one more request for each further 100.',
        'Project names are loaded, too, with one request for each 100 projects.',
        'Other actions take priority. You can cancel anytime and keep what has loaded.',
      ].join('\n\n'),
    });
    assert.doesNotMatch(loadAllQuestion(9, 'x.', false).detail, /Project names/);
    assert.equal(nothingToLoad(0), 'Your checkpoint list is empty, so nothing was sent.');
    assert.equal(nothingToLoad(3), 'All permissions are already loaded, so nothing was sent.');
  });

  it('says how far it is and how it ended', () => {
    assert.equal(checkpointsDone(0, 1), '0 of 1 checkpoint');
    assert.equal(checkpointsDone(3, 1250), '3 of 1,250 checkpoints');
    assert.equal(allLoaded(1, 1, false), 'Loaded all permissions for 1 of 1 checkpoint');
    assert.equal(allLoaded(8, 9, false), 'Loaded all permissions for 8 of 9 checkpoints');
    assert.equal(allLoaded(0, 1, true), 'Canceled after loading all permissions for 0 of 1 checkpoint');
    assert.equal(allLoaded(3, 9, true), 'Canceled after loading all permissions for 3 of 9 checkpoints');
  });

  it('names the first that failed, and counts the rest', () => {
    const failed = (count: number) =>
      new Map(Array.from({ length: count }, (_, index) => [id(`bot-${index}`), undefined]));
    assert.equal(failuresInWords(failed(1)), 'bot-0: The list is incomplete.');
    assert.match(failuresInWords(failed(4)), /^bot-0: .* bot-2: .* 1 more failed\.$/);
    assert.match(failuresInWords(failed(6)), / 3 more failed\.$/);
    assert.match(failuresInWords(new Map([[id('bot'), new Error('x')]])), /^bot: [A-Z].*\.$/);
  });

  it('Truth 11: says which checkpoints could not be loaded for an export or a review', () => {
    const failed = new Map([1, 2, 3, 4, 5].map((index) => [id(`bot-${index}`), undefined]));
    assert.equal(
      missingNotLoaded(failed),
      "Permissions for 5 checkpoints couldn't be loaded. bot-1: The list is incomplete. bot-2: The list is incomplete. bot-3: The list is incomplete. 2 more failed.",
    );
    assert.match(
      missingNotLoaded(new Map([[id('bot'), undefined]])),
      /^Permissions for 1 checkpoint couldn't be loaded\. bot: /,
    );
    const explained = { what: 'The API failed (500)', next: 'Wait.' };
    assert.equal(explanationOfCheckpoint(id('bot'), explained), 'bot: The API failed (500). Wait.');
    assert.equal(explanationOfCheckpoint(undefined, explained), 'The API failed (500). Wait.');
  });

  it('asks before an export of what is not fully loaded', () => {
    assert.deepEqual([0, 1, 9].map(loadMissingQuestion), [
      "The list of projects isn't fully loaded.",
      "Permissions for 1 checkpoint aren't complete and up to date.",
      "Permissions for 9 checkpoints aren't complete and up to date.",
    ]);
    assert.equal(
      loadMissingDetail('At least 9 requests.'),
      [
        'At least 9 requests. Lists of more than 100 permissions take one more request for each further 100.',
        "Export Anyway marks what isn't loaded as unknown, and the file says what is missing.",
      ].join('\n\n'),
    );
  });

  it('says how many projects were loaded', () => {
    assert.equal(projectsLoaded(1, 0), 'Loaded 1 project');
    assert.equal(projectsLoaded(1, 1), 'Loaded 1 project, which is archived');
    assert.equal(projectsLoaded(1250, 0), 'Loaded 1,250 projects');
    assert.equal(projectsLoaded(9, 2), 'Loaded 9 projects, 2 of them archived');
    assert.equal(
      projectsIncomplete(1, 'canceled'),
      'Loaded 1 project, but the list is incomplete. Loading was canceled. Use Refresh Project Names to try again.',
    );
    assert.equal(
      projectsIncomplete(100, 'emptyPage'),
      'Loaded 100 projects, but the list is incomplete. The API reported more, but sent an empty page. Use Refresh Project Names to try again.',
    );
  });
});
