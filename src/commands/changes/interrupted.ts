import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Account } from '../../access/journal/account';
import type { Journal } from '../../access/journal/journal';
import type { PlanWriter } from '../../access/journal/planWriter';
import { isOfThisMachine, type Session } from '../../access/journal/session';
import type { Organization } from '../../access/organization';
import { leftToDo, outcomeOf } from '../../access/plan/lookAgain';
import { pickOne } from '../../editor/questions';
import { metadata, sentences } from '../../text/lists';
import { explain, explanationInWords } from '../../words/errors';
import { nothingLeftToDo } from '../../words/plan';
import * as words from '../../words/undo';
import { previewAndApply } from '../plan/previewPlan';
import { type Button, showWithActions, withErrorReport } from '../shared/errorReport';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import {
  attributionWarnings,
  checkResult,
  planOf,
  recordedProgress,
  splitByOrganization,
  whenAndWhere,
} from './recordedPlans';
import { undo } from './undo';

/**
 * Offers to resume what was interrupted in an organization, if anything was. Every window may offer it; the one in which
 * the person chooses takes it over, and only then. Sends nothing, and never rejects.
 */
export function offerInterrupted(services: Services, organization: Organization): Promise<void> {
  return withErrorReport(services, async () => {
    const journal = await services.journals.of(organization);
    const found = splitByOrganization(organization, await journal.interrupted(organization.id));
    const { own: interrupted, ofAnother } = found;
    const [account, another] = interrupted;
    const resume: Button = [
      words.resumeButton,
      () => withErrorReport(services, () => show(services, organization, journal)),
    ];
    if (!account && ofAnother.length > 0) {
      const message = words.interruptedElsewhere(ofAnother.length);
      showWithActions(window.showInformationMessage, titled(organization, message), [resume]);
    }
    if (!account) return;
    const now = organization.permissions.now();
    const message = another
      ? words.severalInterrupted(interrupted.length)
      : words.oneInterrupted(
          words.recordedTitle(account),
          whenAndWhere(account, now),
          recordedProgress(account),
        );
    const buttons: Button[] = another
      ? [resume]
      : choices.map(({ label, act }) => [
          label,
          () => withErrorReport(services, () => act({ services, organization, journal, account })),
        ]);
    showWithActions(window.showWarningMessage, titled(organization, message), buttons);
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

interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly act: (found: Case) => Promise<void>;
}

const choices: readonly Choice[] = [
  { ...words.resumeChoices.continue, act: continuePlan },
  { ...words.resumeChoices.undo, act: undoCompleted },
  { ...words.resumeChoices.dismiss, act: dismiss },
];

async function show(services: Services, organization: Organization, journal: Journal): Promise<void> {
  const { own: interrupted, ofAnother } = splitByOrganization(
    organization,
    await journal.interrupted(organization.id),
  );
  const { own: elsewhere } = splitByOrganization(organization, await journal.elsewhere(organization.id));
  if (interrupted.length === 0 && elsewhere.length === 0 && ofAnother.length === 0) {
    void window.showInformationMessage(titled(organization, words.resumePicker.none));
    return;
  }
  const now = organization.permissions.now();
  const title = titled(organization, words.resumePicker.title);
  const picked = await pickOne(
    [
      ...interrupted.map((account) => itemOf(account, now)),
      ...(elsewhere.length > 0
        ? [{ label: words.resumePicker.inAnotherWindow, kind: QuickPickItemKind.Separator }]
        : []),
      ...elsewhere.map((account) => itemOf(account, now)),
      ...(ofAnother.length > 0
        ? [{ label: words.resumePicker.ofAnotherOrganization, kind: QuickPickItemKind.Separator }]
        : []),
      ...ofAnother.map((account) => itemOf(account, now)),
    ],
    { title, placeHolder: words.resumePicker.placeholder, ignoreFocusOut: true },
  );
  const account = picked && 'account' in picked ? picked.account : undefined;
  if (!account) return;
  if (elsewhere.includes(account)) {
    void window.showInformationMessage(titled(organization, beingApplied(account.session)));
    return;
  }
  const isOfAnother = ofAnother.includes(account);
  const offered = isOfAnother ? choices.filter(({ act }) => act === dismiss) : choices;
  const choice = await pickOne(offered, {
    title: titled(organization, words.recordedTitle(account)),
    placeHolder: isOfAnother
      ? words.ofAnotherOrganization(1)
      : words.progressInWords(recordedProgress(account)),
    ignoreFocusOut: true,
  });
  await choice?.act({ services, organization, journal, account });
}

async function continuePlan(found: Case): Promise<void> {
  await withEntry(found, async (entry, account) => {
    const { services, organization } = found;
    const looks = await checkResult(organization, account, 0);
    const { left, changedSince } = leftToDo(planOf(account), looks);
    const notes = [
      ...attributionWarnings(organization, account),
      ...(changedSince.length === 0 ? [] : [words.notGrantedAgain(organization, changedSince)]),
    ];
    const done = looks.map(outcomeOf).filter(({ result }) => result === 'done');
    await entry.judged(done);
    if (left.steps.length === 0) {
      await entry.end('applied');
      const message = sentences(nothingLeftToDo, ...notes);
      void window.showInformationMessage(titled(organization, message));
      return;
    }
    const already = words.alreadyDone(done.length, looks.length);
    await previewAndApply(services, organization, left, { notes: [already, ...notes], entry });
  });
}

async function undoCompleted(found: Case): Promise<void> {
  await withEntry(found, async (entry, account) => {
    const { services, organization } = found;
    const looks = await checkResult(organization, account, 0);
    const outcomes = await undo(services, organization, account, looks);
    if (!outcomes) return;
    // The plan that undoes has a record of its own, which is the one to continue.
    await entry.judged(looks.map(outcomeOf).filter(({ result }) => result === 'done'));
    await entry.end('undone');
  });
}

async function dismiss(found: Case): Promise<void> {
  await withEntry(found, async (entry) => {
    await entry.end('forgotten');
    void window.showInformationMessage(titled(found.organization, words.dismissed));
  });
}

/**
 * Takes over a plan and works on it by what the journal says then: it may have been handled since it was offered, here or
 * in another window. A plan that isn't ended can be chosen again, in any window.
 */
async function withEntry(
  found: Case,
  work: (entry: PlanWriter, account: Account) => Promise<void>,
): Promise<void> {
  const { services, organization, journal } = found;
  if (!(await isStillShown(services, organization))) return;
  const taken = await journal.take(found.account);
  if (!taken) {
    void window.showInformationMessage(titled(organization, words.handledElsewhere));
    return;
  }
  const { entry, account } = taken;
  try {
    await entry.during(() => work(entry, account));
  } finally {
    // When that can't be recorded, the plan stays with this window, which goes on offering it.
    await entry.release().catch((error: unknown) => services.log.error(explanationInWords(explain(error))));
  }
}

function beingApplied(session: Session | undefined): string {
  if (!session) return words.beingAppliedElsewhere();
  return isOfThisMachine(session)
    ? words.beingAppliedElsewhere(session.pid)
    : words.beingAppliedElsewhere(session.pid, session.host ?? '');
}

interface AccountItem extends QuickPickItem {
  readonly account: Account;
}

function itemOf(account: Account, now: number): AccountItem {
  return {
    account,
    label: words.recordedTitle(account),
    description: whenAndWhere(account, now),
    detail: metadata(
      words.progressInShort(recordedProgress(account)),
      account.damaged ? words.resumePicker.damaged : '',
      words.recordedProjects(account),
    ),
  };
}
