import { window } from 'vscode';
import { currentAccess, decisionAge } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { keepSteps, planGrants } from '../../access/plan/plan';
import { previewAndApply } from '../plan/previewPlan';
import { linkedCheckpoint, targets } from '../shared/commandArguments';
import { nameOfAll, someProjects } from '../shared/displayNames';
import { organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';
import { askProjects } from './askProjects';

/**
 * Grants projects access to checkpoints: those that have it already are shown as such and left out. Called on projects
 * it asks for the checkpoints.
 */
export const grant: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint');
  const projectNodes = targets(services, target, selection, 'project');
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, [...nodes, ...projectNodes], link);
  if (!organization) return;
  const checkpoints = await whichCheckpoints(organization);
  if (!checkpoints) return;

  const store = organization.permissions;
  const projects = await whichProjects(organization, checkpoints);
  if (!projects) return;

  const access = new Map<string, Map<string, readonly unknown[]>>();
  await services.view.whileLoading(async () => {
    for (const each of checkpoints) access.set(each, await currentAccess(store, each, projects));
  });
  const has = (checkpoint: string, project: string): boolean =>
    (access.get(checkpoint)?.get(project)?.length ?? 0) > 0;

  const whole = planGrants(checkpoints, projects);
  const plan = keepSteps(whole, (step) => !has(step.checkpoint, step.project));
  const left = whole.steps.length - plan.steps.length;
  if (plan.steps.length === 0) {
    void window.showInformationMessage(
      titled(
        organization,
        `${someProjects(organization, projects, 5)} already ${projects.length === 1 ? 'has' : 'have'} access to ${nameOfAll(checkpoints)}. Nothing was sent.`,
      ),
    );
    return;
  }
  const notes =
    left === 0
      ? []
      : [
          alreadyNote(
            organization,
            whole.steps.filter((step) => has(step.checkpoint, step.project)),
          ),
        ];
  await previewAndApply(services, organization, plan, { notes });

  async function whichCheckpoints(shown: Organization): Promise<string[] | undefined> {
    if (link) return [link.checkpoint];
    if (nodes.length > 0) return nodes.map(({ checkpoint }) => checkpoint.id);
    const placeHolder = 'Choose the checkpoint to grant access to';
    return pickCheckpoints(shown, {
      title: 'Grant access',
      placeHolder,
      several: projectNodes.length > 0,
    });
  }

  async function whichProjects(shown: Organization, ids: readonly string[]): Promise<string[] | undefined> {
    if (projectNodes.length > 0) return projectNodes.map(({ project }) => project);
    // What is known decides what is sent, so nothing is asked of the person before it could be read.
    await services.view.whileLoading(() =>
      Promise.all(ids.map((each) => shown.permissions.readCurrent(each, decisionAge))),
    );
    return askProjects(shown, ids, `Grant access to ${nameOfAll(ids)}`);
  }
};

function alreadyNote(organization: Organization, steps: readonly { readonly project: string }[]): string {
  const projects = [...new Set(steps.map(({ project }) => project))];
  return `Already with access, not sent again: ${someProjects(organization, projects, 10)}`;
}
