import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { type JSONNode, readJSON } from '../../../../src/access/accessFile/readJSON';
import { atOnce } from '../../../../src/access/slices';

const deepest = 12;

/** What the package's own reader makes of a text; undefined where it finds a mistake. */
function expected(text: string): unknown {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return root && errors.length === 0 ? shapeOf(root) : undefined;
}

function shapeOf({ type, value, offset, length, children = [] }: Node): unknown {
  if (type === 'array') return { kind: type, offset, length, items: children.map(shapeOf) };
  if (type === 'null') return { kind: type, offset, length };
  if (type !== 'object') return { kind: type, value, offset, length };
  const members = children.map((property) => {
    const [key, of] = property.children ?? [];
    assert.ok(key && of);
    return { key: shapeOf(key), value: shapeOf(of) };
  });
  return { kind: type, offset, length, members };
}

function read(text: string): JSONNode | undefined {
  const reading = atOnce(readJSON(text, deepest));
  if ('root' in reading) return reading.root;
  const { offset, length } = reading.place;
  assert.ok(offset >= 0 && offset + length <= text.length, text);
  return undefined;
}

/** Pieces of JSON with comments in any order, so that nearly right texts come up. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"__proto__"',
        '"\\u202e"',
        '"\\x"',
        '"',
        '1',
        '-',
        '1.',
        '1e5',
      ],
      ...[
        'true',
        'null',
        'nul',
        '// c\n',
        '/* c */',
        '/*',
        '\n',
        '\r\n',
        ' ',
        '\u0001',
        '"a": 1',
        '"a": [],',
      ],
    ),
    { maxLength: 12 },
  )
  .map((all) => all.join(''));

describe('JSON with comments', () => {
  it('is read as jsonc-parser does, value by value and place by place', () => {
    let valid = 0;
    const check = (text: string): void => {
      const root = expected(text);
      if (root !== undefined) valid += 1;
      assert.deepEqual(read(text), root, text);
    };
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), check), { numRuns: 300 });
    fc.assert(fc.property(pieces, check), { numRuns: 3000 });
    fc.assert(
      fc.property(fc.array(pieces), fc.boolean(), (all, isObject) => {
        check(isObject ? `{${all.map((each) => `"k": ${each || 0}`).join(',')}}` : `[${all.join(',')}]`);
      }),
      { numRuns: 1000 },
    );
    assert.ok(valid > 300);
  });

  it('has a bounded depth, and one mistake, the first', () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    assert.ok('root' in atOnce(readJSON(nested(deepest), deepest)));
    const reading = atOnce(readJSON(nested(100_000), deepest));
    assert.deepEqual(reading, { fault: 'tooDeep', place: { offset: deepest, length: 1 } });
    assert.deepEqual(atOnce(readJSON('{"a" 1, "b" 2}', deepest)), {
      fault: 'colonExpected',
      place: { offset: 5, length: 1 },
    });
  });
});
