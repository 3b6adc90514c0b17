import type { IncompleteReason } from '../../openai';
import type { Permission, PermissionPage } from '../api';

/** How a list ends: complete, with a further page, or broken off because the responses contradict each other. */
export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'more'; readonly after: string }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** The permissions of one checkpoint loaded so far, newest first, each ID once. Immutable. */
export interface Listing {
  readonly permissions: readonly Permission[];
  readonly ending: Ending;
  /** When its oldest page was requested, in milliseconds since 1970. The list is at least as old as that. */
  readonly readAt: number;
}

/** The ids in a listing, for the one that comes after it: a list of 100 pages is not gone through 100 times. */
const idsIn = new WeakMap<Listing, Set<string>>();

export function emptyListing(readAt: number): Listing {
  return { permissions: [], ending: { kind: 'complete' }, readAt };
}

/**
 * Appends a page to a list.
 *
 * A page with `has_more` but without a cursor or new permissions ends the list as incomplete
 * (docs/api.md#lists-can-contradict-themselves). It is neither requested again nor taken for the end.
 */
export function withPage(listing: Listing, page: PermissionPage): Listing {
  const known = idsIn.get(listing) ?? new Set(listing.permissions.map((permission) => permission.id));
  // The set now belongs to the longer list.
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
    // The remaining permissions may have been revoked, or the cursor may have expired.
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

const byProject = new WeakMap<Listing, ReadonlyMap<string, readonly Permission[]>>();

/** The permissions in the list by project, each project once. Indexed once for each list, which never changes. */
export function permissionsByProject(listing: Listing): ReadonlyMap<string, readonly Permission[]> {
  const known = byProject.get(listing);
  if (known) return known;
  const index = new Map<string, Permission[]>();
  for (const permission of listing.permissions) {
    const own = index.get(permission.project_id);
    if (own) own.push(permission);
    else index.set(permission.project_id, [permission]);
  }
  byProject.set(listing, index);
  return index;
}

/** The permissions in the list that give one project access. Usually one; two are returned as two. */
export function permissionsOf(listing: Listing, project: string): readonly Permission[] {
  return permissionsByProject(listing).get(project) ?? noPermissions;
}

const noPermissions: readonly Permission[] = [];

const byId = new WeakMap<Listing, ReadonlyMap<string, Permission>>();

/** The permission with an ID, if the list has it. */
export function permissionIn(listing: Listing, id: string): Permission | undefined {
  let index = byId.get(listing);
  if (!index) {
    index = new Map(listing.permissions.map((permission) => [permission.id, permission]));
    byId.set(listing, index);
  }
  return index.get(id);
}

/**
 * Whether the list would contain the permission if it existed: the list is complete, or reaches further back in time.
 * Lists are newest first, so a permission as old as the last one may be on the next page.
 */
export function reachesPast(listing: Listing, permission: { readonly created_at: number }): boolean {
  if (listing.ending.kind === 'complete') return true;
  const last = listing.permissions.at(-1);
  return last !== undefined && last.created_at < permission.created_at;
}
