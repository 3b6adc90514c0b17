import { ProgressLocation, window } from 'vscode';
import { type ApplyProgress, apply } from '../access/apply';
import type { Organization } from '../access/organization';
import { checkpointsOf, type Plan } from '../access/plan';
import { stillToDo } from '../access/stillToDo';
import { cancelSignal } from '../editor/cancelSignal';
import { countDown } from '../editor/countDown';
import { nameOf, projectName } from './names';
import { isStillShown, titled } from './organizationInView';
import { reportOutcomes } from './reportOutcomes';
import type { Services } from './services';
import { telling } from './telling';

/** Applies a plan that the person has agreed to, shows how far it is, and reports each step's outcome. */
export async function applyPlan(services: Services, organization: Organization, plan: Plan): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const verb = plan.steps[0]?.action === 'grant' ? 'Granting access' : 'Revoking access';
  const outcomes = await window.withProgress(
    { location: ProgressLocation.Notification, title: titled(organization, verb), cancellable: true },
    async (progress, token) => {
      let stopCounting = (): void => undefined;
      const onProgress = (now: ApplyProgress): void => {
        stopCounting();
        if (now.doing === 'waiting') stopCounting = countDown(progress, now);
        else progress.report({ message: inWords(organization, now) });
      };
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const target = { api: organization.api, store: organization.permissions };
      return apply(plan, target, { signal, onProgress }).finally(() => stopCounting());
    },
  );
  await showWhatWasRead(services, plan);
  reportOutcomes(services, organization, outcomes, (left) =>
    telling(services, () => applyAgain(services, organization, left)),
  );
}

/** Looks first what is still to be done: an answer that was lost may have been a yes. */
async function applyAgain(services: Services, organization: Organization, left: Plan): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const title = titled(organization, 'Looking what is still to be done');
  const plan = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => stillToDo(left, organization.permissions, cancelSignal(token)),
  );
  if (plan.steps.length > 0) return applyPlan(services, organization, plan);
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
