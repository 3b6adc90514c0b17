import type { IncompleteReason } from '../../openai';
import type { Permission, PermissionPage } from '../api';

/** How a listing ends: at the end of the server's list, before a further page, or where the server's answers broke off. */
export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'more'; readonly after: string }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** The permissions of one checkpoint as far as they were read, newest first, each id once. Never changed in place. */
export interface Listing {
  readonly permissions: readonly Permission[];
  readonly ending: Ending;
  /** When the oldest page in it was asked for, in milliseconds since 1970: the listing is at least as old as that. */
  readonly readAt: number;
}

/** The ids in a listing, for the one that comes after it: a list of 100 pages is not gone through 100 times. */
const idsIn = new WeakMap<Listing, Set<string>>();

export function emptyListing(readAt: number): Listing {
  return { permissions: [], ending: { kind: 'complete' }, readAt };
}

/**
 * The listing with one more page at its end.
 *
 * A page that says `has_more` but gives no way on, or brings nothing new, ends the listing as incomplete with the
 * reason in words (docs/api.md#lists-can-contradict-themselves): it is neither asked for again nor taken for the end.
 */
export function withPage(listing: Listing, page: PermissionPage): Listing {
  const known = idsIn.get(listing) ?? new Set(listing.permissions.map((permission) => permission.id));
  // From here on they are those of the new listing.
  idsIn.delete(listing);
  const fresh: Permission[] = [];
  for (const permission of page.data) {
    if (known.has(permission.id)) continue;
    known.add(permission.id);
    fresh.push(permission);
  }
  const permissions = [...listing.permissions, ...fresh];
  const promised = listing.ending.kind === 'more';
  const ending = endingAfter(page, fresh.length, promised);
  const longer: Listing = { permissions, ending, readAt: listing.readAt };
  if (ending.kind === 'more') idsIn.set(longer, known);
  return longer;
}

function endingAfter(page: PermissionPage, fresh: number, promised: boolean): Ending {
  if (!page.has_more) {
    // The rest may have been revoked meanwhile, or the cursor may mean nothing to the server any more.
    return promised && page.data.length === 0
      ? { kind: 'incomplete', reason: 'changedWhileLoading' }
      : { kind: 'complete' };
  }
  const after = page.last_id || page.data.at(-1)?.id;
  if (!after) return { kind: 'incomplete', reason: 'emptyPage' };
  if (fresh === 0) {
    return {
      kind: 'incomplete',
      reason: 'repeatedPage',
    };
  }
  return { kind: 'more', after };
}

/** The permissions in the listing that give one project access. Usually one; two are shown as two. */
export function permissionsOf(listing: Listing, project: string): Permission[] {
  return listing.permissions.filter((permission) => permission.project_id === project);
}

/**
 * Whether the listing would contain the permission if it still existed: it is complete, or reaches further back in time
 * (lists are newest first, so a permission as old as the last one read may still be on the next page).
 */
export function reachesPast(listing: Listing, permission: { readonly created_at: number }): boolean {
  if (listing.ending.kind === 'complete') return true;
  const last = listing.permissions.at(-1);
  return last !== undefined && last.created_at < permission.created_at;
}
