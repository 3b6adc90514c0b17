import { ProgressLocation, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Account } from '../../access/journal/account';
import type { Journal, OpenPlans } from '../../access/journal/journal';
import type { PlanWriter } from '../../access/journal/planWriter';
import { type Session, thisSession } from '../../access/journal/session';
import type { Organization } from '../../access/organization';
import { type Look, leftToDo, outcomeOf } from '../../access/plan/lookAgain';
import { cancelSignal, pickOne } from '../../editor/questions';
import { metadata, sentences } from '../../text/lists';
import { explain, explanationInWords } from '../../words/errors';
import { nothingLeftToDo, nothingMoreToSend } from '../../words/plan';
import * as words from '../../words/undo';
import type { MadePlan, PlanReading } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { type Button, showWithActions, withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import {
  attributionWarnings,
  checkResult,
  planOf,
  planSubtitle,
  planTitle,
  recordedProgress,
  splitByOrganization,
} from './recordedPlans';
import { undoRecordedPlan } from './undoChange';

/**
 * Offers to resume the interrupted plans of an organization, if there are any, as soon as it is known that no other
 * window is working on them. Several windows can offer the same plan. The window in which the person chooses takes it
 * over. Sends no request. Never rejects.
 */
export function offerInterrupted(services: Services, organization: Organization): Promise<void> {
  return withErrorReport(services, async () => {
    const journal = await services.journals.of(organization);
    const { closed } = organization;
    const plans = await journal.watch(organization.id, closed);
    if (closed.aborted) return;
    const { own: interrupted, foreign } = splitByOrganization(organization, plans.interrupted);
    const [account, another] = interrupted;
    const resume: Button = [
      words.resumeButton,
      () => withErrorReport(services, () => show(services, organization, journal)),
    ];
    if (!account && foreign.length > 0) {
      const message = words.foreignInterruptions(foreign.length);
      showWithActions(window.showInformationMessage, prefixWithOrganization(organization, message), [resume]);
    }
    if (!account) return;
    const now = organization.permissions.now();
    const message = another
      ? words.severalInterrupted(interrupted.length)
      : words.oneInterrupted(
          planTitle(account, organization),
          planSubtitle(account, now, organization),
          recordedProgress(account),
        );
    const buttons: Button[] = another
      ? [resume]
      : choices.map(({ label, act }) => [
          label,
          () => withErrorReport(services, () => act({ services, organization, journal, account })),
        ]);
    showWithActions(window.showWarningMessage, prefixWithOrganization(organization, message), buttons);
  });
}

/** Lists the interrupted plans and asks whether to continue, undo or dismiss one. */
export const resumeInterrupted: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await show(services, organization, await services.journals.of(organization));
};

/** An interrupted plan with its organization and journal. */
interface InterruptedPlan {
  readonly services: Services;
  readonly organization: Organization;
  readonly journal: Journal;
  readonly account: Account;
}

interface ResumeChoice {
  readonly label: string;
  readonly detail: string;
  readonly act: (interrupted: InterruptedPlan) => Promise<void>;
}

const choices: readonly ResumeChoice[] = [
  { ...words.resumeChoices.continue, act: continuePlan },
  { ...words.resumeChoices.undo, act: undoCompleted },
  { ...words.resumeChoices.dismiss, act: dismiss },
];

async function show(services: Services, organization: Organization, journal: Journal): Promise<void> {
  const plans = await journal.open(organization.id);
  const groups = groupsOf(organization, plans);
  const unreadable = words.unreadableRecords(plans.unreadable);
  if (groups.length === 0) {
    const message = sentences(words.resumePicker.none, unreadable);
    void window.showInformationMessage(prefixWithOrganization(organization, message));
    return;
  }
  const now = organization.permissions.now();
  const title = prefixWithOrganization(organization, words.resumePicker.title);
  const picked = await pickOne(
    groups.flatMap(({ label, accounts }) => [
      ...(label === '' ? [] : [{ label, kind: QuickPickItemKind.Separator }]),
      ...accounts.map((account) => itemOf(organization, account, now)),
    ]),
    { title, placeHolder: sentences(words.resumePicker.placeholder, unreadable), ignoreFocusOut: true },
  );
  const account = picked && 'account' in picked ? picked.account : undefined;
  if (!account || !(await isFree(organization, journal, plans, account))) return;
  const isForeign = splitByOrganization(organization, [account]).foreign.length > 0;
  const offered = isForeign ? choices.filter(({ act }) => act === dismiss) : choices;
  const choice = await pickOne(offered, {
    title: prefixWithOrganization(organization, planTitle(account, organization)),
    placeHolder: isForeign ? words.foreignChanges(1) : words.progressInWords(recordedProgress(account)),
    ignoreFocusOut: true,
  });
  await choice?.act({ services, organization, journal, account });
}

/** The plans in the order of the picker. The first group needs no label. */
function groupsOf(
  organization: Organization,
  { interrupted, busy, unsure }: OpenPlans,
): { readonly label: string; readonly accounts: readonly Account[] }[] {
  const [free, others, doubtful] = [interrupted, busy, unsure].map((each) =>
    splitByOrganization(organization, each),
  );
  return [
    { label: '', accounts: free?.own ?? [] },
    { label: words.resumePicker.maybeInAnotherWindow, accounts: doubtful?.own ?? [] },
    { label: words.resumePicker.inAnotherWindow, accounts: others?.own ?? [] },
    {
      label: words.resumePicker.differentOrganization,
      accounts: [...(free?.foreign ?? []), ...(doubtful?.foreign ?? [])],
    },
  ].filter(({ accounts }) => accounts.length > 0);
}

/** Whether nobody else is working on a plan. Where that isn't known yet, finds out, with progress and cancel. */
async function isFree(
  organization: Organization,
  journal: Journal,
  { interrupted, unsure }: OpenPlans,
  { id, session }: Account,
): Promise<boolean> {
  const isIn = (plans: readonly Account[]): boolean => plans.some((each) => each.id === id);
  if (isIn(interrupted)) return true;
  if (isIn(unsure)) {
    const title = prefixWithOrganization(organization, words.checkingOtherWindows);
    const found = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
        const plans = await journal.watch(organization.id, signal);
        return signal.aborted ? undefined : plans;
      },
    );
    if (!found) return false;
    if (isIn(found.interrupted)) return true;
  }
  void window.showInformationMessage(prefixWithOrganization(organization, beingApplied(session)));
  return false;
}

async function continuePlan(interrupted: InterruptedPlan): Promise<void> {
  await takeOver(interrupted, async (entry, account) => {
    const { services, organization } = interrupted;
    const make = async (reading: PlanReading): Promise<MadePlan> => {
      const { looks, basis } = await checkResult(organization, account, reading);
      const { left, changedSince, notListed } = leftToDo(planOf(account), looks);
      const notes = [
        ...attributionWarnings(organization, account),
        ...(changedSince.length === 0 ? [] : [words.notGrantedAgain(organization, changedSince)]),
        ...(notListed.length === 0 ? [] : [words.acceptedNotListed(organization, notListed)]),
      ];
      const done = looks.map(outcomeOf).filter(({ result }) => result === 'done');
      await entry.judged(done);
      return {
        plan: { ...left, basis },
        heading: words.continuing(planTitle(account, organization)),
        notes: [words.alreadyDone(done.length, looks.length), ...notes],
        nothing: sentences(notListed.length === 0 ? nothingLeftToDo : nothingMoreToSend, ...notes),
      };
    };
    const { checkingResult: title } = words;
    const outcomes = await previewAndApply(services, organization, make, { maxAge: 0, title, entry });
    if (outcomes?.length === 0) await entry.end('applied');
  });
}

async function undoCompleted(interrupted: InterruptedPlan): Promise<void> {
  await takeOver(interrupted, async (entry, account) => {
    const { services, organization } = interrupted;
    let looks: readonly Look[] = [];
    const outcomes = await undoRecordedPlan(services, organization, account, 0, {
      onLooks: (found) => {
        looks = found;
      },
    });
    if (!outcomes) return;
    // The plan that undoes has a record of its own, which is the one to continue.
    await entry.judged(looks.map(outcomeOf).filter(({ result }) => result === 'done'));
    await entry.end('undone');
  });
}

async function dismiss(interrupted: InterruptedPlan): Promise<void> {
  await takeOver(interrupted, async (entry) => {
    await entry.end('forgotten');
    void window.showInformationMessage(prefixWithOrganization(interrupted.organization, words.dismissed));
  });
}

/**
 * Takes over a plan and works on its latest record, because another window may have handled it since it was offered. A
 * plan whose record `work` doesn't end is offered again, in any window.
 */
async function takeOver(
  interrupted: InterruptedPlan,
  work: (entry: PlanWriter, account: Account) => Promise<void>,
): Promise<void> {
  const { services, organization, journal } = interrupted;
  if (!(await ensureStillCurrent(services, organization))) return;
  const taken = await journal.take(interrupted.account);
  if (!taken) {
    void window.showInformationMessage(prefixWithOrganization(organization, words.handledElsewhere));
    return;
  }
  const { entry, account } = taken;
  try {
    await entry.during(() => work(entry, account));
  } finally {
    // When the release can't be recorded, the plan stays with this window, which still offers it.
    await entry.release().catch((error: unknown) => services.log.error(explanationInWords(explain(error))));
  }
}

function beingApplied(session: Session | undefined): string {
  if (!session) return words.beingAppliedElsewhere();
  return session.host === undefined || session.host === thisSession.host
    ? words.beingAppliedElsewhere(session.pid)
    : words.beingAppliedElsewhere(session.pid, session.host);
}

interface AccountItem extends QuickPickItem {
  readonly account: Account;
}

function itemOf(organization: Organization, account: Account, now: number): AccountItem {
  return {
    account,
    label: planTitle(account, organization),
    description: planSubtitle(account, now, organization),
    detail: metadata(
      words.progressInShort(recordedProgress(account)),
      account.damaged ? words.resumePicker.damaged : '',
      words.recordedProjects(account),
    ),
  };
}
