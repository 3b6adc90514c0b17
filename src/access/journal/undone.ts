import type { Account, StepAccount } from './account';

/** How much of a plan has been taken back since. */
export type Undone = 'all' | 'part';

/** Whether a plan did something, as far as is known: only what was not refused can be taken back. */
export function mayHaveDone({ steps }: Pick<Account, 'steps'>): boolean {
  return steps.some(mayBeDone);
}

/**
 * Which plans other plans have taken back, by their ids. What was unticked in such a plan, or failed, has not been taken
 * back; and a plan that was itself taken back has taken back nothing.
 */
export function undoneIn(accounts: readonly Account[]): Map<string, Undone> {
  const undone = new Map<string, Undone>();
  const back = new Map<string, Set<string>>();
  // What takes back comes after what it takes back.
  for (const account of accounts.toSorted((one, other) => other.at - one.at)) {
    const own = account.steps.filter(mayBeDone);
    const taken = own.filter((step) => back.get(account.id)?.has(nameOf(step)));
    if (taken.length > 0) undone.set(account.id, taken.length === own.length ? 'all' : 'part');
    if (account.undoes === undefined) continue;
    const names = back.get(account.undoes) ?? new Set();
    back.set(account.undoes, names);
    for (const step of own) if (isDone(step) && !taken.includes(step)) names.add(nameOf(step));
  }
  return undone;
}

/** What a step is about: the same for one that grants and one that takes that back. */
function nameOf({ step }: StepAccount): string {
  return JSON.stringify([step.checkpoint, step.project]);
}

function isDone({ done, answer }: StepAccount): boolean {
  return done ? done.by !== 'others' : answer === 'accepted';
}

/** A request whose answer was lost may have taken effect, and a refused batch a part of it. */
function mayBeDone(step: StepAccount): boolean {
  const { done, sentAt, answer, judged } = step;
  // A refused request does nothing after its answer, so a list that was read then decides.
  if (answer === 'doubtful' && judged?.result === 'failed') return false;
  return isDone(step) || (!done && sentAt !== undefined && answer !== 'refused');
}
