import assert from 'node:assert/strict';
import type { RowStanding } from '../../../src/access/matrix/cell';
import { copied } from '../../../src/pages/access/matrix/copy';
import { MatrixLayout } from '../../../src/pages/access/matrix/layout';
import { MatrixModel } from '../../../src/pages/access/matrix/model';
import { defaultViewOptions } from '../../../src/pages/access/matrix/order';
import { extendSelection, type Selection, selectionAt } from '../../../src/pages/access/matrix/selection';
import type { RowMessage } from '../../../src/protocol/matrix';
import { cornerInWords, legend } from '../../../src/words/matrix';

const now = Date.UTC(2026, 2, 3, 12);
const loaded: RowStanding = {
  state: 'loaded',
  count: 1,
  isComplete: true,
  doubts: [],
  loadedAt: now,
  isLoading: false,
};
const names = ['support-bot', '=HYPERLINK("https://example.invalid","x")', '<b>tone</b> & more'];
const checkpoints = names.map((name, key) => ({ key, name, id: `ft:${key}`, baseModel: 'm' }));
const projects = ['Bergen', '"quoted', '+31 desk'].map((name, key) => ({
  key,
  name,
  id: `proj_${key}`,
  archived: false,
  note: '',
}));

describe('the copy of selected cells', () => {
  let model: MatrixModel;
  beforeEach(() => {
    model = new MatrixModel(() => now);
    const access = (checkpoint: number, more: Partial<RowMessage> = {}): RowMessage => ({
      checkpoint,
      permissions: [[0, 'cp_1', now / 1000]],
      standing: loaded,
      ...more,
    });
    const notLoaded = { ...loaded, state: 'notLoaded', isComplete: false } as const;
    model.apply({
      type: 'matrix',
      checkpoints,
      projects,
      rows: [access(0), access(1, { owner: 1 }), access(2, { permissions: [], standing: notLoaded })],
      staged: [[0, 2, 'grant']],
    });
  });
  const everything = extendSelection(selectionAt(0, 0), { row: 2, column: 2 });
  const copyOf = (selection: Selection, isTransposed = false) =>
    copied(model, new MatrixLayout(model, { ...defaultViewOptions, isTransposed }), selection);
  /** The cells of a text, as a spreadsheet reads them when they are pasted. */
  const pasted = (text = '') =>
    text
      .split('\r\n')
      .map((line) =>
        line
          .split('\t')
          .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
      );

  it('has the names of rows and columns, and each cell in the words of the legend', () => {
    const [head = [], ...rows] = pasted(copyOf(everything)?.text);
    assert.deepEqual(head, [cornerInWords(false, 3, 3).text, '"quoted', "'+31 desk", 'Bergen']);
    assert.deepEqual(
      rows.map(([, ...cells]) => cells.map((cell) => cell.split(' · ')[0])),
      [
        [legend.notGranted, legend.notGranted, legend.access],
        [legend.owner, legend.none, legend.access],
        [legend.unknown, legend.unknown, legend.unknown],
      ],
    );
    assert.ok(rows[0]?.[2]?.includes(legend['staged grant']), 'what is staged stands beside what is');
  });

  it('Truth 2: says what of it may be doubted', () => {
    const old = { ...loaded, loadedAt: now - 86_400_000 };
    model.apply({
      type: 'matrix',
      rows: [{ checkpoint: 0, permissions: [], standing: { ...old, doubts: ['beforeYourChange'] } }],
    });
    const [, row = []] = pasted(copyOf(selectionAt(0, 0))?.text);
    assert.equal(row[1], 'access unknown · loaded before your last change');
  });

  it('has nothing that a spreadsheet calculates, or that a page runs', () => {
    const { text = '', html = '' } = copyOf(everything) ?? {};
    for (const cell of pasted(text).flat()) assert.doesNotMatch(cell, /^[\s"]*[=+\-@]/);
    assert.ok(!html.includes('<b>'));
    assert.ok(html.includes('&lt;b&gt;tone&lt;/b&gt; &amp; more'));
    assert.ok(html.includes('<th scope="row">&#39;=HYPERLINK(&quot;'), 'escaped there, too');
    assert.match(html, /^<table><thead><tr>(<th scope="col">[^<>]*<\/th>){4}<\/tr><\/thead><tbody>/);
    assert.equal(html.match(/<td>/g)?.length, 9);
  });

  it('keeps a name with a quotation mark in its own cell', () => {
    const [head] = copyOf(everything)?.text.split('\r\n') ?? [];
    assert.ok(head?.includes('\t"""quoted"\t'));
  });

  it('has the rows and columns as they are shown', () => {
    const [head = [], ...rows] = pasted(copyOf(selectionAt(0, 0), true)?.text);
    assert.deepEqual(head, [cornerInWords(true, 3, 3).text, 'support-bot']);
    assert.deepEqual(
      rows.map(([name]) => name),
      ['"quoted'],
      'sorted by name',
    );
  });

  it('of a heading is its name, and of the corner nothing', () => {
    assert.deepEqual(copyOf(selectionAt(0, -1)), {
      text: 'support-bot',
      html: '<table><tbody><tr><td>support-bot</td></tr></tbody></table>',
    });
    assert.equal(copyOf(selectionAt(-1, -1)), undefined);
  });
});
