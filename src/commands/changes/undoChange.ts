import { type QuickPickItem, window } from 'vscode';
import type { Account } from '../../access/journal/account';
import { accountOfTries } from '../../access/journal/tries';
import { mayHaveDone, type Undone, undoneIn } from '../../access/journal/undone';
import type { Organization } from '../../access/organization';
import { type Look, undoOf } from '../../access/plan/lookAgain';
import type { Outcome } from '../../access/plan/outcome';
import { decisionAge } from '../../access/thresholds';
import { pickOne } from '../../editor/questions';
import { metadata, sentences } from '../../text/lists';
import * as words from '../../words/undo';
import type { MadePlan, PlanReading } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { namedRecords } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import {
  attributionWarnings,
  checkResult,
  planSubtitle,
  planTitle,
  splitByOrganization,
} from './recordedPlans';

/** Maximum number of plans that are offered. */
const offered = 20;

/**
 * Asks for one of the last plans, unless it is called on the records of one, and previews and applies the plan that undoes
 * it.
 */
export const undoChange: Command = async (services, target) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const journal = await services.journals.of(organization);
  const { accounts: all, unreadable } = await journal.read(organization.id);
  const { own: accounts, foreign } = splitByOrganization(organization, all);
  const others = sentences(
    foreign.length > 0 ? words.foreignChanges(foreign.length) : '',
    words.unreadableRecords(unreadable),
  );
  const undone = undoneIn(accounts);
  const [first, ...more] = triesOf(accounts, namedRecords(target), undone);
  if (first) return void (await undoRecordedPlan(services, organization, first, decisionAge, { more }));
  const items = accounts
    .filter((account) => isOver(account, undone) && mayHaveDone(account))
    .slice(0, offered)
    .map((account) => itemOf(organization, account, undone.get(account.id)));
  if (items.length === 0) {
    const message = sentences(words.undoPicker.nothing, others);
    void window.showInformationMessage(prefixWithOrganization(organization, message));
    return;
  }
  const picked = await pickOne(items, {
    title: prefixWithOrganization(organization, words.undoPicker.title),
    placeHolder: sentences(words.undoPicker.placeholder, others),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked || !(await ensureStillCurrent(services, organization))) return;
  await undoRecordedPlan(services, organization, picked.account, decisionAge);
};

/** Shows on the page the plan that undoes a recorded one. `ids`: of its records, one for each try, oldest first. */
export async function undoPlan(
  services: Services,
  organization: Organization,
  ids: readonly string[],
): Promise<void> {
  if (!(await ensureStillCurrent(services, organization))) return;
  const journal = await services.journals.of(organization);
  const { accounts } = await journal.read(organization.id);
  const { own } = splitByOrganization(organization, accounts);
  const [first, ...more] = triesOf(own, ids, undoneIn(own));
  if (first) await undoRecordedPlan(services, organization, first, decisionAge, { onPage: true, more });
  else void window.showInformationMessage(prefixWithOrganization(organization, words.undoPicker.nothing));
}

/** The tries of a plan that an undo could take back, by the IDs of their records, in the same order. */
function triesOf(
  accounts: readonly Account[],
  ids: readonly string[],
  undone: ReadonlyMap<string, Undone>,
): Account[] {
  const tries = ids.flatMap((id) => accounts.find((each) => each.id === id) ?? []);
  return tries.filter((each) => isOver(each, undone) && mayHaveDone(each));
}

interface UndoOptions {
  /** Receives what was found, before the plan is shown. */
  readonly onLooks?: (looks: readonly Look[]) => void;
  /** The person began on the page, where the plan is shown. */
  readonly onPage?: boolean;
  /** The records of later tries of the plan, oldest first. */
  readonly more?: readonly Account[];
}

/**
 * Previews and applies the plan that undoes the steps in effect. Resolves to its outcomes, empty when there was nothing
 * to undo, or to undefined when canceled.
 */
export async function undoRecordedPlan(
  services: Services,
  organization: Organization,
  first: Account,
  maxAge: number,
  { onLooks, onPage = false, more = [] }: UndoOptions = {},
): Promise<Outcome[] | undefined> {
  const account = accountOfTries(first, more);
  const tries = [first, ...more];
  const warnings = new Set(tries.flatMap((each) => attributionWarnings(organization, each)));
  const make = async (reading: PlanReading): Promise<MadePlan> => {
    const { looks, basis } = await checkResult(organization, account, reading);
    onLooks?.(looks);
    const found = undoOf(looks);
    const notes = [...warnings, ...words.undoNotes(organization, found)];
    const nothing = sentences(words.nothingLeftToUndo, ...notes);
    const heading = words.undoing(planTitle(account, organization));
    return { plan: { ...found.plan, basis }, heading, notes, perhapsUs: found.perhapsUs, nothing };
  };
  const { checkingResult: title } = words;
  const undoes = tries.map(({ id }) => id);
  return previewAndApply(services, organization, make, { maxAge, title, undoes, onPage });
}

interface UndoItem extends QuickPickItem {
  readonly account: Account;
}

function itemOf(organization: Organization, account: Account, undone: Undone | undefined): UndoItem {
  const isInDoubt = attributionWarnings(organization, account).length > 0;
  return {
    account,
    label: planTitle(account, organization),
    description: metadata(
      planSubtitle(account, organization.permissions.now(), organization),
      isInDoubt ? words.withAnotherKey : '',
      undone ? words.undoneInWords[undone] : '',
    ),
    detail: words.recordedProjects(account),
  };
}

/** An interrupted plan that was partly undone is offered again. */
function isOver({ id, ended }: Account, undone: ReadonlyMap<string, Undone>): boolean {
  return ended?.how === 'applied' || (ended?.how === 'undone' && undone.get(id) !== 'all');
}
