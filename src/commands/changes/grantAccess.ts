import { window } from 'vscode';
import { currentAccess } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { keepSteps, planGrants } from '../../access/plan/plan';
import { decisionAge } from '../../access/thresholds';
import * as words from '../../words/changes';
import { previewAndApply } from '../plan/previewPlan';
import { linkedCheckpoint, targets } from '../shared/commandArguments';
import { organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';
import { askProjects } from './askProjects';

/**
 * Grants projects access to checkpoints. Projects that already have access are skipped, which a note says. Called on
 * projects, it asks for the checkpoints.
 */
export const grantAccess: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint');
  const projectNodes = targets(services, target, selection, 'project');
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, [...nodes, ...projectNodes], link);
  if (!organization) return;
  const checkpoints = await chooseCheckpoints(organization);
  if (!checkpoints) return;

  const store = organization.permissions;
  const projects = await chooseProjects(organization, checkpoints);
  if (!projects) return;

  const access = new Map<string, Map<string, readonly unknown[]>>();
  await services.view.whileLoading(async () => {
    for (const each of checkpoints) access.set(each, await currentAccess(store, each, projects));
  });
  const has = (checkpoint: string, project: string): boolean =>
    (access.get(checkpoint)?.get(project)?.length ?? 0) > 0;

  const whole = planGrants(checkpoints, projects);
  const plan = keepSteps(whole, (step) => !has(step.checkpoint, step.project));
  const skipped = whole.steps.filter((step) => has(step.checkpoint, step.project));
  if (plan.steps.length === 0) {
    const message = words.allHaveAccess(organization, projects, checkpoints);
    void window.showInformationMessage(prefixWithOrganization(organization, message));
    return;
  }
  const withAccess = [...new Set(skipped.map(({ project }) => project))];
  const notes = skipped.length === 0 ? [] : [words.skippedWithAccess(organization, withAccess)];
  await previewAndApply(services, organization, plan, { notes });

  async function chooseCheckpoints(shown: Organization): Promise<string[] | undefined> {
    if (link) return [link.checkpoint];
    if (nodes.length > 0) return nodes.map(({ checkpoint }) => checkpoint.id);
    const several = projectNodes.length > 0;
    return pickCheckpoints(shown, {
      title: words.grantTitle,
      placeHolder: several ? words.selectCheckpointsToGrant : words.selectCheckpointToGrant,
      several,
    });
  }

  async function chooseProjects(shown: Organization, ids: readonly string[]): Promise<string[] | undefined> {
    if (projectNodes.length > 0) return projectNodes.map(({ project }) => project);
    // Current access decides which grants are sent, so it is loaded before the question.
    await services.view.whileLoading(() =>
      Promise.all(ids.map((each) => shown.permissions.readCurrent(each, decisionAge))),
    );
    return askProjects(shown, ids, words.grantTitleFor(ids, shown));
  }
};
