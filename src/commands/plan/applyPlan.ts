import { ProgressLocation, window } from 'vscode';
import type { Entry } from '../../access/journal/entry';
import type { Organization } from '../../access/organization';
import { type ApplyProgress, apply } from '../../access/plan/apply';
import { stillToDo } from '../../access/plan/lookAgain';
import type { Meanwhile } from '../../access/plan/meanwhile';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, type Plan, planKind } from '../../access/plan/plan';
import { cancelSignal } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { countDown } from '../../views/shared/waitingNotice';
import { explain, explanationInWords } from '../../words/errors';
import * as words from '../../words/plan';
import { withErrorReport } from '../shared/errorReport';
import { isStillShown, titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { reportOutcomes } from './reportOutcomes';

/** How a plan is recorded: in a record that was begun before, or in a new one. */
export interface Recording {
  readonly entry?: Entry;
  readonly undoes?: string;
}

/**
 * Applies a plan that the person has agreed to, with progress, and reports each step's outcome. Undefined when it was not
 * begun. Rejects with `JournalError` when it can't be recorded; then nothing was sent.
 */
export async function applyPlan(
  services: Services,
  organization: Organization,
  plan: Plan,
  recording: Recording = {},
): Promise<Outcome[] | undefined> {
  if (!(await isStillShown(services, organization))) return undefined;
  const entry = recording.entry ?? (await begin(services, organization, plan, recording));
  const changes: Meanwhile[] = [];
  const outcomes = await entry.during(() =>
    withProgressOf(organization, plan, (signal, onProgress) =>
      apply(plan, organization.target, {
        signal,
        onProgress,
        recorder: entry,
        onMeanwhile: (some) => changes.push(...some),
      }),
    ),
  );
  await end(services, entry);
  await showWhatWasRead(services, plan);
  reportOutcomes(services, organization, outcomes, changes, (left) =>
    withErrorReport(services, () => applyAgain(services, organization, left, recording)),
  );
  return outcomes;
}

async function begin(
  services: Services,
  organization: Organization,
  plan: Plan,
  { undoes }: Recording,
): Promise<Entry> {
  const journal = await services.journals.of(organization);
  const { id: profile, name, projects, identity } = organization;
  const names: Record<string, string> = {};
  for (const { project } of plan.steps) {
    const known = projects.nameOf(project);
    if (known !== undefined) names[project] = known;
  }
  const title = words.planInWords(plan);
  return journal.begin({
    profile,
    organization: name,
    title,
    names,
    plan,
    ...(identity && { whose: identity }),
    ...(undoes && { undoes }),
  });
}

/** Ends the record. When its last line can't be written, the person is warned, and the next start offers to resume. */
async function end({ log }: Services, entry: Entry): Promise<void> {
  await entry.end('applied').catch((error: unknown) => {
    const why = explanationInWords(explain(error));
    log.error(why);
    void window.showWarningMessage(escapeForMessage(why, 500));
  });
}

async function withProgressOf<T>(
  organization: Organization,
  plan: Plan,
  work: (signal: AbortSignal, onProgress: (now: ApplyProgress) => void) => Promise<T>,
): Promise<T> {
  const title = titled(organization, words.applying[planKind(plan)]);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let stopCounting = (): void => undefined;
      const onProgress = (now: ApplyProgress): void => {
        stopCounting();
        if (now.doing === 'waiting') stopCounting = countDown(progress, now);
        else progress.report({ message: words.applyProgressInWords(organization, now) });
      };
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      return work(signal, onProgress).finally(() => stopCounting());
    },
  );
}

/** Checks first what is left to do: a request whose response was lost may have been carried out. */
async function applyAgain(
  services: Services,
  organization: Organization,
  left: Plan,
  { undoes }: Recording,
): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const title = titled(organization, words.checkingWhatIsLeft);
  const plan = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => stillToDo(left, organization.permissions, cancelSignal(token)),
  );
  if (plan.steps.length > 0) await applyPlan(services, organization, plan, { ...(undoes && { undoes }) });
  else void window.showInformationMessage(titled(organization, words.nothingLeftToDo));
}

/** After a grant, expands the checkpoint where the person is looking, so that the new permissions are seen. */
async function showWhatWasRead({ tree, view }: Services, plan: Plan): Promise<void> {
  const [checkpoint, another] = checkpointsOf(plan);
  const node = checkpoint === undefined || another !== undefined ? undefined : tree.nodeOf(checkpoint);
  if (node && view.isVisible && plan.steps[0]?.action === 'grant') await view.expand(node);
}
