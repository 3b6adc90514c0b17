import assert from 'node:assert/strict';
import { MatrixLayout } from '../../../src/pages/access/matrix/layout';
import { MatrixModel } from '../../../src/pages/access/matrix/model';
import { defaultViewOptions, type ViewOptions } from '../../../src/pages/access/matrix/order';
import { find } from '../../../src/pages/access/matrix/search';
import { emptyMatrix } from '../../../src/words/matrix';

const checkpoints = ['support-bot', 'support-bot · step 80', 'invoice-reader', 'tone'].map((name, key) => ({
  key,
  name,
  id: `ft:m:o:${key}`,
  baseModel: 'm',
}));
const projects = ['Bergen desk', 'Bergen support', 'Mobile app', 'İzmir'].map((name, key) => ({
  key,
  name,
  id: `proj_${key}`,
  archived: false,
  note: '',
}));

function found(search: string): string {
  const { checkpoints: down, projects: across } = find(checkpoints, projects, search);
  const keys = (all: readonly { readonly key: number }[]) => all.map(({ key }) => key).join('');
  return `${keys(down)} × ${keys(across)}`;
}

describe('the search of the matrix', () => {
  it('filters by each word what the word occurs in', () => {
    assert.equal(found(''), '0123 × 0123');
    assert.equal(found('  bergen '), '0123 × 01');
    assert.equal(found('invoice'), '2 × 0123');
    assert.equal(found('invoice bergen'), '2 × 01');
    assert.equal(found('bot STEP desk'), '1 × 0');
    assert.equal(found('proj_2'), '0123 × 2');
    assert.equal(found('ft:m:o:3'), '3 × 0123');
    assert.equal(found('izmir'), '0123 × 3', 'Truth 27: folded');
  });

  it('filters both by a word that occurs in both', () => {
    assert.equal(found('support'), '01 × 1');
    assert.equal(found('support desk'), '01 × ', 'each word must occur');
  });

  it('is restricted by a prefix, and takes words in quotation marks as one', () => {
    assert.equal(found('model:support'), '01 × 0123');
    assert.equal(found('project:support'), '0123 × 1');
    assert.equal(found('Model:support Project:bergen'), '01 × 01');
    assert.equal(found('"bergen desk"'), '0123 × 0');
    assert.equal(found('project:"mobile app'), '0123 × 2');
    assert.equal(found('model:'), '0123 × 0123');
  });

  it('finds nothing with a word that occurs nowhere, and says which', () => {
    assert.equal(found('bergen nowhere'), ' × ');
    assert.deepEqual(find(checkpoints, projects, 'bergen Nowhere').unmatched, ['nowhere']);
    assert.equal(found('model:bergen'), ' × ', 'where it is looked for');
  });
});

describe('a searched matrix', () => {
  let model: MatrixModel;
  beforeEach(() => {
    model = new MatrixModel();
    model.apply({ type: 'matrix', organization: { name: 'o', isSample: false }, checkpoints, projects });
  });
  const layout = (options: Partial<ViewOptions>) =>
    new MatrixLayout(model, { ...defaultViewOptions, ...options });

  it('counts what it hides', () => {
    assert.deepEqual(layout({}).hidden, { checkpoints: 0, projects: 0 });
    assert.deepEqual(layout({ search: 'invoice bergen' }).hidden, { checkpoints: 3, projects: 2 });
  });

  it('counts the staged changes that it hides, and shows them with what it finds', () => {
    const staged = [
      [2, 0, 'grant'],
      [0, 0, 'grant'],
      [2, 3, 'revoke'],
    ] as const;
    model.apply({ type: 'matrix', staged });
    assert.equal(layout({}).hiddenStaged(model), 0);
    const search = 'invoice bergen';
    assert.equal(layout({ search }).hiddenStaged(model), 2);
    const shown = layout({ search, showsStaged: true });
    assert.equal(shown.hiddenStaged(model), 0);
    assert.deepEqual(shown.order.checkpoints, [0, 2]);
    assert.deepEqual(shown.order.projects, [0, 1, 3]);
    assert.deepEqual(layout({ search: 'nowhere', showsStaged: true }).order.checkpoints, [0, 2]);
  });

  it('says what was not found', () => {
    assert.equal(layout({ search: 'nowhere' }).emptyText, emptyMatrix.noMatch(['nowhere']));
    assert.equal(layout({ search: 'bot tone' }).emptyText, emptyMatrix.noMatchingCheckpoint('bot tone'));
    assert.equal(layout({ search: 'desk app' }).emptyText, emptyMatrix.noMatchingProject('desk app'));
    assert.equal(layout({ search: 'bot' }).emptyText, '');
  });
});
