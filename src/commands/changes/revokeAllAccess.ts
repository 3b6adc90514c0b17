import type { Permission } from '../../access/api';
import { currentAccess } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { planAllRevokes, toLoadForAll } from '../../access/plan/allAccess';
import { type Basis, basisOfAccess } from '../../access/plan/basis';
import { checkpointsOf } from '../../access/plan/plan';
import { askInDialog } from '../../editor/questions';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import type { MakePlan } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { targets } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';
import { loadEach } from './loadEach';

const { revokingAll } = words;

/**
 * Revokes every permission that projects have for checkpoints in the list, by one plan that is previewed. Asks for a
 * project when it was called on none.
 */
export const revokeAllAccess: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'project');
  const organization = await organizationInView(services, nodes);
  if (!organization) return;
  const { title, ofWhichProject: question } = revokingAll;
  const picked = nodes.length > 0 ? undefined : await pickProject(organization, { title, question });
  const projects = picked === undefined ? nodes.map(({ project }) => project) : [picked];
  if (projects.length === 0 || !(await confirmLoad(organization, projects))) return;
  if (!(await ensureStillCurrent(services, organization))) return;
  await previewAndApply(services, organization, planFor(organization, projects), {
    title: words.checkingCurrentAccess,
  });
};

/** Says the cost before several lists are loaded. One is loaded without a word, as for any change. */
async function confirmLoad(organization: Organization, projects: readonly string[]): Promise<boolean> {
  const lists = toLoadForAll(organization).length;
  if (lists <= 1) return true;
  const question = revokingAll.find(organization, projects);
  const button = revokingAll.loadButton;
  const title = prefixWithOrganization(organization, question);
  return (await askInDialog(title, words.planComesFirst(lists), button)) === button;
}

/** What is known of one checkpoint: the permissions of the projects. */
interface TheirAccess {
  readonly permissions: readonly Permission[];
  readonly basis: Basis;
}

function planFor(organization: Organization, projects: readonly string[]): MakePlan {
  const { catalog, permissions: store } = organization;
  let known: ReadonlyMap<string, TheirAccess> = new Map();
  return async (reading) => {
    const { found, failures } = await loadEach(organization, catalog.ids, reading, async (id) => {
      const before = known.get(id);
      // Where the plan does nothing, nothing is asked again.
      if (before && reading.maxAge(id) === Number.POSITIVE_INFINITY) return before;
      const at = store.now();
      const { byProject, asked } = await currentAccess(store, id, projects, {
        signal: reading.signal,
        maxAge: reading.maxAge(id),
        allOf: projects,
      });
      return { permissions: [...byProject.values()].flat(), basis: basisOfAccess(store, id, asked, at) };
    });
    if (found.size === 0) for (const { error } of failures) throw error;
    known = found;
    const current = new Map([...found].map(([id, { permissions }]) => [id, permissions]));
    const all = planAllRevokes(current, projects, (id) => organization.ownerOf(id));
    const { plan, owned, mayOwn } = all;
    const basis = new Map(
      checkpointsOf(plan).flatMap((id) => {
        const here = found.get(id)?.basis;
        return here ? [[id, here] as const] : [];
      }),
    );
    const kept = [
      ...owned.map(({ checkpoint, project }) => revokingAll.owns(organization, project, checkpoint)),
      ...(mayOwn.length > 0 ? [revokingAll.mayOwn(organization, projects, mayOwn)] : []),
      ...failures.map(({ checkpoint, error }) => words.skippedNotLoaded(checkpoint, error, organization)),
    ];
    return {
      plan: { ...plan, basis },
      notes: [[words.newIdWhenGrantedAgain, ...kept].join('\n')],
      nothing: sentences(
        failures.length === 0
          ? revokingAll.nothing(organization, projects)
          : revokingAll.nothingFound(organization, projects),
        ...kept,
      ),
    };
  };
}
