import { window } from 'vscode';
import { isFiltering } from '../../access/catalog/matchesFilter';
import type { Organization } from '../../access/organization';
import { whileWanted } from '../../editor/questions';
import { nothingToRefresh, refreshQuestion } from '../../words/loading';
import { targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/**
 * Loads again what is expanded in the view. What was loaded before but is collapsed is loaded again when someone looks,
 * and says until then that it is older; what was never looked at costs nothing. Project names are loaded again only where
 * they are missing: Refresh Project Names loads them in any case.
 */
export const refreshCheckpoints: Command = async (services) => {
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
  await whileWanted(() =>
    view.whileLoading(() => Promise.all([readAgain(organization, ids), readMissingNames(organization)])),
  );
};

/** Loads one checkpoint again, also one that failed. */
export const refreshPermissions: Command = async (services, target, selection) => {
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
  if (ids) await whileWanted(() => services.view.whileLoading(() => readAgain(organization, ids)));
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
