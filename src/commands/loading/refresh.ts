import { window } from 'vscode';
import { isFiltering } from '../../access/catalog/matchesFilter';
import type { Organization } from '../../access/organization';
import { whileWanted } from '../../editor/questions';
import { APIUserAbortError } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { explainProjects } from '../../words/errors';
import { count } from '../../words/names';
import { targets } from '../shared/commandArguments';
import { type Button, errorActions, showWithActions } from '../shared/errorReport';
import { organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/**
 * Reads again what is open in the view. What was read before but is folded away is read again when someone
 * looks, and says until then that it is older; what was never looked at costs nothing. Names of projects are read again only where they are
 * missing: `Refresh Projects` reads them anew.
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
    window.setStatusBarMessage('Nothing is unfolded; a checkpoint is read when you unfold it', 5000);
  }
  const ids = open.map(({ checkpoint }) => checkpoint.id);
  await whileWanted(() =>
    view.whileLoading(() => Promise.all([readAgain(organization, ids), readMissingNames(organization)])),
  );
};

/** Reads one checkpoint again, also one that failed. */
export const refreshCheckpoint: Command = async (services, target, selection) => {
  const rows = targets(services, target, selection, 'checkpoint', 'failure');
  const organization = await organizationInView(services, rows);
  if (!organization) return;
  const nodes = rows.flatMap((node) =>
    node.kind === 'checkpoint' ? [node] : node.parent ? [node.parent] : [],
  );
  const placeHolder = 'Choose the checkpoints to read again';
  const ids =
    nodes.length > 0
      ? nodes.map(({ checkpoint }) => checkpoint.id)
      : await pickCheckpoints(organization, { title: 'Refresh Checkpoint', placeHolder, several: true });
  if (ids) await whileWanted(() => services.view.whileLoading(() => readAgain(organization, ids)));
};

/** A failure shows as a row under its checkpoint, so it is not shown again here. */
async function readAgain(organization: Organization, checkpoints: readonly string[]): Promise<void> {
  await Promise.allSettled(checkpoints.map((each) => organization.permissions.readAgain(each)));
}

/** The view says when it fails. */
async function readMissingNames({ projects }: Organization): Promise<void> {
  const { failure, incomplete, reading } = projects.snapshot;
  if (reading || (failure === undefined && incomplete === undefined)) return;
  await projects.readAgain('background');
}

/** Reads the next page of a checkpoint's permissions. A failure shows as a row below those that were read. */
export const loadMore: Command = async (services, target) => {
  const [node] = targets(services, target, undefined, 'more', 'checkpoint');
  const organization = await organizationInView(services, node ? [node] : []);
  if (!organization) return;
  const placeHolder = 'Choose the checkpoint to load more permissions of';
  const checkpoint = node
    ? (node.kind === 'more' ? node.parent : node).checkpoint.id
    : (
        await pickCheckpoints(organization, { title: 'Load More Permissions', placeHolder, several: false })
      )?.[0];
  if (checkpoint === undefined) return;
  const [result] = await whileWanted(() =>
    services.view.whileLoading(() => Promise.allSettled([organization.permissions.readMore(checkpoint)])),
  );
  // The row is only seen where the view is.
  if (result.status === 'rejected' && !services.view.isVisible) throw result.reason;
};

/** Reads the names of all projects anew, and says how many there are now. What was known stays when that fails. */
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
    const words = `The projects could not be read. ${explained.what}. ${explained.next}`;
    const buttons: Button[] = [...errorActions(explained), ['Show Log', () => services.log.show()]];
    showWithActions(window.showErrorMessage, titled(organization, escapeForMessage(words, 800)), buttons);
    return;
  }
  if (incomplete !== undefined) {
    const words = `Read ${count(projects.size, 'project')}, but the list is incomplete: ${incomplete}. Refresh Projects to read it again.`;
    void window.showWarningMessage(titled(organization, escapeForMessage(words)));
    return;
  }
  const archived = [...projects.keys()].filter((id) => organization.projects.isArchived(id)).length;
  const also = archived === 0 ? '' : `, ${archived} of them archived`;
  window.setStatusBarMessage(`$(check) Read ${count(projects.size, 'project')}${also}`, 5000);
};
