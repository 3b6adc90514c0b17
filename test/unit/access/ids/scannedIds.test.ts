import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseCheckpointId, whyRefused } from '../../../../src/access/ids/checkpointId';
import { isStrictId, longestId, scannedIdAt, scannedIds } from '../../../../src/access/ids/scannedIds';

/** The pattern of docs/api.md#how-ids-are-found-in-text. */
const reference =
  /(?<![A-Za-z0-9_-])ft:[a-z0-9][a-z0-9._-]*:[A-Za-z0-9._-]+:[A-Za-z0-9._-]{0,64}:[A-Za-z0-9]{8}(?::ckpt-step-\d+)?(?![A-Za-z0-9_-]|:[A-Za-z0-9])/g;

const final = 'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd';
const step = 'ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR:ckpt-step-16';
const legacy = 'davinci:ft-acme-2023-08-24-16-25-55';
const azure = `gpt-4o-mini-2024-07-18.ft-${'0123456789abcdef'.repeat(2)}`;

const ids = (text: string) => scannedIds(text).map(({ id }) => id);

describe('ids in a text', () => {
  for (const [text, expected] of [
    [final, [final]],
    [step, [step]],
    [`model = "${step}"`, [step]],
    [`openai/${final}`, [final]],
    [`openai:${final}`, [final]],
    [`See ${final}.`, [final]],
    [`(${final}, ${step})`, [final, step]],
    [`[x](${final})`, [final]],
    [`${final}:`, [final]],
    [`\u00e9${final}\u{1f600}`, [final]],
    [`model=${legacy};`, [legacy]],
    ['curie:ft-acme:my-name-2022-02-15-04-21-04', ['curie:ft-acme:my-name-2022-02-15-04-21-04']],
    [`azure/${azure}`, [azure]],
    [`${azure}-my-suffix!`, [`${azure}-my-suffix`]],
  ] as const) {
    it(`are found in ${text}`, () => assert.deepEqual(ids(text), expected));
  }

  for (const text of [
    'draft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd',
    'ft:gpt-4.1:org',
    'ft:gpt-4.1:org:',
    'ft:gpt-4.1:org::short',
    `${final}x`,
    `${final}_`,
    `${final}:more`,
    `${final}:ckpt-step-`,
    `_${final}`,
    'FT:gpt-4o-mini:acme::B7R9VjQd',
    'left-hand-2023-08-24-16-25-55',
    'davinci:ft-acme',
    'ftckpt_abc',
    `.ft-${'0'.repeat(32)}`,
    `gpt-4o.ft-${'0'.repeat(31)}`,
    '',
  ]) {
    it(`are not found in “${text}”`, () => assert.deepEqual(ids(text), []));
  }

  it('are told apart by kind, each with its reason for not being managed', () => {
    const found = scannedIds(`${azure} ${legacy} ${step}`);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['azure', 'legacy', 'checkpoint'],
    );
    assert.equal(whyRefused(azure), 'azure');
    assert.equal(whyRefused(legacy), 'legacy');
    assert.ok(parseCheckpointId(step));
  });

  const part = (chars: string, minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...chars), minLength, maxLength });
  const word = 'abcXYZ019._-';
  const anId = fc
    .tuple(part('abz019', 1, 1), part('abz019._-', 0, 30), part(word, 1, 20), part(word, 0, 64))
    .chain(([first, base, organization, suffix]) =>
      fc
        .tuple(part('abcXYZ019', 8, 8), fc.option(fc.nat()))
        .map(
          ([unique, step]) =>
            `ft:${first}${base}:${organization}:${suffix}:${unique}${step === null ? '' : `:ckpt-step-${step}`}`,
        ),
    );
  const between = fc.constantFrom(' ', '\n', '"', "','", ' openai/', '(', '>', '\u202e', '. ');

  it('are found wherever they stand, with their offsets', () => {
    void fc.assert(
      fc.property(fc.array(fc.tuple(between, anId), { maxLength: 8 }), between, (parts, end) => {
        const text = parts.flat().join('') + end;
        const found = scannedIds(text);
        assert.deepEqual(
          found.map(({ id }) => id),
          parts.map(([, id]) => id),
        );
        for (const { id, start, end } of found) {
          assert.equal(text.slice(start, end), id);
          assert.ok(id.length <= longestId);
          assert.ok(parseCheckpointId(id));
          assert.ok(isStrictId(id));
          for (const offset of [start, start + 5, end - 1])
            assert.deepEqual(scannedIdAt(text, offset), { kind: 'checkpoint', id, start, end });
        }
      }),
    );
  });

  it('are what the pattern of the reference finds, in any text made of their parts', () => {
    const piece = fc.constantFrom(
      ...['ft:', ':', 'a', 'gpt-4.1', 'B7R9VjQd', ':ckpt-step-', '7', '-', '.', ' ', '/', 'draft', final],
    );
    void fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const found = scannedIds(text).filter(({ kind }) => kind === 'checkpoint');
        assert.deepEqual(
          found.map(({ id }) => id),
          [...text.matchAll(reference)].map(([id]) => id),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('at a place are those that stand there or end there, in a line of any length', () => {
    const line = `${'x'.repeat(3_000_000)} ${final},${step}${' '.repeat(3_000_000)}`;
    const start = 3_000_001;
    assert.equal(scannedIdAt(line, start - 1), undefined);
    assert.equal(scannedIdAt(line, start)?.id, final);
    assert.equal(scannedIdAt(line, start + final.length)?.id, final);
    assert.equal(scannedIdAt(line, start + final.length + 1)?.id, step);
    assert.equal(scannedIdAt(line, line.length), undefined);
    assert.equal(scannedIdAt('', 0), undefined);
  });

  it('that a command is given are ids by the strict rule and nothing more', () => {
    assert.ok(isStrictId(step));
    for (const text of [`${step} `, `x ${step}`, `${final},${step}`, legacy, azure, 'ft:a:b:c:d', ''])
      assert.ok(!isStrictId(text), text);
  });

  // Each of these takes hours if the time is quadratic in the length.
  for (const unit of [
    ...[
      'ft:',
      'ft:a',
      '.ft:a',
      ' ft:a.',
      'ft:a:',
      'a',
      'a.',
      '9',
      '-',
      ':',
      'x:ft-',
      'x:ft-2023-08-',
      'a.ft-',
    ],
    ...['ft:a:b:c:', 'ft:a:b::B7R9VjQ', `${final}:ckpt-step-9`, `a.ft-${'0'.repeat(31)}`, ' davinci:ft-a:b-'],
  ]) {
    it(`are looked for in linear time in millions of “${unit}”`, () => {
      const text = `ft:-.ft-:ft-${unit.repeat(Math.ceil(4_000_000 / unit.length))}`;
      for (const { id, start } of scannedIds(text).slice(0, 3)) assert.ok(text.startsWith(id, start));
    });
  }
});
