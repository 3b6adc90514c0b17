import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { escapeForMessage } from '../../../src/text/plainText';
import { rememberKey } from '../../../src/text/redact';
import { asCode, asMarkdown, table } from '../../../src/views/markdown/escape';
import { hostileNames, rendered } from './rendered';

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('text from a server as Markdown', () => {
  const harmless = new Set(['paragraph', 'text', 'escape', 'codespan']);

  function assertShowsOnlyItself(text: string): void {
    const shown = rendered(`x ${asMarkdown(text)}`);
    assert.equal(squeezed(shown.text), squeezed(`x ${escapeForMessage(text)}`));
    assert.deepEqual(shown.targets, []);
    for (const kind of shown.kinds) assert.ok(harmless.has(kind), `${kind} of ${text}`);
    // Icons are replaced in the rendered text, without its escapes.
    assert.doesNotMatch(shown.text, /\$\(/);
  }

  for (const name of hostileNames) {
    it(`shows ${JSON.stringify(name)} as it reads`, () => {
      assertShowsOnlyItself(name);
      const alone = rendered(asMarkdown(name));
      assert.deepEqual(alone.targets, []);
      for (const kind of alone.kinds) assert.ok(harmless.has(kind), kind);
      const cells = table(['a', 'b'], [[asMarkdown(name), asCode(name)]]);
      const rows = rendered(cells).text.split('\n');
      assert.equal(rows.length, 2);
      assert.equal(
        squeezed(rows[1] ?? ''),
        squeezed(`${escapeForMessage(name)} | ${escapeForMessage(name)}`),
      );
    });
  }

  it('shows any text as it reads', () => {
    const mark = fc.constantFrom(...'\\`*_{}[]()#+-.!|~<>&$:/@=^"\',;?% \n\tab1é'.split(''));
    const word = fc.constantFrom(
      'http://',
      'www.',
      'evil.com',
      'command:x',
      '&amp;',
      '](',
      '<b>',
      'a_b_c',
      '1.',
    );
    void fc.assert(
      fc.property(fc.array(fc.oneof(mark, word, fc.string()), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        assertShowsOnlyItself(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads well as it is where it is harmless', () => {
    assert.equal(asMarkdown("Berth-planning, the harbour's own."), "Berth-planning, the harbour's own.");
    assert.equal(asMarkdown('sk-sales-emea'), 'sk-sales-emea');
    assert.equal(asCode('ft:gpt-4.1:acme:a_b:B7R9VjQd'), '`ft:gpt-4.1:acme:a_b:B7R9VjQd`');
  });

  it('gives no key away', () => {
    const key = ['sk', 'admin', 'canary123'].join('-');
    rememberKey(key);
    for (const shown of [asMarkdown(`a ${key} b`), asCode(key)]) assert.ok(!shown.includes('canary'), shown);
  });

  it('is cut where it is long, and a table without rows is nothing', () => {
    assert.ok(asMarkdown('x'.repeat(10_000)).length <= 500);
    assert.equal(table(['a'], []), '');
  });
});
