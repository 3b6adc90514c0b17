import { ProgressLocation, window } from 'vscode';
import { type Account, nameIn } from '../../access/journal/account';
import type { Organization } from '../../access/organization';
import { compareIdentity } from '../../access/organizationIdentity';
import { type Before, type Look, lookAgain } from '../../access/plan/lookAgain';
import { checkpointsOf, type Plan, type Step } from '../../access/plan/plan';
import { escapeForMessage } from '../../editor/plainText';
import { cancelSignal } from '../../editor/questions';
import { ago } from '../../editor/time';
import { count, nameOf, someOf } from '../shared/displayNames';
import { titled } from '../shared/organizationInView';

/** Parts what was done in this organization from what was done in another one with a key that was here before. */
export function byWhose(
  { whose }: Organization,
  accounts: readonly Account[],
): { readonly own: Account[]; readonly ofAnother: Account[] } {
  const isOfAnother = (account: Account): boolean => compareIdentity(account.whose, whose) === 'other';
  return {
    own: accounts.filter((account) => !isOfAnother(account)),
    ofAnother: accounts.filter(isOfAnother),
  };
}

/** Said before anything is sent for a plan of which nobody tells whether it was one of this organization; else empty. */
export function doubtsOf({ whose }: Organization, account: Account): string[] {
  if (compareIdentity(account.whose, whose) === 'same') return [];
  const which = account.whose ? 'with another admin API key' : 'before it was noted with which key';
  return [
    `This was applied ${which}, and the server does not tell whether that was one of this organization. See that the checkpoints and projects are the ones you mean.`,
  ];
}

/** Whose they are and how to come back to them: `2 changes are of another organization … and not shown: …` */
export function ofAnotherInWords(accounts: readonly Account[]): string {
  const are = accounts.length === 1 ? 'is' : 'are';
  return `${count(accounts.length, 'change')} ${are} of another organization or address, whose key was saved here before: set that key again to see ${accounts.length === 1 ? 'it' : 'them'}.`;
}

/** The plan of an account; its steps are the account's own. */
export function planOf({ steps }: Account): Plan {
  return { steps: steps.map(({ step }) => step) };
}

/** What is remembered of each step. */
export function memoryOf({ steps }: Account): (step: Step) => Before {
  const known = new Map(steps.map((account) => [account.step, account]));
  return (step) => known.get(step) ?? {};
}

/** Reads what became of a plan's steps, with progress and cancel. Rejects with the client's error. */
export async function lookAt(organization: Organization, account: Account, maxAge: number): Promise<Look[]> {
  const title = titled(organization, 'Reading what became of it');
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      return lookAgain(planOf(account), memoryOf(account), organization.permissions, maxAge, signal);
    },
  );
}

/** Who is concerned, by the names that the projects had at the time: `Berth planning, Customs desk and 3 more`. */
export function projectsOf(account: Account, most = 5): string {
  const projects = [
    ...new Set(account.steps.map(({ step }) => nameIn(account, step.project) ?? step.project)),
  ];
  return someOf(projects, most);
}

/** `3 minutes ago · support-bot, invoice-reader and 2 more`. */
export function whenAndWhere(account: Account, now: number): string {
  const checkpoints = checkpointsOf(planOf(account));
  const some = checkpoints.slice(0, 2).map(nameOf).join(', ');
  const rest = checkpoints.length - 2;
  const where = rest > 0 ? `${some} and ${count(rest, 'more checkpoint')}` : some;
  return `${ago(account.at, now)} · ${where}`;
}

/** How far a plan came, by the journal alone: `4 of 10 steps done, 1 sent without an answer`. */
export function progressOf({ steps }: Account): string {
  const done = steps.filter(({ answer, done: found }) => found || answer === 'accepted').length;
  const open = steps.filter(
    ({ sentAt, answer, done: found }) =>
      sentAt !== undefined && !found && (!answer || answer === 'uncertain'),
  ).length;
  const unanswered = open > 0 ? `, ${open} sent without an answer` : '';
  return `${done} of ${count(steps.length, 'step')} done${unanswered}`;
}

/** The title that was written down, safe to show. */
export function titleOf({ title, undoes }: Account): string {
  const words = escapeForMessage(String(title), 150);
  return undoes === undefined ? words : `Undo: ${words}`;
}
