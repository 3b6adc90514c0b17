import { ProgressLocation, window } from 'vscode';
import { explain, inWords as explained } from '../../access/explain';
import type { Entry } from '../../access/journal/entry';
import type { Organization } from '../../access/organization';
import { type ApplyProgress, apply } from '../../access/plan/apply';
import { stillToDo } from '../../access/plan/lookAgain';
import type { Meanwhile } from '../../access/plan/meanwhile';
import type { Outcome } from '../../access/plan/outcome';
import { checkpointsOf, type Plan } from '../../access/plan/plan';
import { escapeForMessage } from '../../editor/plainText';
import { cancelSignal } from '../../editor/questions';
import { countDown } from '../../views/shared/waitingNotice';
import { nameOf, projectName } from '../shared/displayNames';
import { withErrorReport } from '../shared/errorReport';
import { isStillShown, titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { planInShort, verbOf } from './planInWords';
import { reportOutcomes } from './reportOutcomes';

/** How a plan is written down: in a record that was begun already, or in a new one. */
export interface Recording {
  readonly entry?: Entry;
  readonly undoes?: string;
}

/**
 * Applies a plan that the person has agreed to, shows how far it is, and reports each step's outcome. Undefined when
 * nothing was begun. Rejects with `JournalError` when it cannot be written down; then nothing was sent.
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
  const { id: profile, name, projects, whose } = organization;
  const names: Record<string, string> = {};
  for (const { project } of plan.steps) {
    const known = projects.nameOf(project);
    if (known !== undefined) names[project] = known;
  }
  const title = planInShort(plan);
  return journal.begin({
    profile,
    organization: name,
    title,
    names,
    plan,
    ...(whose && { whose }),
    ...(undoes && { undoes }),
  });
}

/** What was done is done: that the journal's last line could not be written is said, and the next start looks again. */
async function end({ log }: Services, entry: Entry): Promise<void> {
  await entry.end('applied').catch((error: unknown) => {
    const words = explained(explain(error));
    log.error(words);
    void window.showWarningMessage(escapeForMessage(words, 500));
  });
}

async function withProgressOf<T>(
  organization: Organization,
  plan: Plan,
  work: (signal: AbortSignal, onProgress: (now: ApplyProgress) => void) => Promise<T>,
): Promise<T> {
  const verbs = { Grant: 'Granting access', Revoke: 'Revoking access', Apply: 'Changing access' };
  const title = titled(organization, verbs[verbOf(plan)]);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let stopCounting = (): void => undefined;
      const onProgress = (now: ApplyProgress): void => {
        stopCounting();
        if (now.doing === 'waiting') stopCounting = countDown(progress, now);
        else progress.report({ message: inWords(organization, now) });
      };
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      return work(signal, onProgress).finally(() => stopCounting());
    },
  );
}

/** Looks first what is still to be done: an answer that was lost may have been a yes. */
async function applyAgain(
  services: Services,
  organization: Organization,
  left: Plan,
  { undoes }: Recording,
): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const title = titled(organization, 'Looking what is still to be done');
  const plan = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => stillToDo(left, organization.permissions, cancelSignal(token)),
  );
  if (plan.steps.length > 0) await applyPlan(services, organization, plan, { ...(undoes && { undoes }) });
  else
    void window.showInformationMessage(titled(organization, 'All of it is done already, as read just now.'));
}

/** After a grant, unfolds the checkpoint where the person is looking, so that the new permissions are seen. */
async function showWhatWasRead({ tree, view }: Services, plan: Plan): Promise<void> {
  const [checkpoint, another] = checkpointsOf(plan);
  const node = checkpoint === undefined || another !== undefined ? undefined : tree.nodeOf(checkpoint);
  if (node && view.isVisible && plan.steps[0]?.action === 'grant') await view.unfold(node);
}

function inWords(organization: Organization, progress: Exclude<ApplyProgress, { doing: 'waiting' }>): string {
  if (progress.doing === 'readingBack') return `reading back ${nameOf(progress.checkpoint)}`;
  return `${progress.answered + 1} of ${progress.total}: ${projectName(organization, progress.step.project)}`;
}
