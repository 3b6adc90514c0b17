import { keyOf } from '../plan/plan';
import type { Account, StepAccount } from './account';

/**
 * One account of a plan that was tried several times, each with a record of its own: of each step, what the record of its
 * last try says.
 *
 * @param first the record of the whole plan
 * @param more the records of later tries, oldest first
 */
export function accountOfTries(first: Account, more: readonly Account[]): Account {
  if (more.length === 0) return first;
  const steps = new Map<string, StepAccount>();
  for (const account of [first, ...more]) for (const each of account.steps) steps.set(keyOf(each.step), each);
  const names = Object.fromEntries([first, ...more].flatMap((account) => Object.entries(account.names)));
  return { ...first, names, steps: [...steps.values()] };
}
