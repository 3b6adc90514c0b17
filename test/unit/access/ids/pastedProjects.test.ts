import assert from 'node:assert/strict';
import { pastedProjects } from '../../../../src/access/ids/pastedProjects';

const known = ['proj_abc123', 'proj_abd456'];

describe('what is pasted into the search for projects', () => {
  for (const text of [
    '',
    '  ',
    'Support assistant',
    'proj',
    'proj_',
    'proj_ab',
    'projects: ft',
    'Data (2)',
  ]) {
    it(`“${text}” is something to search for`, () =>
      assert.deepEqual(pastedProjects(text, known), { kind: 'none' }));
  }

  for (const [text, ids] of [
    ['proj_abc123', ['proj_abc123']],
    ['proj_unknown', ['proj_unknown']],
    ['"proj_a", "proj_b"\nproj_a', ['proj_a', 'proj_b']],
  ] as const) {
    it(`“${text}” is ids`, () => assert.deepEqual(pastedProjects(text, known), { kind: 'ids', ids }));
  }

  for (const [text, wrong, why] of [
    ['ft:gpt-4.1:org::id', 'ft:gpt-4.1:org::id', 'checkpoint'],
    ['proj_a cp_1', 'cp_1', 'permission'],
    ['org-1', 'org-1', 'organization'],
    ['proj_a, Support', 'Support', 'other'],
    ['proj_ä', 'proj_ä', 'badCharacter'],
  ] as const) {
    it(`“${text}” has something among it that is no project, and is told why`, () => {
      const pasted = pastedProjects(text, known);
      assert.ok(pasted.kind === 'wrong');
      assert.equal(pasted.text, wrong);
      assert.equal(pasted.why, why);
    });
  }
});
