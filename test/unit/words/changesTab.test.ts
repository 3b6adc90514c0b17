import assert from 'node:assert/strict';
import * as words from '../../../src/words/changesTab';
import { reviewChanges } from '../../../src/words/matrix';

describe('the words of the Changes tab', () => {
  it('are whole sentences and labels for each number', () => {
    const table: [(count: number) => string, string, string][] = [
      [words.applyChanges, 'Apply 1 Change', 'Apply 1,200 Changes'],
      [words.retryChanges, 'Retry 1 Change', 'Retry 1,200 Changes'],
      [reviewChanges, 'Review 1 Change…', 'Review 1,200 Changes…'],
      [
        words.stagedBesides,
        "1 staged change isn't part of this plan. It stays staged.",
        "1,200 staged changes aren't part of this plan. They stay staged.",
      ],
      [
        words.hiddenChanges,
        '1 change is hidden by the search and stays part of the plan.',
        '1,200 changes are hidden by the search and stay part of the plan.',
      ],
      [(count) => words.selectedOf(0, count), '0 of 1 change selected', '0 of 1,200 changes selected'],
      [
        (count) => words.planShown('Undo', count),
        'Undo. 1 change to review.',
        'Undo. 1,200 changes to review.',
      ],
    ];
    for (const [inWords, one, many] of table) assert.deepEqual([inWords(1), inWords(1200)], [one, many]);
    assert.equal(words.stagedBesides(0), '');
    assert.equal(words.hiddenChanges(0), '');
    assert.equal(reviewChanges(0), 'Review Changes…');
  });

  it('say what became of a change, with its reason, and aloud without its mark', () => {
    const table: [words.StateOfChange, string, string][] = [
      ['toSend', 'not sent yet', 'not sent yet'],
      ['sending', '… sending', 'sending'],
      ['answered', '… sent, being confirmed', 'sent, being confirmed'],
      ['done', '✓ confirmed', 'confirmed'],
      ['others', '✓ in effect, made by someone else', 'in effect, made by someone else'],
      ['perhapsUs', '✓ in effect, perhaps made by someone else', 'in effect, perhaps made by someone else'],
      ['unverified', '? not confirmed yet', 'not confirmed yet'],
      ['failed', '✗ failed', 'failed'],
      ['unknown', '? unknown', 'unknown'],
      ['notSent', '– not sent', 'not sent'],
    ];
    for (const [state, shown, aloud] of table) {
      assert.equal(words.stateInWords(state, ''), shown);
      assert.equal(words.spokenState(state, ''), aloud);
    }
    assert.equal(words.stateInWords('failed', 'The key is gone.'), '✗ failed: The key is gone.');
    assert.equal(words.stateInWords('notSent', 'Not sent. The key is gone.'), '– Not sent. The key is gone.');
    assert.equal(words.spokenState('failed', 'The key is gone.'), 'failed: The key is gone.');
  });

  it('say what speaks for and against a change before it is sent', () => {
    assert.equal(words.noteInWords('grant', 'perhapsUs'), 'perhaps revoked by someone else');
    assert.equal(words.noteInWords('revoke', 'perhapsUs'), 'perhaps granted by someone else');
    assert.equal(
      words.noteInWords('grant', 'inEffect'),
      'already in effect, checked again before anything is sent',
    );
    assert.equal(
      words.noteInWords('revoke', 'undecided'),
      "access isn't fully loaded, checked before anything is sent",
    );
    assert.equal(words.impossible('It is archived.'), "can't be done: It is archived.");
    assert.equal(words.checkFirst('It owns the model.'), 'check first: It owns the model.');
  });

  it('name a permission, with its day where that is known', () => {
    assert.equal(words.permissionGranted('cp_1', undefined), 'cp_1');
    assert.match(words.permissionGranted('cp_1', 1_700_000_000), /^cp_1 · granted Nov 14, 2023 UTC$/);
    assert.equal(words.permissionGranted('cp_1', 0), 'cp_1 · granted an unknown day');
  });
});
