import { window } from 'vscode';
import type { Organization } from '../access/organization';
import { count } from './names';
import { isStillShown, titled } from './organizationInView';
import { previewAndApply } from './previewAndApply';
import type { Services } from './services';

/**
 * Shows all staged changes of an organization as one plan, and applies what the person agrees to: what was done is staged
 * no more, what failed stays and says why.
 */
export async function previewStaged(services: Services, organization: Organization): Promise<void> {
  if (!(await isStillShown(services, organization))) return;
  const { staged, permissions } = organization;
  const { plan, void: done, undecided } = staged.toPlan((id) => permissions.snapshot(id));
  const notes = [
    ...(done.length > 0 ? [`${count(done.length, 'staged change')} left out: it is so already.`] : []),
    ...(undecided.length > 0
      ? [`${count(undecided.length, 'staged change')} left out: read the checkpoint first.`]
      : []),
  ];
  if (plan.steps.length === 0) {
    const words = ['Nothing that is staged is left to be done.', ...notes].join(' ');
    void window.showInformationMessage(titled(organization, words));
    return;
  }
  const outcomes = await previewAndApply(services, organization, plan, { notes });
  if (outcomes) staged.settle(outcomes);
}
