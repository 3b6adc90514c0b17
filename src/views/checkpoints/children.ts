import type { Permission } from '../../access/api';
import type { Failure } from '../../access/loading/snapshot';
import { explain, explainOrganization, explanationInWords } from '../../words/errors';
import type { CheckpointNode, FailureNode, Node } from '../shared/nodes';

/**
 * The rows under a checkpoint, from what is known of it: the permissions that were read, then how the list ends. A
 * failure to read again stands above the older rows, a failure to read on below them; neither is ever an empty list.
 */
export function childrenOf(parent: CheckpointNode): Node[] {
  const { listing, failure, beforeChange } = parent.organization.permissions.snapshot(parent.checkpoint.id);
  const explained = failure && words(explain(failure.error));
  if (!listing) return [{ kind: 'failure', parent, of: 'read', ...(explained ?? notRead) }];

  const rows: Node[] = permissionRows(parent, listing.permissions);
  const older = { olderRowsFrom: listing.readAt, ...(beforeChange && { beforeChange }) };
  if (explained && failure.during === 'read') {
    rows.unshift({ kind: 'failure', parent, of: 'read', ...explained, ...older });
  }
  if (explained && failure.during === 'readMore') {
    const what = `More could not be read: ${explained.what}`;
    rows.push({ kind: 'failure', parent, of: 'readMore', ...explained, what });
  }
  if (listing.ending.kind === 'more') rows.push({ kind: 'more', parent, shown: listing.permissions.length });
  if (listing.ending.kind === 'incomplete') {
    rows.push({
      kind: 'failure',
      parent,
      of: 'rest',
      what: `The list is incomplete after ${listing.permissions.length} permissions`,
      next: 'Refresh to read it again; what is missing cannot be told.',
      detail: `Reading stopped because ${listing.ending.reason}.`,
    });
  }
  // After a change that was not read back, an empty list is no proof that nobody has access.
  if (rows.length === 0)
    rows.push(
      beforeChange ? { kind: 'failure', parent, of: 'read', ...notReadBack } : { kind: 'none', parent },
    );
  return rows;
}

/** So many rows are drawn at once in no more than a moment; measured by the bench. */
const mostAtOnce = 1000;
const perRange = 500;

/** A row for each permission; where there are more than can be drawn at once, the rest in ranges that are folded. */
function permissionRows(parent: CheckpointNode, permissions: readonly Permission[]): Node[] {
  const plain = permissions.length > mostAtOnce ? perRange : permissions.length;
  const rows: Node[] = permissions
    .slice(0, plain)
    .map((permission) => ({ kind: 'permission', parent, permission }));
  for (let from = plain; from < permissions.length; from += perRange) {
    rows.push({
      kind: 'range',
      parent,
      from,
      permissions: permissions.slice(from, from + perRange),
      known: permissions.length,
    });
  }
  return rows;
}

const notReadBack = {
  what: 'Not read since your last change',
  next: 'Refresh to read who has access now.',
};
const notRead = { what: 'Not read', next: 'Refresh to read who has access.' };

function words({
  what,
  next,
  detail,
}: ReturnType<typeof explain>): Pick<FailureNode, 'what' | 'next' | 'detail'> {
  return { what, next, ...(detail ? { detail } : {}) };
}

/** The only row of a view whose organization cannot be shown. `isAdded`: its base URL is its own, not the setting's. */
export function organizationFailure(error: Error, isAdded: boolean): FailureNode {
  return { kind: 'failure', of: 'organization', ...words(explainOrganization(error, isAdded)) };
}

/** What the log says of a failure to read a checkpoint's permissions. */
export function failureInWords(checkpoint: string, { error, during }: Failure): string {
  const what = during === 'read' ? 'Reading the permissions' : 'Reading further permissions';
  return `${what} of ${checkpoint}: ${explanationInWords(explain(error))}`;
}
