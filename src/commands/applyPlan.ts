import { ProgressLocation, window } from 'vscode';
import { type ApplyProgress, apply } from '../access/apply';
import type { Organization } from '../access/organization';
import { checkpointsOf, type Plan } from '../access/plan';
import { cancelSignal } from '../editor/cancelSignal';
import { inertText } from '../editor/plainText';
import { waitInWords } from '../editor/time';
import { nameOf } from './names';
import { titled } from './organizationInView';
import { reportOutcomes } from './reportOutcomes';
import type { Services } from './services';

/** Applies a plan that the person has agreed to, shows how far it is, and reports each step's outcome. */
export async function applyPlan(services: Services, organization: Organization, plan: Plan): Promise<void> {
  const title = titled(
    organization,
    plan.steps[0]?.action === 'grant' ? 'Granting access' : 'Revoking access',
  );
  const outcomes = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const { api } = organization;
      return apply(
        plan,
        { api, store: organization.permissions },
        { signal: cancelSignal(token), onProgress: (step) => progress.report({ message: inWords(step) }) },
      );
    },
  );
  await showWhatWasRead(services, plan);
  reportOutcomes(services, organization, outcomes, (again) => applyPlan(services, organization, again));
}

/** After a grant, unfolds the checkpoint where the person is looking, so that the new permissions are seen. */
async function showWhatWasRead({ tree, view }: Services, plan: Plan): Promise<void> {
  const [checkpoint, another] = checkpointsOf(plan);
  const node = checkpoint === undefined || another !== undefined ? undefined : tree.nodeOf(checkpoint);
  if (node && view.isVisible && plan.steps[0]?.action === 'grant') await view.unfold(node);
}

function inWords(progress: ApplyProgress): string {
  switch (progress.doing) {
    case 'readingBack':
      return `reading back ${nameOf(progress.checkpoint)}`;
    case 'waiting':
      return waitInWords(progress, Date.now());
    case 'changing':
      return `${progress.answered + 1} of ${progress.total}: ${inertText(progress.step.project, 60)}`;
  }
}
