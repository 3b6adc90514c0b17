import { type QuickPickItem, window } from 'vscode';
import type { Account } from '../../access/journal/account';
import { mayHaveDone, type Undone, undoneIn } from '../../access/journal/undone';
import { decisionAge } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { type Look, type Undo, undoOf } from '../../access/plan/lookAgain';
import type { Outcome } from '../../access/plan/outcome';
import { pickOne } from '../../editor/questions';
import { previewAndApply } from '../plan/previewPlan';
import { someProjects } from '../shared/displayNames';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { byWhose, doubtsOf, lookAt, ofAnotherInWords, projectsOf, titleOf, whenAndWhere } from './accounts';

/** How many of the last plans are offered. */
const offered = 20;

/** Takes back one of the last changes: shows the plan that does, and applies it. */
export const undoLastChange: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const journal = await services.journals.of(organization);
  const { own: accounts, ofAnother } = byWhose(organization, await journal.accounts(organization.id));
  const others = ofAnother.length > 0 ? [ofAnotherInWords(ofAnother)] : [];
  const undone = undoneIn(accounts);
  const items = accounts
    .filter((account) => isOver(account, undone) && mayHaveDone(account))
    .slice(0, offered)
    .map((account) => itemOf(organization, account, undone.get(account.id)));
  if (items.length === 0) {
    const nothing = 'Nothing was changed here with this extension that could be taken back.';
    void window.showInformationMessage(titled(organization, [nothing, ...others].join(' ')));
    return;
  }
  const picked = await pickOne(items, {
    title: titled(organization, 'Undo'),
    placeHolder: ['Choose the change to take back; its plan is shown first', ...others].join('. '),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked || !(await isStillShown(services, organization))) return;
  await undo(services, organization, picked.account, await lookAt(organization, picked.account, decisionAge));
};

/**
 * Shows and applies the plan that takes back what was really done. Resolves to its outcomes, none when there was nothing
 * to take back, or to undefined when the person did not agree.
 */
export async function undo(
  services: Services,
  organization: Organization,
  account: Account,
  looks: readonly Look[],
): Promise<Outcome[] | undefined> {
  const found = undoOf(looks);
  const notes = [...doubtsOf(organization, account), ...notesOf(organization, found)];
  if (found.plan.steps.length === 0) {
    const words = ['There is nothing to take back, as read just now.', ...notes].join(' ');
    void window.showInformationMessage(titled(organization, words));
    return [];
  }
  return previewAndApply(services, organization, found.plan, { notes, undoes: account.id });
}

interface UndoItem extends QuickPickItem {
  readonly account: Account;
}

function itemOf(organization: Organization, account: Account, undone: Undone | undefined): UndoItem {
  const isInDoubt = doubtsOf(organization, account).length > 0;
  const where = whenAndWhere(account, organization.permissions.now());
  const when = isInDoubt ? `${where} · with another key` : where;
  return {
    account,
    label: titleOf(account),
    description: undone ? `${when} · taken back ${undone === 'all' ? 'already' : 'in part'}` : when,
    detail: projectsOf(account),
  };
}

/** One that was interrupted and then taken back is offered again while a part of it was not. */
function isOver({ id, ended }: Account, undone: ReadonlyMap<string, Undone>): boolean {
  return ended?.how === 'applied' || (ended?.how === 'undone' && undone.get(id) !== 'all');
}

function notesOf(organization: Organization, { plan, left }: Undo): string[] {
  const named = (why: Undo['left'][number]['why']): string[] => [
    ...new Set(left.filter((each) => each.why === why).map(({ step }) => step.project)),
  ];
  const gone = named('goneAlready');
  const back = named('backAlready');
  const others = named('notOurs');
  return [
    ...(plan.steps.some(({ action }) => action === 'grant')
      ? ['A permission that is granted again gets a new id.']
      : []),
    ...(gone.length > 0
      ? [`Left as it is, because it has been taken away since: ${someProjects(organization, gone, 5)}.`]
      : []),
    ...(back.length > 0
      ? [`Left as it is, because there is access already: ${someProjects(organization, back, 5)}.`]
      : []),
    ...(others.length > 0
      ? [
          `Left as it is, because the permission that gives access now was not made by this change, as far as is known: ${someProjects(organization, others, 5)}.`,
        ]
      : []),
  ];
}
