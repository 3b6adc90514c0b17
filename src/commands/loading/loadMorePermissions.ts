import { allowingRedraw } from '../../editor/questions';
import { loadMoreQuestion } from '../../words/loading';
import { targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command } from '../shared/services';

/** Loads the next page of a checkpoint's permissions. A failure is shown as a row below the loaded ones. */
export const loadMorePermissions: Command = async (services, target) => {
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
  // While the view is hidden, the failure needs a message.
  if (result.status === 'rejected' && !services.view.isVisible) throw result.reason;
};
