import { keyOf } from '../plan/plan';
import type { Account, StepAccount } from './account';

/**
 * One account of a plan that was tried several times, each with a record of its own: of each step, what the record of its
 * last try says. A try that was canceled before a step says nothing of it.
 *
 * @param first the record of the whole plan
 * @param more the records of later tries, oldest first
 */
export function accountOfTries(first: Account, more: readonly Account[]): Account {
  if (more.length === 0) return first;
  const steps = new Map<string, StepAccount>();
  for (const { steps: tried } of [first, ...more]) {
    for (const each of tried) {
      const key = keyOf(each.step);
      if (saysSomething(each) || !steps.has(key)) steps.set(key, each);
    }
  }
  const names = Object.fromEntries([first, ...more].flatMap((account) => Object.entries(account.names)));
  return { ...first, names, steps: [...steps.values()] };
}

/** Whether a request for a step was recorded, or what became of it. */
function saysSomething({ sentAt, answer, known, judged }: StepAccount): boolean {
  return sentAt !== undefined || answer !== undefined || known !== undefined || judged !== undefined;
}
