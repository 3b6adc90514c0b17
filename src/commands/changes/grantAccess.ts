import { currentAccess } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { type Basis, basisOfAccess } from '../../access/plan/basis';
import { keepSteps, planGrants } from '../../access/plan/plan';
import { decisionAge } from '../../access/thresholds';
import * as words from '../../words/changes';
import { previewAndApply } from '../plan/previewPlan';
import { checkpointTargets, linkedCheckpoint, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { askProjects } from './askProjects';

/**
 * Grants projects access to checkpoints, or to those of a model. Projects that already have access are skipped, which a note says. Called on
 * projects, it asks for the checkpoints.
 */
export const grantAccess: Command = async (services, target, selection) => {
  const given = checkpointTargets(services, target, selection);
  const projectNodes = targets(services, target, selection, 'project');
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, [...given.rows, ...projectNodes], link);
  if (!organization) return;
  const checkpoints = await chooseCheckpoints(organization);
  if (!checkpoints) return;

  const projects = await chooseProjects(organization, checkpoints);
  if (!projects) return;

  await previewGrants(services, organization, checkpoints, projects);

  async function chooseCheckpoints(shown: Organization): Promise<string[] | undefined> {
    if (link) return [link.checkpoint];
    if (given.ids.length > 0) return [...given.ids];
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

/** Previews grants of projects to checkpoints, and applies what is confirmed. Projects that have access are skipped. */
export async function previewGrants(
  services: Services,
  organization: Organization,
  checkpoints: readonly string[],
  projects: readonly string[],
): Promise<void> {
  const store = organization.permissions;
  await previewAndApply(services, organization, async ({ maxAge, signal }) => {
    const access = new Map<string, ReadonlyMap<string, readonly unknown[]>>();
    const basis = new Map<string, Basis>();
    for (const each of checkpoints) {
      const at = store.now();
      const found = await currentAccess(store, each, projects, { signal, maxAge: maxAge(each) });
      access.set(each, found.byProject);
      basis.set(each, basisOfAccess(store, each, found.asked, at));
    }
    const has = (checkpoint: string, project: string): boolean =>
      (access.get(checkpoint)?.get(project)?.length ?? 0) > 0;
    const whole = planGrants(checkpoints, projects);
    const skipped = whole.steps.filter((step) => has(step.checkpoint, step.project));
    const withAccess = [...new Set(skipped.map(({ project }) => project))];
    return {
      plan: { ...keepSteps(whole, (step) => !skipped.includes(step)), basis },
      notes: skipped.length === 0 ? [] : [words.skippedWithAccess(organization, withAccess)],
      nothing: words.allHaveAccess(organization, projects, checkpoints),
    };
  });
}
