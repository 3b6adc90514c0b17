import assert from 'node:assert/strict';
import { isPhrase, tokensOf, wordsIn } from './tokens';

function strings(source: string): string[] {
  return tokensOf(source)
    .filter(({ kind }) => kind === 'string')
    .map(({ text }) => text);
}

function comments(source: string): string[] {
  return tokensOf(source)
    .filter(({ kind }) => kind === 'comment')
    .map(({ text }) => text);
}

describe('the tokens of source text', () => {
  it('are strings in either quote, with their escapes', () =>
    assert.deepEqual(strings(String.raw`f('a\'b', "c'd", '')`), [String.raw`a\'b`, "c'd", '']));

  it('are templates with a mark where something is put in, before the strings that are in there', () => {
    const source = `a(\`x \${n === 1 ? 'one' : \`\${n} of \${{ a: '}' }.a}\`} y\`, 'z')`;
    assert.deepEqual(strings(source), ['x {…} y', 'one', '{…} of {…}', '}', 'z']);
  });

  it('are comments, whose apostrophes begin no string', () => {
    const source = "// it's\nconst a = 'b'; /* don't\n */ const c = 'd // no comment';";
    assert.deepEqual(strings(source), ['b', 'd // no comment']);
    assert.deepEqual(comments(source), ["// it's", "/* don't\n */"]);
  });

  it('are no regular expressions, in which quotes and slashes may stand', () => {
    const source = "return /[\"'/]\\/'/.test(a) ? 'b' : c / 2 / d; const e = [/'/g, 'f'];";
    assert.deepEqual(strings(source), ['b', 'f']);
    assert.deepEqual(comments(source), []);
  });

  it('know their line', () =>
    assert.deepEqual(
      tokensOf("'a';\n// b\n`c\nd`").map(({ line }) => line),
      [1, 2, 3],
    ));

  it('end with the source or fail', () => {
    for (const source of ["'a\n'", '`a', "`${'a'", 'a = /b\n/'])
      assert.throws(() => tokensOf(source), /has no end/);
  });
});

describe('a phrase', () => {
  it('has two words or more, which are no names, numbers or places', () => {
    assert.deepEqual(wordsIn('Can\'t load "all" of {…} (10 more) · src/a.ts'), [
      "Can't",
      'load',
      '"all"',
      'of',
      'more)',
    ]);
    for (const text of ['Not loaded', '{…} of {…} checkpoints', 'No checkpoints.'])
      assert.ok(isPhrase(text), text);
    for (const text of ['loaded', '{…} checkpoints', 'a.b c_d', './a', 'user:1 {…}px'])
      assert.ok(!isPhrase(text), text);
  });

  it('is in HTML what a person sees of it', () => {
    assert.ok(!isPhrase('<div class="a b c" id="d"><p>{…}</p>Stop</div>'));
    assert.ok(isPhrase('<button class="a">Swap Rows</button>'));
    assert.ok(isPhrase('<button aria-label="Swap Rows">{…}</button>'));
  });
});
