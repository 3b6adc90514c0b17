import { ProgressLocation, window } from 'vscode';
import type { Permission } from '../../access/api';
import { explain } from '../../access/explain';
import { currentAccess, readWhole } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import { copyOfCheckpoint, copyOfProject, type Extra } from '../../access/plan/copyAccess';
import type { Plan } from '../../access/plan/plan';
import { escapeForMessage } from '../../editor/plainText';
import { cancelSignal, pickOne } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { aboutHowLong } from '../plan/planInWords';
import { previewAndApply } from '../plan/previewPlan';
import { targets } from '../shared/commandArguments';
import { count, nameOf, projectName } from '../shared/displayNames';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';

/** Gives a checkpoint the access of another one, or a project that of another one: as a plan, shown first. */
export const copyAccessFrom: Command = async (services, target, selection) => {
  const checkpoints = targets(services, target, selection, 'checkpoint');
  // A permission stands for its project, as the row of a project does.
  const projects = targets(services, target, selection, 'permission', 'project');
  const organization = await organizationInView(services, [...checkpoints, ...projects]);
  if (!organization) return;
  const checkpoint = checkpoints[0]?.checkpoint.id;
  const [row] = projects;
  const project = row?.kind === 'project' ? row.project : row?.permission.project_id;
  const what = checkpoint ? 'checkpoint' : project ? 'project' : await whichKind(organization);
  const copy =
    what === 'checkpoint'
      ? await planForCheckpoint(organization, checkpoint)
      : what === 'project'
        ? await planForProject(organization, project)
        : undefined;
  if (!copy || !(await isStillShown(services, organization))) return;
  if (copy.plan.steps.length === 0) {
    const words = [`${copy.summary} Nothing was sent.`, ...copy.notes].join(' ');
    void window.showInformationMessage(titled(organization, words));
    return;
  }
  await previewAndApply(services, organization, copy.plan, { notes: copy.notes });
};

interface Copy {
  readonly plan: Plan;
  readonly notes: readonly string[];
  /** Said when there is nothing to do. */
  readonly summary: string;
}

async function whichKind(organization: Organization): Promise<'checkpoint' | 'project' | undefined> {
  const items = [
    { label: 'From one checkpoint to another', what: 'checkpoint', detail: 'The same projects can use both' },
    {
      label: 'From one project to another',
      what: 'project',
      detail: 'Both can use the same checkpoints of the list',
    },
  ] as const;
  const title = titled(organization, 'Copy access');
  const picked = await pickOne(items, {
    title,
    placeHolder: 'What is to be copied?',
    ignoreFocusOut: true,
  });
  return picked?.what;
}

async function planForCheckpoint(
  organization: Organization,
  given: string | undefined,
): Promise<Copy | undefined> {
  const title = 'Copy access';
  const to =
    given ?? (await pickCheckpoint(organization, title, 'Choose the checkpoint that is to get the access'));
  if (to === undefined) return undefined;
  const placeHolder = `Choose the checkpoint whose access ${nameOf(to)} is to get`;
  const from = await pickCheckpoint(organization, `${title} to ${nameOf(to)}`, placeHolder, to);
  if (from === undefined) return undefined;
  const extra = await whatOfTheRest(organization, [from, to], `from ${nameOf(from)} to ${nameOf(to)}`);
  if (!extra) return undefined;
  const store = organization.permissions;
  const read = await reading(organization, [from, to], (id, signal) => readWhole(store, id, signal));
  for (const { error } of read.failures) throw error;
  const plan = copyOfCheckpoint(
    read.found.get(from) ?? [],
    { checkpoint: to, permissions: read.found.get(to) ?? [] },
    extra,
    ownerOf(organization)(from),
  );
  return { plan, notes: [], summary: `${nameOf(to)} has the access of ${nameOf(from)} already.` };
}

/** Who can use a checkpoint without a permission, where that is known. */
function ownerOf({ owners, catalog }: Organization): (checkpoint: string) => string | undefined {
  return (checkpoint) => owners.of(checkpoint) ?? catalog.entry(checkpoint)?.owner;
}

async function planForProject(
  organization: Organization,
  given: string | undefined,
): Promise<Copy | undefined> {
  const title = 'Copy access';
  const to =
    given ??
    (await pickProject(organization, {
      title,
      what: 'Choose the project that is to get the access',
    }));
  if (to === undefined) return undefined;
  const name = projectName(organization, to);
  const what = `Choose the project whose access ${name} is to get`;
  const from = await pickProject(organization, { title: `${title} to ${name}`, what, except: to });
  if (from === undefined || from === to) return undefined;
  const checkpoints = organization.catalog.ids;
  const pair = `from ${projectName(organization, from)} to ${name}`;
  const extra = await whatOfTheRest(organization, checkpoints, pair);
  if (!extra) return undefined;
  const { found, failures } = await reading(organization, checkpoints, async (id, signal) => {
    const access = await currentAccess(organization.permissions, id, [from, to], signal);
    return [...access.values()].flat();
  });
  if (found.size === 0) for (const { error } of failures) throw error;
  return {
    plan: copyOfProject(found, from, to, extra, ownerOf(organization)),
    notes: failures.map(
      ({ checkpoint, error }) =>
        `${nameOf(checkpoint)} is left out, because it could not be read: ${escapeForMessage(explain(error).what, 200)}.`,
    ),
    summary: `${name} has the access of ${projectName(organization, from)} already, to the checkpoints of the list.`,
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

/** Asks what becomes of access that the source does not have, and says what reading will cost. */
async function whatOfTheRest(
  organization: Organization,
  checkpoints: readonly string[],
  pair: string,
): Promise<Extra | undefined> {
  const items: { label: string; detail: string; extra: Extra }[] = [
    { label: 'Add what is missing', detail: 'Takes nothing away', extra: 'keep' },
    { label: 'Make it the same', detail: "Also revokes what the source doesn't have", extra: 'revoke' },
  ];
  const unread = checkpoints.filter((id) => {
    const { listing, beforeChange } = organization.permissions.snapshot(id);
    return listing?.ending.kind !== 'complete' || beforeChange;
  }).length;
  const cost =
    unread === 0 ? '' : `, after reading at least ${count(unread, 'list')}, ${aboutHowLong(unread)}`;
  const picked = await pickOne(items, {
    title: titled(organization, `Copy access ${pair}`),
    placeHolder: `The plan is shown first${cost}`,
    ignoreFocusOut: true,
  });
  return picked?.extra;
}

interface Reading {
  readonly found: Map<string, readonly Permission[]>;
  readonly failures: { readonly checkpoint: string; readonly error: unknown }[];
}

/** Reads one checkpoint after the other, with progress and cancel. Rejects only when it was cancelled. */
function reading(
  organization: Organization,
  checkpoints: readonly string[],
  read: (checkpoint: string, signal: AbortSignal) => Promise<readonly Permission[]>,
): Thenable<Reading> {
  const title = titled(organization, 'Reading who has access');
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const found = new Map<string, readonly Permission[]>();
      const failures: Reading['failures'] = [];
      for (const [index, checkpoint] of checkpoints.entries()) {
        progress.report({ message: `${index + 1} of ${checkpoints.length}: ${nameOf(checkpoint)}` });
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
