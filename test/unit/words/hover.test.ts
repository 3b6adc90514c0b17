import assert from 'node:assert/strict';
import {
  accessUnknown,
  foundLine,
  hoverLinks,
  inListInWords,
  kindOfCheckpoint,
} from '../../../src/words/hover';

const now = Date.UTC(2026, 10, 21, 12);

describe('the words of hovers', () => {
  it('say what an ID is and where it was found', () => {
    assert.equal(kindOfCheckpoint(undefined), 'fine-tuned model');
    assert.equal(kindOfCheckpoint(8), 'checkpoint of a fine-tuned model');
    assert.equal(inListInWords(true, 'Test'), 'In your checkpoint list for Test');
    assert.equal(inListInWords(false, 'Test'), 'Not in your checkpoint list for Test');
    assert.equal(
      foundLine('found in the audit log', now - 2 * 3_600_000, now),
      'found in the audit log 2 hours ago',
    );
  });

  it('say why access is unknown', () => {
    assert.equal(accessUnknown.none('Test'), 'Access unknown: no admin API key is set for Test.');
    assert.equal(accessUnknown.keyGone('Test'), 'Access unknown: the saved admin API key of Test is gone.');
    assert.equal(
      accessUnknown.elsewhere('https://a.test', 'https://b.test'),
      "Access unknown: the saved admin API key is for https://a.test, so it isn't sent to https://b.test.",
    );
    assert.equal(accessUnknown.problem('The keyring is locked'), 'Access unknown: The keyring is locked');
  });

  it('have nothing in their links that means anything to Markdown', () => {
    for (const text of Object.values(hoverLinks).flat()) assert.doesNotMatch(text, /[[\]()"<>`*_\\]/);
  });
});
