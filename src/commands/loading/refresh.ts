import { window } from 'vscode';
import { isFiltering } from '../../access/catalog/matchesFilter';
import type { Organization } from '../../access/organization';
import { allowingRedraw } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { explainProjects } from '../../words/errors';
import {
  loadMoreQuestion,
  nothingToRefresh,
  projectsFailed,
  projectsIncomplete,
  projectsLoaded,
  refreshQuestion,
} from '../../words/loading';
import { commandTitles } from '../../words/titles';
import { targets } from '../shared/commandArguments';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/**
 * Loads again what is expanded in the view. What was loaded before but is collapsed is loaded again when someone looks,
 * and says until then that it is older; what was never looked at costs nothing. Project names are loaded again only where
 * they are missing: Refresh Project Names loads them in any case.
 */
export const refresh: Command = async (services) => {
  const { tree, view, current, choices } = services;
  // A keyring may have been unlocked since.
  if ((await current.get()).kind === 'problem') return current.reopen();
  const organization = await organizationInView(services);
  if (!organization) return;
  await tree.getChildren();
  const open = tree.shown.filter(
    (node) => view.isExpanded(node) && (!node.model || view.isExpanded(node.model)),
  );
  const seen = new Set(open.map(({ checkpoint }) => checkpoint.id));
  for (const id of organization.catalog.ids) {
    // What is being read is wanted by someone, a command perhaps, and will be current.
    if (!seen.has(id) && !organization.permissions.snapshot(id).reading) organization.permissions.outdate(id);
  }
  // What is not known any more is not hidden any more.
  if (isFiltering(choices.filterOf(organization))) tree.redrawRoot();
  if (open.length === 0) {
    window.setStatusBarMessage(nothingToRefresh, 5000);
  }
  const ids = open.map(({ checkpoint }) => checkpoint.id);
  await allowingRedraw(() =>
    view.whileLoading(() => Promise.all([readAgain(organization, ids), readMissingNames(organization)])),
  );
};

/** Loads one checkpoint again, also one that failed. */
export const refreshCheckpoint: Command = async (services, target, selection) => {
  const rows = targets(services, target, selection, 'checkpoint', 'failure');
  const organization = await organizationInView(services, rows);
  if (!organization) return;
  const nodes = rows.flatMap((node) =>
    node.kind === 'checkpoint' ? [node] : node.parent ? [node.parent] : [],
  );
  const ids =
    nodes.length > 0
      ? nodes.map(({ checkpoint }) => checkpoint.id)
      : await pickCheckpoints(organization, { ...refreshQuestion, several: true });
  if (ids) await allowingRedraw(() => services.view.whileLoading(() => readAgain(organization, ids)));
};

/** A failure shows as a row under its checkpoint, so it is not shown again here. */
async function readAgain(organization: Organization, checkpoints: readonly string[]): Promise<void> {
  await Promise.allSettled(checkpoints.map((each) => organization.permissions.readAgain(each)));
}

/** The view says when it fails. */
async function readMissingNames({ projects, projectsStanding }: Organization): Promise<void> {
  const { state, doubts, isLoading } = projectsStanding;
  if (isLoading || (state !== 'failed' && doubts.length === 0)) return;
  await projects.readAgain('background');
}

/** Loads the next page of a checkpoint's permissions. A failure shows as a row below those that are loaded. */
export const loadMore: Command = async (services, target) => {
  const [node] = targets(services, target, undefined, 'more', 'checkpoint');
  const organization = await organizationInView(services, node ? [node] : []);
  if (!organization) return;
  const checkpoint = node
    ? (node.kind === 'more' ? node.parent : node).checkpoint.id
    : (await pickCheckpoints(organization, { ...loadMoreQuestion, several: false }))?.[0];
  if (checkpoint === undefined) return;
  const [result] = await allowingRedraw(() =>
    services.view.whileLoading(() => Promise.allSettled([organization.permissions.readMore(checkpoint)])),
  );
  // The row is only seen where the view is.
  if (result.status === 'rejected' && !services.view.isVisible) throw result.reason;
};

/** Loads the names of all projects again, and says how many there are now. What was known stays when that fails. */
export const refreshProjects: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { projects, failure, incomplete } = await services.view.whileLoading(() =>
    organization.projects.readAgain(),
  );
  // The person cancelled it, or chose another organization meanwhile.
  if (failure instanceof APIUserAbortError || organization.closed.aborted) return;
  if (failure !== undefined) {
    const explained = explainProjects(failure);
    const words = escapeForMessage(projectsFailed(failure), 800);
    const buttons: Button[] = [
      ...errorActions(explained),
      [commandTitles.showLog, () => services.log.show()],
    ];
    showWithActions(window.showErrorMessage, titled(organization, words), buttons);
    return;
  }
  if (incomplete !== undefined) {
    const words = escapeForMessage(projectsIncomplete(projects.size, incomplete));
    void window.showWarningMessage(titled(organization, words));
    return;
  }
  const archived = [...projects.keys()].filter((id) => organization.projects.isArchived(id)).length;
  window.setStatusBarMessage(`$(check) ${projectsLoaded(projects.size, archived)}`, 5000);
};
