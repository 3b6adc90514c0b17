import type { Permission } from '../../access/api';
import { currentAccess, readCompleteList } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { type Bases, type Basis, basisOfAccess } from '../../access/plan/basis';
import {
  type ExtraAccessPolicy,
  mayOwnSource,
  planCheckpointCopy,
  planProjectCopy,
} from '../../access/plan/copyAccess';
import { checkpointsOf, joinPlans, type Plan } from '../../access/plan/plan';
import { pickOne } from '../../editor/questions';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import { checkpointName, checkpointNames, projectName } from '../../words/names';
import type { MakePlan } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { checkpointTargets, targets } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';
import { loadEach } from './loadEach';

const { copying } = words;

/**
 * Copies access from one checkpoint or project to another, or from a checkpoint to those of a model, by a plan that is
 * previewed.
 */
export const copyAccessFrom: Command = async (services, target, selection) => {
  const checkpoints = checkpointTargets(services, target, selection);
  // The row of a permission means its project.
  const projects = targets(services, target, selection, 'permission', 'project');
  const organization = await organizationInView(services, [...checkpoints.rows, ...projects]);
  if (!organization) return;
  const [row] = projects;
  const project = row?.kind === 'project' ? row.project : row?.permission.project_id;
  const what = checkpoints.ids.length > 0 ? 'checkpoint' : project ? 'project' : await askKind(organization);
  const make =
    what === 'checkpoint'
      ? await planForCheckpoints(organization, checkpoints.ids)
      : what === 'project'
        ? await planForProject(organization, project)
        : undefined;
  if (!make || !(await ensureStillCurrent(services, organization))) return;
  await previewAndApply(services, organization, make, { title: copying.loading });
};

async function askKind(organization: Organization): Promise<'checkpoint' | 'project' | undefined> {
  const { betweenCheckpoints, betweenCheckpointsDetail, betweenProjects, betweenProjectsDetail } = copying;
  const items = [
    { label: betweenCheckpoints, detail: betweenCheckpointsDetail, what: 'checkpoint' },
    { label: betweenProjects, detail: betweenProjectsDetail, what: 'project' },
  ] as const;
  const picked = await pickOne(items, {
    title: prefixWithOrganization(organization, copying.title),
    placeHolder: copying.whatToCopy,
    ignoreFocusOut: true,
  });
  return picked?.what;
}

/** Plans copies to the given checkpoints, or to the one the person picks. */
async function planForCheckpoints(
  organization: Organization,
  given: readonly string[],
): Promise<MakePlan | undefined> {
  const picked =
    given.length > 0
      ? undefined
      : await pickCheckpoint(organization, copying.title, copying.toWhichCheckpoint);
  const chosen = picked === undefined ? given : [picked];
  const [to, another] = chosen;
  if (to === undefined) return undefined;
  const names = checkpointNames(chosen, organization);
  const from = await pickCheckpoint(
    organization,
    copying.titleTo(names),
    copying.fromWhichCheckpoint(names),
    // Of several, one may be the source of the others.
    another === undefined ? to : undefined,
  );
  if (from === undefined) return undefined;
  const copies = chosen.filter((id) => id !== from);
  const title = copying.titleFromTo(
    checkpointName(from, organization),
    checkpointNames(copies, organization),
  );
  const extra = await askAboutExtraAccess(organization, [from, ...copies], title);
  if (!extra) return undefined;
  const store = organization.permissions;
  return async (reading) => {
    const { found, failures } = await loadEach(organization, [from, ...copies], reading, (id) =>
      readCompleteList(store, id, reading.signal, reading.maxAge(id)),
    );
    const source = found.get(from);
    const loaded = copies.flatMap((checkpoint) => {
      const listing = found.get(checkpoint);
      return listing ? [{ checkpoint, listing }] : [];
    });
    if (!source || loaded.length === 0) for (const { error } of failures) throw error;
    const owner = organization.ownerOf(from);
    const plan = joinPlans(
      loaded.map(({ checkpoint, listing: { permissions } }) =>
        planCheckpointCopy(source?.permissions ?? [], { checkpoint, permissions }, extra, owner),
      ),
    );
    const isMatch = plan.steps.some(({ action }) => action === 'revoke');
    const notes = [
      ...(owner === undefined ? [words.sourceOwnerUnknown(from, isMatch, organization)] : []),
      ...failures.map(({ checkpoint, error }) => words.skippedNotLoaded(checkpoint, error, organization)),
    ];
    // The very lists that decided: one of them may have been loaded again while the other was.
    const basis = new Map<string, Basis>([
      [from, { ...(source && { listing: source }), isSource: true }],
      ...loaded.map(({ checkpoint, listing }) => [checkpoint, { listing }] as const),
    ]);
    const having = loaded.map(({ checkpoint }) => checkpoint);
    const nothing = sentences(words.checkpointsHaveAllAccess(having, from, organization), ...notes);
    return { plan: { ...plan, basis }, heading: title, notes, nothing };
  };
}

async function planForProject(
  organization: Organization,
  given: string | undefined,
): Promise<MakePlan | undefined> {
  const to =
    given ?? (await pickProject(organization, { title: copying.title, question: copying.toWhichProject }));
  if (to === undefined) return undefined;
  const name = projectName(organization, to);
  const from = await pickProject(organization, {
    title: copying.titleTo(name),
    question: copying.fromWhichProject(name),
    except: to,
  });
  if (from === undefined || from === to) return undefined;
  const checkpoints = organization.catalog.ids;
  const title = copying.titleFromTo(projectName(organization, from), name);
  const extra = await askAboutExtraAccess(organization, checkpoints, title);
  if (!extra) return undefined;
  const store = organization.permissions;
  let known: ReadonlyMap<string, ProjectsAccess> = new Map();
  return async (reading) => {
    const { found, failures } = await loadEach(organization, checkpoints, reading, async (id) => {
      const before = known.get(id);
      // Where the plan does nothing, nothing is asked again.
      if (before && reading.maxAge(id) === Number.POSITIVE_INFINITY) return before;
      const at = store.now();
      const { byProject, asked } = await currentAccess(store, id, [from, to], {
        signal: reading.signal,
        maxAge: reading.maxAge(id),
        allOf: extra === 'revoke' ? [to] : [],
      });
      const basis = { ...basisOfAccess(store, id, asked, at), isSource: true };
      return { permissions: [...byProject.values()].flat(), basis };
    });
    if (found.size === 0) for (const { error } of failures) throw error;
    known = found;
    const access = new Map([...found].map(([id, { permissions }]) => [id, permissions]));
    const ownerOf = (id: string): string | undefined => organization.ownerOf(id);
    const plan = planProjectCopy(access, from, to, extra, ownerOf);
    const { notCopied, revoked } = mayOwnSource(access, from, to, extra, ownerOf);
    const notes = [
      ...(revoked.length > 0 ? [words.mayOwnRevoked(organization, { from, to }, revoked)] : []),
      ...(notCopied.length > 0 ? [words.mayOwnNotCopied(organization, from, notCopied)] : []),
      ...failures.map(({ checkpoint, error }) => words.skippedNotLoaded(checkpoint, error, organization)),
    ];
    return {
      plan: { ...plan, basis: basisOfSteps(plan, found) },
      heading: title,
      notes,
      nothing: sentences(words.projectHasAllAccess(organization, to, from), ...notes),
    };
  };
}

/** What is known of one checkpoint: the permissions of two projects. */
interface ProjectsAccess {
  readonly permissions: readonly Permission[];
  readonly basis: Basis;
}

/** The basis of a plan's own checkpoints: where the plan does nothing, it decides nothing. */
function basisOfSteps(plan: Plan, found: ReadonlyMap<string, ProjectsAccess>): Bases {
  return new Map(
    checkpointsOf(plan).flatMap((id) => {
      const basis = found.get(id)?.basis;
      return basis ? [[id, basis] as const] : [];
    }),
  );
}

async function pickCheckpoint(
  organization: Organization,
  title: string,
  placeHolder: string,
  except?: string,
): Promise<string | undefined> {
  const picked = await pickCheckpoints(organization, {
    title,
    placeHolder,
    several: false,
    ...(except && { except }),
  });
  return picked?.[0];
}

/** Asks what to do with access that the source doesn't have. The question says what loading costs. */
async function askAboutExtraAccess(
  organization: Organization,
  checkpoints: readonly string[],
  title: string,
): Promise<ExtraAccessPolicy | undefined> {
  const items: { label: string; detail: string; extra: ExtraAccessPolicy }[] = [
    { label: copying.addMissing, detail: copying.addMissingDetail, extra: 'keep' },
    { label: copying.match, detail: copying.matchDetail, extra: 'revoke' },
  ];
  const toLoad = checkpoints.filter((id) => {
    const { isComplete, doubts } = organization.standingOf(id);
    return !isComplete || doubts.includes('beforeYourChange');
  });
  const picked = await pickOne(items, {
    title: prefixWithOrganization(organization, title),
    placeHolder: words.planComesFirst(toLoad.length),
    ignoreFocusOut: true,
  });
  return picked?.extra;
}
