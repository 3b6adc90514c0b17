import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { explain, inWords } from '../../access/explain';
import type { Account } from '../../access/journal/account';
import type { Entry } from '../../access/journal/entry';
import type { Journal } from '../../access/journal/journal';
import { isOfThisMachine, type Session } from '../../access/journal/session';
import type { Organization } from '../../access/organization';
import { leftToDo, outcomeOf } from '../../access/plan/lookAgain';
import type { Step } from '../../access/plan/plan';
import { escapeForMessage } from '../../editor/plainText';
import { pickOne } from '../../editor/questions';
import { previewAndApply } from '../plan/previewPlan';
import { count, someProjects } from '../shared/displayNames';
import { type Button, showWithActions, withErrorReport } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import {
  byWhose,
  doubtsOf,
  lookAt,
  ofAnotherInWords,
  planOf,
  progressOf,
  projectsOf,
  titleOf,
  whenAndWhere,
} from './accounts';
import { undo } from './undo';

/**
 * Offers to go on with what was interrupted in an organization, if anything was. Every window may offer it: it is taken
 * over by the one in which the person chooses, and only then. Sends nothing, and never rejects.
 */
export function offerInterrupted(services: Services, organization: Organization): Promise<void> {
  return withErrorReport(services, async () => {
    const journal = await services.journals.of(organization);
    const found = byWhose(organization, await journal.interrupted(organization.id));
    const { own: interrupted, ofAnother } = found;
    const [account, another] = interrupted;
    const look: Button = [
      'Show Interrupted Changes…',
      () => withErrorReport(services, () => show(services, organization, journal)),
    ];
    if (!account && ofAnother.length > 0) {
      const words = `Interrupted: ${ofAnotherInWords(ofAnother)}`;
      showWithActions(window.showInformationMessage, titled(organization, words), [look]);
    }
    if (!account) return;
    const now = organization.permissions.now();
    const what = another
      ? `${count(interrupted.length, 'change')} were interrupted.`
      : `A change was interrupted: ${titleOf(account)} (${whenAndWhere(account, now)}). ${progressOf(account)}.`;
    const buttons: Button[] = another
      ? [look]
      : choices.map(([label, act]) => [
          label,
          () => withErrorReport(services, () => act({ services, organization, journal, account })),
        ]);
    showWithActions(
      window.showWarningMessage,
      titled(organization, `${what} Nothing is sent until you choose.`),
      buttons,
    );
  });
}

/** Shows what was interrupted and asks what to do with it. */
export const showInterrupted: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await show(services, organization, await services.journals.of(organization));
};

/** A plan that was interrupted, and where. */
interface Case {
  readonly services: Services;
  readonly organization: Organization;
  readonly journal: Journal;
  readonly account: Account;
}

const choices: readonly (readonly [label: string, act: (found: Case) => Promise<void>, detail: string])[] = [
  ['Continue', goOn, 'Reads first what is still to be done, then shows it; nothing is done twice'],
  ['Undo What Was Done', takeBack, 'Reads first what was done, then shows the plan that takes it back'],
  ['Forget', forget, 'Leaves access as it is now, and asks no more'],
];

async function show(services: Services, organization: Organization, journal: Journal): Promise<void> {
  const { own: interrupted, ofAnother } = byWhose(organization, await journal.interrupted(organization.id));
  const { own: elsewhere } = byWhose(organization, await journal.elsewhere(organization.id));
  if (interrupted.length === 0 && elsewhere.length === 0 && ofAnother.length === 0) {
    void window.showInformationMessage(titled(organization, 'No change was interrupted.'));
    return;
  }
  const now = organization.permissions.now();
  const title = titled(organization, 'Interrupted changes');
  const picked = await pickOne(
    [
      ...interrupted.map((account) => itemOf(account, now)),
      ...(elsewhere.length > 0 ? [{ label: 'In another window', kind: QuickPickItemKind.Separator }] : []),
      ...elsewhere.map((account) => itemOf(account, now)),
      ...(ofAnother.length > 0
        ? [{ label: 'Of another organization or address', kind: QuickPickItemKind.Separator }]
        : []),
      ...ofAnother.map((account) => itemOf(account, now)),
    ],
    { title, placeHolder: 'Choose a change to see what can be done', ignoreFocusOut: true },
  );
  const account = picked && 'account' in picked ? picked.account : undefined;
  if (!account) return;
  if (elsewhere.includes(account)) {
    const words = `Another window is working on it${whereIs(account.session)}. Go on there, or close it first.`;
    void window.showInformationMessage(titled(organization, words));
    return;
  }
  const isOfAnother = ofAnother.includes(account);
  const offered = isOfAnother ? choices.filter(([, act]) => act === forget) : choices;
  const choice = await pickOne(
    offered.map(([label, act, detail]) => ({ label, detail, act })),
    {
      title: titled(organization, titleOf(account)),
      placeHolder: isOfAnother ? ofAnotherInWords([account]) : progressOf(account),
      ignoreFocusOut: true,
    },
  );
  await choice?.act({ services, organization, journal, account });
}

async function goOn(found: Case): Promise<void> {
  await withEntry(found, async (entry, account) => {
    const { services, organization } = found;
    const looks = await lookAt(organization, account, 0);
    const { left, changedSince } = leftToDo(planOf(account), looks);
    const notes = [
      ...doubtsOf(organization, account),
      ...(changedSince.length === 0 ? [] : [changedNote(organization, changedSince)]),
    ];
    const done = looks.map(outcomeOf).filter(({ result }) => result === 'done');
    await entry.judged(done);
    if (left.steps.length === 0) {
      await entry.end('applied');
      const words = ['All of it is done already, as read just now.', ...notes].join(' ');
      void window.showInformationMessage(titled(organization, words));
      return;
    }
    const already = `${done.length} of ${count(looks.length, 'step')} done already, as read just now.`;
    await previewAndApply(services, organization, left, { notes: [already, ...notes], entry });
  });
}

async function takeBack(found: Case): Promise<void> {
  await withEntry(found, async (entry, account) => {
    const { services, organization } = found;
    const looks = await lookAt(organization, account, 0);
    const outcomes = await undo(services, organization, account, looks);
    if (!outcomes) return;
    // The plan that takes back has a record of its own, which is the one to go on with.
    await entry.judged(looks.map(outcomeOf).filter(({ result }) => result === 'done'));
    await entry.end('undone');
  });
}

async function forget(found: Case): Promise<void> {
  await withEntry(found, async (entry) => {
    await entry.end('forgotten');
    const words = 'Forgotten. Access stays as the server has it now.';
    void window.showInformationMessage(titled(found.organization, words));
  });
}

/**
 * Works on a plan as its only one, by what the journal says of it then: what was offered may have been dealt with since,
 * here or in another window. Whatever is not brought to its end can be chosen again, in any window.
 */
async function withEntry(
  found: Case,
  work: (entry: Entry, account: Account) => Promise<void>,
): Promise<void> {
  const { services, organization, journal } = found;
  if (!(await isStillShown(services, organization))) return;
  const taken = await journal.take(found.account);
  if (!taken) {
    const words =
      'This change was dealt with meanwhile, or another window is working on it. Nothing was sent.';
    void window.showInformationMessage(titled(organization, words));
    return;
  }
  const { entry, account } = taken;
  try {
    await entry.during(() => work(entry, account));
  } finally {
    // Where that cannot be written down it stays with this window, which goes on offering it.
    await entry.release().catch((error: unknown) => services.log.error(inWords(explain(error))));
  }
}

/** ` (process 4711)`, and on which machine where it is another one. */
function whereIs(session: Session | undefined): string {
  if (!session) return '';
  const host = isOfThisMachine(session) ? '' : ` on ${escapeForMessage(session.host ?? '', 100)}`;
  return ` (process ${session.pid}${host})`;
}

function changedNote(organization: Organization, steps: readonly Step[]): string {
  const projects = [...new Set(steps.map(({ project }) => project))];
  return `Granted before the interruption and taken away by somebody since, so not granted again: ${someProjects(organization, projects, 5)}.`;
}

interface AccountItem extends QuickPickItem {
  readonly account: Account;
}

function itemOf(account: Account, now: number): AccountItem {
  const damaged = account.damaged ? ' · part of its record is damaged' : '';
  return {
    account,
    label: titleOf(account),
    description: whenAndWhere(account, now),
    detail: `${progressOf(account)}${damaged} · ${projectsOf(account)}`,
  };
}
