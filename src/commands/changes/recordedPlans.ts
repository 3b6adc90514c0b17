import type { Account } from '../../access/journal/account';
import type { Organization } from '../../access/organization';
import { compareIdentity } from '../../access/organizationIdentity';
import type { Bases } from '../../access/plan/basis';
import { type Before, basisOfLooks, type Look, lookAgain } from '../../access/plan/lookAgain';
import { checkpointsOf, type Plan, type Step } from '../../access/plan/plan';
import type { Among } from '../../words/names';
import * as words from '../../words/undo';
import type { PlanReading } from '../plan/makePlan';

/** Splits recorded plans into those of this organization and those made with another organization's key. */
export function splitByOrganization(
  { identity }: Organization,
  accounts: readonly Account[],
): { readonly own: Account[]; readonly foreign: Account[] } {
  const isForeign = (account: Account): boolean => compareIdentity(account.whose, identity) === 'other';
  return {
    own: accounts.filter((account) => !isForeign(account)),
    foreign: accounts.filter(isForeign),
  };
}

/** Warning for a plan that can't be attributed to this organization; empty if it can. Shown in the preview. */
export function attributionWarnings({ identity }: Organization, account: Account): string[] {
  if (compareIdentity(account.whose, identity) === 'same') return [];
  return [words.attributionWarning[account.whose ? 'anotherKey' : 'noKey']];
}

/** The plan of a record. Its steps are the record's own objects, which {@link recordedAttemptLookup} looks up. */
export function planOf({ steps }: Account): Plan {
  return { steps: steps.map(({ step }) => step) };
}

/** A recorded plan in one line, escaped. */
export function planTitle(account: Account, among: Among): string {
  return words.recordedPlan({ ...planOf(account), isUndo: account.undoes !== undefined }, among);
}

/** Looks up the recorded attempt of a step. */
export function recordedAttemptLookup({ steps }: Account): (step: Step) => Before {
  const known = new Map(steps.map((account) => [account.step, account]));
  return (step) => known.get(step) ?? {};
}

/** Which steps of a recorded plan are in effect, and the basis for a plan made from that. */
export interface RecordedResult {
  readonly looks: readonly Look[];
  readonly basis: Bases;
}

/** Checks which steps of a recorded plan are in effect. Rejects with the client's error. */
export async function checkResult(
  { permissions }: Organization,
  account: Account,
  { maxAge, signal }: Pick<PlanReading, 'maxAge' | 'signal'>,
): Promise<RecordedResult> {
  const at = permissions.now();
  const looks = await lookAgain(planOf(account), recordedAttemptLookup(account), permissions, maxAge, signal);
  return { looks, basis: basisOfLooks(looks, permissions, at) };
}

/** The start time and the checkpoints of a plan, for rows. */
export function planSubtitle(account: Account, now: number, among: Among): string {
  return words.whenAndWhere(account.at, checkpointsOf(planOf(account)), now, among);
}

/** Counts the steps that are done and unanswered, by the journal only. */
export function recordedProgress({ steps }: Account): words.RecordedProgress {
  const done = steps.filter(({ answer, done: found }) => found || answer === 'accepted').length;
  const unanswered = steps.filter(
    ({ sentAt, answer, done: found }) =>
      sentAt !== undefined && !found && (!answer || answer === 'uncertain'),
  ).length;
  return { done, unanswered, total: steps.length };
}
