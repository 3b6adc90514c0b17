import assert from 'node:assert/strict';
import { sideBySide } from '../../ui/sideBySide';

const titles = ['stored', 'now'] as const;
/** Lines that are the same in both texts. */
const alike = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `- text: ${from + index}`);
const shown = (first: readonly string[], second: readonly string[], width?: number): string[] =>
  sideBySide([first.join('\n'), second.join('\n')], titles, width).split('\n');

describe('two texts side by side', () => {
  it('are nothing when they are equal', () => {
    assert.equal(sideBySide(['- a\n- b', '- a\n- b'], titles), '');
    assert.equal(sideBySide(['', ''], titles), '');
  });

  it('have what differs in one row, underlined, between lines that are equal', () => {
    const rows = shown(
      [...alike(1, 9), '- button "Open Access"', ...alike(11, 20)],
      [...alike(1, 9), '- button "Show Access"', ...alike(11, 20)],
      60,
    );
    assert.deepEqual(rows, [
      'stored                         now',
      '─'.repeat(59),
      '⋯ 6 equal',
      '- text: 7                      - text: 7',
      '- text: 8                      - text: 8',
      '- text: 9                      - text: 9',
      '- button "Open Access"       | - button "Show Access"',
      '          ^^^^                           ^^^^',
      '- text: 11                     - text: 11',
      '- text: 12                     - text: 12',
      '- text: 13                     - text: 13',
      '⋯ 7 equal',
    ]);
  });

  it('have lines of one text alone in its column', () => {
    assert.deepEqual(shown(['- a', '- b', '- c'], ['- a', '- c', '- d'], 25).slice(2), [
      '- a           - a',
      '- b         <',
      '- c           - c',
      '            > - d',
    ]);
  });

  it('pair the lines of a block that was replaced', () => {
    assert.deepEqual(shown(['- one', '- two'], ['- 1', '- 2', '- 3'], 25).slice(2), [
      '- one       | - 1',
      '  ^^^           ^',
      '- two       | - 2',
      '  ^^^           ^',
      '            > - 3',
    ]);
  });

  it('wrap long lines at spaces, words that are too long anywhere, and all as far in as they begin', () => {
    assert.deepEqual(
      shown(['  - text: one two three'], ['  - text: one two threeAndMoreThanFits'], 31).slice(2),
      [
        '  - text: one  |   - text: one',
        '    two three        two',
        '        ^^^^^',
        '                     threeAndMo',
        '                     ^^^^^^^^^^',
        '                     reThanFits',
        '                     ^^^^^^^^^^',
      ],
    );
  });

  it('are no wider than 120 characters unless asked for', () => {
    const long = (word: string): string =>
      `- treeitem "${'a label that is much longer than a column '.repeat(6)}${word}"`;
    const rows = shown([...alike(1, 3), long('before')], [...alike(1, 3), long('after')]);
    assert.ok(rows.every((row) => row.length <= 120));
    assert.ok(rows.some((row) => /before" .*after"$/.test(row)));
    assert.ok(rows.some((row) => /^\s*\^{6}\s+\^{5}$/.test(row)));
  });
});
