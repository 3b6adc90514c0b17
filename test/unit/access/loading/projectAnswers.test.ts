import assert from 'node:assert/strict';
import { type ProjectAnswer, ProjectAnswers } from '../../../../src/access/loading/projectAnswers';

const permission = {
  id: 'cp_1',
  object: 'checkpoint.permission' as const,
  created_at: 1,
  project_id: 'proj_a',
};
const granted = (at: number): ProjectAnswer => ({ permissions: [permission], at });
const none = (at: number): ProjectAnswer => ({ permissions: [], at });
const failed = (at: number): ProjectAnswer => ({ failure: new Error('no'), at });

describe('responses about one project', () => {
  const cases: Record<string, { first: ProjectAnswer; late: ProjectAnswer; isKept: boolean }> = {
    'an earlier response does not replace a later one': { first: none(2), late: granted(1), isKept: true },
    'an earlier failure does not replace a later response': { first: none(2), late: failed(1), isKept: true },
    'an earlier failure does not replace a later one': { first: failed(2), late: failed(1), isKept: true },
    'an earlier response replaces a later failure': { first: failed(2), late: none(1), isKept: false },
    'a later response replaces an earlier one': { first: granted(1), late: none(2), isKept: false },
    'a response of the same moment replaces another': { first: granted(1), late: none(1), isKept: false },
  };
  for (const [title, { first, late, isKept }] of Object.entries(cases)) {
    it(title, () => {
      const answers = new ProjectAnswers();
      let changes = 0;
      answers.onDidChange(() => {
        changes += 1;
      });
      const [putLate, putFirst] = [answers.reserve('ft:a', 'proj_a'), answers.reserve('ft:a', 'proj_a')];
      putFirst(first);
      putLate(late);
      assert.equal(answers.get('ft:a', 'proj_a'), isKept ? first : late);
      assert.equal(changes, isKept ? 1 : 2);
    });
  }
});
