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
  for (const account of undoingFirst(accounts)) {
    const names = back.get(account.id);
    const own = account.steps.filter(mayBeDone);
    const standing = own.filter((step) => !names?.has(nameOf(step)));
    if (standing.length < own.length) undone.set(account.id, standing.length === 0 ? 'all' : 'part');
    for (const id of takenBackBy(account)) {
      const taken = back.get(id) ?? new Set();
      back.set(id, taken);
      for (const step of standing) if (isDone(step)) taken.add(nameOf(step));
    }
  }
  return undone;
}

/** The ids of the records of the plan that this one takes back: of each of its tries. */
function takenBackBy({ undoes, undoesTries = [] }: Account): ReadonlySet<string> {
  return new Set(undoes === undefined ? [] : [undoes, ...undoesTries]);
}

/**
 * Each plan after all plans that take it back, whatever their times say. Plans that take back one another in a circle,
 * which only a damaged record can say, are left out.
 */
function undoingFirst(accounts: readonly Account[]): Account[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const undoing = new Map<string, number>();
  for (const account of byId.values())
    for (const id of takenBackBy(account)) undoing.set(id, (undoing.get(id) ?? 0) + 1);
  const inOrder = [...byId.values()].filter(({ id }) => !undoing.has(id));
  // Grows while it is walked through.
  for (const account of inOrder) {
    for (const id of takenBackBy(account)) {
      const undone = byId.get(id);
      if (!undone) continue;
      const left = (undoing.get(id) ?? 0) - 1;
      undoing.set(id, left);
      if (left === 0) inOrder.push(undone);
    }
  }
  return inOrder;
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
  const { done, sentAt, answer, judged, known } = step;
  // A refused request does nothing after its answer, so a list that was read then decides.
  if (answer === 'doubtful' && judged?.result === 'failed') return false;
  if (isDone(step)) return true;
  // Whatever became of the latest request, an earlier one may have taken effect.
  return !done && (known?.wasTried === true || (sentAt !== undefined && answer !== 'refused'));
}
