import { window } from 'vscode';
import { isFiltering } from '../access/filter';
import type { Organization } from '../access/organization';
import { whileWanted } from '../editor/questions';
import { organizationInView } from './organizationInView';
import { pickCheckpoints } from './pickCheckpoint';
import type { Command } from './services';
import { targets } from './targets';

/**
 * Reads again what is open in the view. What was read before but is folded away is read again when someone
 * looks, and says until then that it is older; what was never looked at costs nothing. Names of projects are read again only where they are
 * missing: `Refresh Projects` reads them anew.
 */
export const refresh: Command = async (services) => {
  const { tree, view, current, choices } = services;
  // A keyring may have been unlocked since.
  if ((await current.get()).kind === 'problem') return current.again();
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
