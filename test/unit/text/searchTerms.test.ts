import assert from 'node:assert/strict';
import { foldedOnce, hasTerms, searchTerms } from '../../../src/text/searchTerms';

describe('the search of the Access page', () => {
  it('has words, folded, and takes words in quotation marks as one', () => {
    assert.deepEqual(searchTerms('  Berth \t"Desk Two"'), [{ text: 'berth' }, { text: 'desk two' }]);
    assert.deepEqual(searchTerms('"no end of it'), [{ text: 'no end of it' }]);
    assert.deepEqual(searchTerms(' "" '), []);
  });

  it('restricts a word, or words in quotation marks, by a prefix', () => {
    assert.deepEqual(searchTerms('Model:Bot project:"Berth Desk" id:cp_1'), [
      { text: 'bot', only: 'model' },
      { text: 'berth desk', only: 'project' },
      { text: 'id:cp_1' },
    ]);
    assert.deepEqual(searchTerms('model: project:""'), []);
  });

  it('is found where every word is, each in what it is restricted to', () => {
    const row = foldedOnce((only) =>
      only === 'model' ? 'BOT' : only === 'project' ? 'Berth' : 'BOT Berth cp_1',
    );
    const isFound = (search: string) => hasTerms(searchTerms(search), row);
    for (const search of ['', 'berth bot', 'model:bot', 'model:bot project:berth CP_1', '"bot berth"'])
      assert.ok(isFound(search), search);
    for (const search of ['berth tone', 'model:berth', 'project:cp_1', '"berth bot"'])
      assert.ok(!isFound(search), search);
  });

  it('folds a text once, and only what is looked for', () => {
    const asked: unknown[] = [];
    const row = foldedOnce((only) => {
      asked.push(only);
      return '';
    });
    hasTerms(searchTerms('model:'), row);
    assert.deepEqual(asked, []);
    row('model');
    row('model');
    assert.deepEqual(asked, ['model']);
  });
});
