import { window } from 'vscode';
import { isFiltering } from '../../access/catalog/filter';
import type { Organization } from '../../access/organization';
import { allowingRedraw } from '../../editor/questions';
import { nothingToRefresh, refreshQuestion } from '../../words/loading';
import { checkpointTargets, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/**
 * Refreshes the checkpoints that are expanded in the view. Collapsed ones are marked stale and refreshed when expanded.
 * Checkpoints that were never expanded cost no request. Project names are refreshed only if some are missing; Refresh
 * Project Names always refreshes them.
 */
export const refreshCheckpoints: Command = async (services) => {
  const { tree, view, current, choices } = services;
  // The keyring may have been unlocked.
  if ((await current.get()).kind === 'problem') return current.reopen();
  const organization = await organizationInView(services);
  if (!organization) return;
  await tree.getChildren();
  const open = tree.shown.filter(
    (node) => view.isExpanded(node) && (!node.model || view.isExpanded(node.model)),
  );
  const seen = new Set(open.map(({ checkpoint }) => checkpoint.id));
  for (const id of organization.catalog.ids) {
    if (!seen.has(id)) organization.permissions.outdate(id);
  }
  // A filter by project shows checkpoints again whose access is now unknown.
  if (isFiltering(choices.filterOf(organization))) tree.redrawRoot();
  if (open.length === 0) {
    window.setStatusBarMessage(nothingToRefresh, 5000);
  }
  const ids = open.map(({ checkpoint }) => checkpoint.id);
  await allowingRedraw(() =>
    view.whileLoading(() => Promise.all([refreshEach(organization, ids), loadMissingNames(organization)])),
  );
};

/** Refreshes the permissions of checkpoints, or of those of a model, also after a failure. */
export const refreshPermissions: Command = async (services, target, selection) => {
  const given = checkpointTargets(services, target, selection);
  const failures = targets(services, target, selection, 'failure');
  const organization = await organizationInView(services, [...given.rows, ...failures]);
  if (!organization) return;
  const failed = failures.flatMap(({ parent }) => parent?.checkpoint.id ?? []);
  const chosen = [...new Set([...given.ids, ...failed])];
  const ids =
    chosen.length > 0 ? chosen : await pickCheckpoints(organization, { ...refreshQuestion, several: true });
  if (ids) await allowingRedraw(() => services.view.whileLoading(() => refreshEach(organization, ids)));
};

/** Failures are shown as rows under their checkpoints, so they aren't rethrown. */
async function refreshEach(organization: Organization, checkpoints: readonly string[]): Promise<void> {
  await Promise.allSettled(checkpoints.map((each) => organization.permissions.refresh(each)));
}

/** Failures are shown by the view. */
async function loadMissingNames({ projects, projectsStanding }: Organization): Promise<void> {
  const { state, doubts, isLoading } = projectsStanding;
  if (isLoading || (state !== 'failed' && doubts.length === 0)) return;
  await projects.readAgain('background');
}
