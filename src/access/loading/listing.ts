import type { IncompleteReason } from '../../openai';
import type { Permission, PermissionPage } from '../api';
import { orderMargin } from '../thresholds';

/** How a list ends: complete, with a further page, or broken off because the responses contradict each other. */
export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'more'; readonly after: string }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** The permissions of one checkpoint loaded so far, in the server's order, each ID once. Immutable. */
export interface Listing {
  readonly permissions: readonly Permission[];
  readonly ending: Ending;
  /** All rows so far have a time, and none is newer than the one before it. A gateway may ignore `order`. */
  readonly isNewestFirst: boolean;
  /** When its oldest page was requested, in milliseconds since 1970. The list is at least as old as that. */
  readonly readAt: number;
}

/** The ids in a listing, for the one that comes after it: a list of 100 pages is not gone through 100 times. */
const idsIn = new WeakMap<Listing, Set<string>>();

export function emptyListing(readAt: number): Listing {
  return { permissions: [], ending: { kind: 'complete' }, isNewestFirst: true, readAt };
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
  const isNewestFirst = listing.isNewestFirst && isInOrder(listing.permissions.at(-1), page.data);
  const longer: Listing = { permissions, ending, isNewestFirst, readAt: listing.readAt };
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

/** Whether the rows of a page are newest first, also after the last row of the page before it. */
function isInOrder(last: Permission | undefined, rows: readonly Permission[]): boolean {
  let earlier = last?.created_at ?? Number.POSITIVE_INFINITY;
  return rows.every(({ created_at }) => {
    const isOrdered = hasTime(created_at) && created_at <= earlier;
    earlier = created_at;
    return isOrdered;
  });
}

/** Some gateways send 0 for a time that they do not know. */
function hasTime(seconds: number): boolean {
  return Number.isFinite(seconds) && seconds > 0;
}

/** What is asked of a list for thousands of projects: found once, not searched for each. */
interface Index {
  readonly ids: ReadonlySet<string>;
  readonly byProject: ReadonlyMap<string, readonly Permission[]>;
}
const indexes = new WeakMap<Listing, Index>();

function indexOf(listing: Listing): Index {
  const known = indexes.get(listing);
  if (known) return known;
  const byProject = new Map<string, Permission[]>();
  for (const permission of listing.permissions) {
    const same = byProject.get(permission.project_id);
    if (same) same.push(permission);
    else byProject.set(permission.project_id, [permission]);
  }
  const index = { ids: new Set(listing.permissions.map(({ id }) => id)), byProject };
  indexes.set(listing, index);
  return index;
}

/** The permissions in the list that give one project access. Usually one; two are returned as two. */
export function permissionsOf(listing: Listing, project: string): Permission[] {
  return [...(indexOf(listing).byProject.get(project) ?? [])];
}

/** Whether the part of the list that was read has a permission. */
export function hasPermission(listing: Listing, permissionId: string): boolean {
  return indexOf(listing).ids.has(permissionId);
}

/**
 * Whether a permission that is not in the list does not exist: the list is complete, or it is in order and reaches
 * further back than the permission by {@link orderMargin}. A time that is somewhat too new is a reason to doubt only
 * once its row was read, so what is sent again or undone must not rely on the order.
 */
export function provesAbsence(listing: Listing, permission: { readonly created_at: number }): boolean {
  if (listing.ending.kind === 'complete') return true;
  const last = listing.permissions.at(-1);
  if (!last || !listing.isNewestFirst || !hasTime(permission.created_at)) return false;
  return last.created_at + orderMargin / 1000 < permission.created_at;
}
