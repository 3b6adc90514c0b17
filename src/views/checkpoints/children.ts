import type { Permission } from '../../access/api';
import { listBrokenOff, moreFailed, notLoaded, notLoadedSinceChange } from '../../words/checkpoints';
import { explain, explainOrganization } from '../../words/errors';
import type { CheckpointNode, FailureNode, Node } from '../shared/nodes';

/**
 * The rows under a checkpoint: its loaded permissions, then how the list ends. A failed refresh is a row above the
 * older rows, a failure to load more a row below them. A failure is never an empty list.
 */
export function childrenOf(parent: CheckpointNode): Node[] {
  const { organization, checkpoint } = parent;
  const { listing } = organization.permissions.snapshot(checkpoint.id);
  const standing = organization.standingOf(checkpoint.id);
  const { failure, doubts } = standing;
  const why = failure && explain(failure.error);
  if (!listing) return [{ kind: 'failure', parent, operation: 'read', ...(why ?? notLoaded) }];

  const rows: Node[] = permissionRows(parent, listing.permissions);
  const isRefreshFailed = doubts.includes('refreshFailed');
  if (why && isRefreshFailed)
    rows.unshift({ kind: 'failure', parent, operation: 'read', ...why, olderStanding: standing });
  if (why && !isRefreshFailed)
    rows.push({ kind: 'failure', parent, operation: 'readMore', ...moreFailed(why) });
  if (doubts.includes('moreToLoad')) rows.push({ kind: 'more', parent, shown: standing.count });
  if (doubts.includes('brokenOff')) {
    rows.push({ kind: 'failure', parent, operation: 'rest', ...listBrokenOff(standing) });
  }
  // An empty list from before an unconfirmed change doesn't prove that no one has access.
  if (rows.length === 0)
    rows.push(
      doubts.includes('beforeYourChange')
        ? { kind: 'failure', parent, operation: 'read', ...notLoadedSinceChange }
        : { kind: 'none', parent },
    );
  return rows;
}

/** Most rows that VS Code draws without a noticeable pause, as measured by the benchmark. */
const maxRows = 1000;
const rangeSize = 500;

/** A row for each permission. A longer list continues in collapsed ranges. */
function permissionRows(parent: CheckpointNode, permissions: readonly Permission[]): Node[] {
  const ungrouped = permissions.length > maxRows ? rangeSize : permissions.length;
  const rows: Node[] = permissions
    .slice(0, ungrouped)
    .map((permission) => ({ kind: 'permission', parent, permission }));
  for (let from = ungrouped; from < permissions.length; from += rangeSize) {
    rows.push({
      kind: 'range',
      parent,
      from,
      permissions: permissions.slice(from, from + rangeSize),
      known: permissions.length,
    });
  }
  return rows;
}

/** The only row when an organization can't be shown. `isAdded`: it has its own base URL, not that of the setting. */
export function organizationFailure(error: Error, isAdded: boolean): FailureNode {
  return { kind: 'failure', operation: 'organization', ...explainOrganization(error, isAdded) };
}
