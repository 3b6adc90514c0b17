import assert from 'node:assert/strict';
import type { Account, StepAccount } from '../../../../src/access/journal/account';
import { accountOfTries } from '../../../../src/access/journal/tries';
import { undoOf } from '../../../../src/access/plan/lookAgain';

const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:tries:Zz9Yy8Xx';

function account(id: string, steps: Readonly<Record<string, Partial<StepAccount>>>): Account {
  const all = Object.entries(steps).map(([project, more]) => ({
    step: { action: 'grant' as const, checkpoint, project },
    ...more,
  }));
  const names = Object.fromEntries(Object.keys(steps).map((project) => [project, `${project} of ${id}`]));
  const rest = { profile: 'test', organization: 'Test', by: '', session: undefined };
  return { ...rest, id, at: 1, steps: all, names, part: 1, released: false, damaged: false };
}

describe('the tries of a plan as one', () => {
  const first = account('first', { one: { answer: 'accepted' }, two: { answer: 'refused' }, three: {} });
  const second = account('second', { two: { answer: 'refused', sentAt: 2 }, three: { answer: 'uncertain' } });
  const third = account('third', { two: { answer: 'accepted', sentAt: 3 } });

  it('say of each step what its last try says, in the order of the plan', () => {
    const { id, steps, names } = accountOfTries(first, [second, third]);
    assert.equal(id, 'first');
    assert.deepEqual(
      steps.map(({ step, answer, sentAt }) => [step.project, answer, sentAt]),
      [
        ['one', 'accepted', undefined],
        ['two', 'accepted', 3],
        ['three', 'uncertain', undefined],
      ],
    );
    assert.deepEqual(names, { one: 'one of first', two: 'two of third', three: 'three of second' });
  });

  it('keep what an earlier one says of a step that a canceled one did not reach', () => {
    const lost = { answer: 'uncertain' as const, sentAt: 1 };
    const tried = account('first', { one: { answer: 'refused', sentAt: 1 }, two: lost, three: lost });
    const known = { ids: [], isAll: true, wasTried: true as const };
    const canceled = account('second', { one: { answer: 'accepted', sentAt: 2 }, two: {}, three: { known } });
    const { steps } = accountOfTries(tried, [canceled]);
    assert.deepEqual(
      steps.map(({ step: _step, ...rest }) => rest),
      [{ answer: 'accepted', sentAt: 2 }, lost, { known }],
    );
    const permission = {
      id: 'cp_late',
      object: 'checkpoint.permission' as const,
      created_at: 5,
      project_id: 'two',
    };
    const undo = undoOf(
      steps.map(({ step, ...before }) => {
        const isSo = step.project === 'two';
        return { step, before, found: { isSo, permissions: isSo ? [permission] : [], isAll: true } };
      }),
    );
    assert.deepEqual(
      undo.perhapsUs.map(({ project }) => project),
      ['two'],
      'its request may have been carried out late',
    );
  });

  it('are the one account of a plan that was tried once', () => {
    assert.equal(accountOfTries(first, []), first);
  });
});
