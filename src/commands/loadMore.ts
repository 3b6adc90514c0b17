import { whileWanted } from '../editor/questions';
import { organizationInView } from './organizationInView';
import { pickCheckpoints } from './pickCheckpoint';
import type { Command } from './services';
import { targets } from './targets';

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
