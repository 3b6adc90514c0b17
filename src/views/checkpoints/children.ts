import type { Permission } from '../../access/api';
import { listBrokenOff, moreFailed, notLoaded, notLoadedSinceChange } from '../../words/checkpoints';
import { explain, explainOrganization } from '../../words/errors';
import type { CheckpointNode, FailureNode, Node } from '../shared/nodes';

/**
 * The rows under a checkpoint, from what is known of it: the permissions that are loaded, then how the list ends. A
 * failure to refresh stands above the older rows, a failure to load more below them; neither is ever an empty list.
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
  // After a change that was not confirmed, an empty list is no proof that no one has access.
  if (rows.length === 0)
    rows.push(
      doubts.includes('beforeYourChange')
        ? { kind: 'failure', parent, operation: 'read', ...notLoadedSinceChange }
        : { kind: 'none', parent },
    );
  return rows;
}

/** So many rows are drawn at once in no more than a moment; measured by the bench. */
const maxRows = 1000;
const rangeSize = 500;

/** A row for each permission; where there are more than can be drawn at once, the rest in ranges that are collapsed. */
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

/** The only row of a view whose organization cannot be shown. `isAdded`: its base URL is its own, not the setting's. */
export function organizationFailure(error: Error, isAdded: boolean): FailureNode {
  return { kind: 'failure', operation: 'organization', ...explainOrganization(error, isAdded) };
}
