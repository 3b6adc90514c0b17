import assert from 'node:assert/strict';
import type { Account, StepAccount } from '../../../../src/access/journal/account';
import { mayHaveDone, undoneIn } from '../../../../src/access/journal/undone';

const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:undone:Zz9Yy8Xx';
const byUs = { sentAt: 1, answer: 'accepted', done: { by: 'us' } } as const;

function account(
  id: string,
  at: number,
  steps: Readonly<Record<string, Partial<StepAccount>>>,
  undoes?: string,
): Account {
  const all = Object.entries(steps).map(([project, more]) => ({
    step: { action: 'grant' as const, checkpoint, project },
    ...more,
  }));
  const rest = { profile: 'test', organization: 'Test', by: '', names: {}, session: undefined };
  return { ...rest, id, at, steps: all, part: 1, released: false, damaged: false, ...(undoes && { undoes }) };
}

const undone = (...accounts: Account[]) => Object.fromEntries(undoneIn(accounts));

describe('what was taken back of a plan', () => {
  const plan = account('plan', 1, { one: byUs, other: byUs });

  it('is all of it when each step was', () => {
    assert.deepEqual(undone(account('undo', 2, { one: byUs, other: byUs }, 'plan'), plan), { plan: 'all' });
    const [first, second] = [
      account('first', 2, { one: byUs }, 'plan'),
      account('second', 3, { other: byUs }, 'plan'),
    ];
    assert.deepEqual(undone(second, first, plan), { plan: 'all' });
  });

  it('is a part of it when the rest was unticked or failed', () => {
    assert.deepEqual(undone(account('undo', 2, { one: byUs }, 'plan'), plan), { plan: 'part' });
    const failed = { sentAt: 2, answer: 'refused' } as const;
    const lost = { sentAt: 2, answer: 'uncertain' } as const;
    assert.deepEqual(undone(account('undo', 2, { one: byUs, other: failed }, 'plan'), plan), {
      plan: 'part',
    });
    assert.deepEqual(undone(account('undo', 2, { one: byUs, other: lost }, 'plan'), plan), { plan: 'part' });
    assert.deepEqual(undone(account('undo', 2, { one: failed }, 'plan'), plan), {});
  });

  it('is all of each try of it when they were taken back together', () => {
    const failed = { sentAt: 1, answer: 'refused' } as const;
    const tries = [account('plan', 1, { one: byUs, other: failed }), account('again', 2, { other: byUs })];
    const undo = {
      ...account('undo', 3, { one: byUs, other: byUs }, 'plan'),
      undoesTries: ['again'],
    };
    assert.deepEqual(undone(undo, ...tries), { plan: 'all', again: 'all' });
    const redo = account('redo', 4, { one: byUs, other: byUs }, 'undo');
    assert.deepEqual(undone(redo, undo, ...tries), { undo: 'all' });
  });

  it('is none of it when the taking back was taken back', () => {
    const undo = account('undo', 2, { one: byUs, other: byUs }, 'plan');
    const redo = account('redo', 3, { one: byUs, other: byUs }, 'undo');
    assert.deepEqual(undone(redo, undo, plan), { undo: 'all' });
  });

  it('counts only what the plan itself did', () => {
    const mixed = account('plan', 1, { one: byUs, other: { sentAt: 1, done: { by: 'others' } } });
    assert.deepEqual(undone(account('undo', 2, { one: byUs }, 'plan'), mixed), { plan: 'all' });
  });
});

describe('whether a plan may have done something', () => {
  it('is so also when the answer was lost, and not when it was refused or never sent', () => {
    const of = (step: Partial<StepAccount>) => mayHaveDone(account('plan', 1, { one: step }));
    assert.equal(of(byUs), true);
    assert.equal(of({ sentAt: 1, answer: 'uncertain' }), true);
    assert.equal(of({ sentAt: 1, answer: 'refused' }), false);
    assert.equal(of({}), false);
    assert.equal(of({ sentAt: 1, answer: 'accepted', done: { by: 'others' } }), false);
    const known = { ids: [], isAll: true, wasTried: true } as const;
    assert.equal(of({ sentAt: 1, answer: 'refused', known }), true);
    assert.equal(of({ known }), true);
    assert.equal(of({ known, done: { by: 'others' } }), false);
  });
});
