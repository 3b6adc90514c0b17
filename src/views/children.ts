import { explain, inWords } from '../access/explain';
import { InsecureBaseURLError } from '../openai';
import type { CheckpointNode, FailureNode, Node } from './nodes';

/**
 * The rows under a checkpoint, from what is known of it: the permissions that were read, then how the list ends. A
 * failure to read again stands above the older rows, a failure to read on below them; neither is ever an empty list.
 */
export function childrenOf(parent: CheckpointNode): Node[] {
  const { listing, failure } = parent.organization.permissions.snapshot(parent.checkpoint.id);
  const rows: Node[] = (listing?.permissions ?? []).map((permission) => ({
    kind: 'permission',
    parent,
    permission,
  }));

  if (failure) {
    const explained = explain(failure.error);
    if (!listing) return [{ kind: 'failure', parent, of: 'read', ...words(explained) }];
    if (failure.during === 'read') {
      rows.unshift({
        kind: 'failure',
        parent,
        of: 'read',
        ...words(explained),
        olderRowsFrom: listing.readAt,
      });
    } else {
      const what = `More could not be read: ${explained.what}`;
      rows.push({ kind: 'failure', parent, of: 'readMore', ...words(explained), what });
    }
  }
  if (listing?.ending.kind === 'more') rows.push({ kind: 'more', parent, shown: listing.permissions.length });
  if (listing?.ending.kind === 'incomplete') {
    rows.push({
      kind: 'failure',
      parent,
      of: 'rest',
      what: `The list is incomplete after ${listing.permissions.length} permissions`,
      next: 'Refresh to read it again; what is missing cannot be told.',
      detail: `Reading stopped because ${listing.ending.reason}.`,
    });
  }
  if (rows.length === 0) rows.push({ kind: 'none', parent });
  return rows;
}

function words({
  what,
  next,
  detail,
}: ReturnType<typeof explain>): Pick<FailureNode, 'what' | 'next' | 'detail'> {
  return { what, next, ...(detail ? { detail } : {}) };
}

/** The only row of a view whose organization cannot be shown. */
export function organizationFailure(error: Error): FailureNode {
  const next =
    error instanceof InsecureBaseURLError
      ? 'Correct the setting Base URL.'
      : 'See “When the keyring fails” in the README, then set the admin API key again.';
  return { kind: 'failure', of: 'organization', what: error.message.replace(/\.$/, ''), next };
}

/** What the log says of a failure to read a checkpoint's permissions. */
export function failureInWords({ checkpoint }: CheckpointNode, error: unknown): string {
  return `${checkpoint.id}: ${inWords(explain(error))}`;
}
