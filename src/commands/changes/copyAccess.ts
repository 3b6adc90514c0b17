import { ProgressLocation, window } from 'vscode';
import type { Permission } from '../../access/api';
import { currentAccess, readCompleteList } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import {
  type ExtraAccessPolicy,
  mayOwnSource,
  planCheckpointCopy,
  planProjectCopy,
} from '../../access/plan/copyAccess';
import type { Plan } from '../../access/plan/plan';
import { cancelSignal, pickOne } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import { checkpointName, projectName } from '../../words/names';
import { previewAndApply } from '../plan/previewPlan';
import { targets } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';

const { copying } = words;

/** Copies access from one checkpoint or project to another, by a plan that is previewed. */
export const copyAccessFrom: Command = async (services, target, selection) => {
  const checkpoints = targets(services, target, selection, 'checkpoint');
  // The row of a permission means its project.
  const projects = targets(services, target, selection, 'permission', 'project');
  const organization = await organizationInView(services, [...checkpoints, ...projects]);
  if (!organization) return;
  const checkpoint = checkpoints[0]?.checkpoint.id;
  const [row] = projects;
  const project = row?.kind === 'project' ? row.project : row?.permission.project_id;
  const what = checkpoint ? 'checkpoint' : project ? 'project' : await askKind(organization);
  const copy =
    what === 'checkpoint'
      ? await planForCheckpoint(organization, checkpoint)
      : what === 'project'
        ? await planForProject(organization, project)
        : undefined;
  if (!copy || !(await ensureStillCurrent(services, organization))) return;
  if (copy.plan.steps.length === 0) {
    const message = sentences(copy.nothingToCopy, ...copy.notes);
    void window.showInformationMessage(prefixWithOrganization(organization, message));
    return;
  }
  await previewAndApply(services, organization, copy.plan, { notes: copy.notes });
};

interface CopyPlan {
  readonly plan: Plan;
  readonly notes: readonly string[];
  /** Shown when the plan is empty. */
  readonly nothingToCopy: string;
}

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

async function planForCheckpoint(
  organization: Organization,
  given: string | undefined,
): Promise<CopyPlan | undefined> {
  const to = given ?? (await pickCheckpoint(organization, copying.title, copying.toWhichCheckpoint));
  if (to === undefined) return undefined;
  const name = checkpointName(to);
  const from = await pickCheckpoint(
    organization,
    copying.titleTo(name),
    copying.fromWhichCheckpoint(name),
    to,
  );
  if (from === undefined) return undefined;
  const title = copying.titleFromTo(checkpointName(from), name);
  const extra = await askAboutExtraAccess(organization, [from, to], title);
  if (!extra) return undefined;
  const store = organization.permissions;
  const read = await loadEach(organization, [from, to], (id, signal) => readCompleteList(store, id, signal));
  for (const { error } of read.failures) throw error;
  const owner = organization.ownerOf(from);
  const plan = planCheckpointCopy(
    read.found.get(from) ?? [],
    { checkpoint: to, permissions: read.found.get(to) ?? [] },
    extra,
    owner,
  );
  const isMatch = plan.steps.some(({ action }) => action === 'revoke');
  return {
    plan,
    notes: owner === undefined ? [words.sourceOwnerUnknown(from, isMatch)] : [],
    nothingToCopy: words.checkpointHasAllAccess(to, from),
  };
}

async function planForProject(
  organization: Organization,
  given: string | undefined,
): Promise<CopyPlan | undefined> {
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
  const { found, failures } = await loadEach(organization, checkpoints, async (id, signal) => {
    const access = await currentAccess(organization.permissions, id, [from, to], signal);
    return [...access.values()].flat();
  });
  if (found.size === 0) for (const { error } of failures) throw error;
  const ownerOf = (id: string): string | undefined => organization.ownerOf(id);
  const { notCopied, revoked } = mayOwnSource(found, from, to, extra, ownerOf);
  return {
    plan: planProjectCopy(found, from, to, extra, ownerOf),
    notes: [
      ...(revoked.length > 0 ? [words.mayOwnRevoked(organization, { from, to }, revoked)] : []),
      ...(notCopied.length > 0 ? [words.mayOwnNotCopied(organization, from, notCopied)] : []),
      ...failures.map(({ checkpoint, error }) => words.skippedNotLoaded(checkpoint, error)),
    ],
    nothingToCopy: words.projectHasAllAccess(organization, to, from),
  };
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

interface LoadedAccess {
  readonly found: Map<string, readonly Permission[]>;
  readonly failures: { readonly checkpoint: string; readonly error: unknown }[];
}

/** Loads checkpoints in sequence, with progress and cancel. Rejects only when canceled. */
function loadEach(
  organization: Organization,
  checkpoints: readonly string[],
  read: (checkpoint: string, signal: AbortSignal) => Promise<readonly Permission[]>,
): Thenable<LoadedAccess> {
  const title = prefixWithOrganization(organization, copying.loading);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const found = new Map<string, readonly Permission[]>();
      const failures: LoadedAccess['failures'] = [];
      for (const [index, checkpoint] of checkpoints.entries()) {
        progress.report({
          message: words.progressOf(index + 1, checkpoints.length, checkpointName(checkpoint)),
        });
        try {
          found.set(checkpoint, await read(checkpoint, signal));
        } catch (error) {
          failures.push({ checkpoint, error });
        }
        if (signal.aborted) throw new APIUserAbortError();
      }
      return { found, failures };
    },
  );
}
