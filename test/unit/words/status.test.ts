import assert from 'node:assert/strict';
import { statusInWords } from '../../../src/words/status';

describe('words: the status bar', () => {
  it('names the organization, and says in whole sentences what a click does', () => {
    const none = statusInWords('Acme Production', 0);
    assert.equal(none.text, 'Acme Production');
    assert.equal(
      none.tooltip,
      'Checkpoint Permissions shows the organization “Acme Production”. Select to switch organizations.',
    );
    assert.equal(none.spoken, none.tooltip);
  });

  it('counts what is staged', () => {
    const one = statusInWords('Acme', 1);
    assert.equal(one.text, 'Acme · 1 staged');
    assert.match(one.tooltip, / 1 change is staged\. Nothing is sent until you apply it\. /);
    const many = statusInWords('Acme', 1234);
    assert.equal(many.text, 'Acme · 1,234 staged');
    assert.match(many.spoken, / 1,234 changes are staged\. Nothing is sent until you apply them\. /);
  });

  it('shows a hostile name as one short line, without an icon', () => {
    const { text, tooltip } = statusInWords(`$(sync~spin)\n\u202eevil ${'x'.repeat(500)}`, 2);
    for (const each of [text, tooltip]) {
      assert.doesNotMatch(each, /\$\(/);
      assert.doesNotMatch(each, /[\n\u202e]/);
    }
    assert.ok(text.length < 60, text);
    assert.ok(tooltip.length < 400, tooltip);
  });
});
