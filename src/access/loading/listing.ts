import { IncompleteListError, type IncompleteReason, maxPages } from '../../openai';
import type { Permission, PermissionPage } from '../api';
import { noteCheckpoint } from '../failedCheckpoint';
import { maxEmptyPages, orderMargin, orderSlack } from '../thresholds';

/** How a list ends: complete, with a further page, or broken off because the responses contradict each other. */
export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'more'; readonly after: string }
  | { readonly kind: 'incomplete'; readonly reason: IncompleteReason };

/** The permissions of one checkpoint loaded so far, in the server's order, each row once. Immutable. */
export interface Listing {
  readonly permissions: readonly Permission[];
  readonly ending: Ending;
  /** All rows so far have a time, and none is newer than the one before it. A gateway may ignore `order`. */
  readonly isNewestFirst: boolean;
  /** When its oldest page was requested, in milliseconds by the steady clock. The list is at least as old as that. */
  readonly readAt: number;
  /** How it was read so far. Present while there is a further page; plain data, so that it can be stored. */
  readonly trail?: ListingTrail;
}

/** What is remembered of the pages of a list for those that follow. */
export interface ListingTrail {
  readonly pages: number;
  /** The first so many permissions are those of the first page. */
  readonly onFirstPage: number;
  /** The cursors so far. One that comes again leads nowhere. */
  readonly cursors: readonly string[];
  /** The number of empty pages since the last row. */
  readonly emptyPages: number;
  /** The oldest and the newest time so far, in Unix seconds; absent before the first known time. */
  readonly oldest?: number;
  readonly newest?: number;
  /** The times go down, or up, apart from {@link orderSlack}. */
  readonly goesDown: boolean;
  readonly goesUp: boolean;
  /** Why the list will be incomplete although it can be read further. */
  readonly doubt?: IncompleteReason;
}

const start: ListingTrail = {
  pages: 0,
  onFirstPage: 0,
  cursors: [],
  emptyPages: 0,
  goesDown: true,
  goesUp: true,
};

/** The rows in a listing, for the one that comes after it: a list of 100 pages is not gone through 100 times. */
const rowsIn = new WeakMap<Listing, Map<string, readonly string[]>>();

export function emptyListing(readAt: number): Listing {
  return { permissions: [], ending: { kind: 'complete' }, isNewestFirst: true, readAt };
}

/**
 * Reads a list until it has `atLeast` permissions, or ends; at least one page. `ask` requests the page after a cursor,
 * or the first one. A list of several pages costs one more request at its end, see {@link withCheck}.
 */
export async function readOn(
  readSoFar: Listing,
  atLeast: number,
  ask: (after?: string) => PromiseLike<PermissionPage>,
): Promise<Listing> {
  let listing = readSoFar;
  do {
    listing = withPage(listing, await ask(listing.ending.kind === 'more' ? listing.ending.after : undefined));
  } while (listing.ending.kind === 'more' && listing.permissions.length < atLeast);
  return needsCheck(listing) ? withCheck(listing, await ask()) : listing;
}

/**
 * Appends a page to a list.
 *
 * A page with `has_more` but without a way forward ends the list as incomplete
 * (docs/api.md#lists-can-contradict-themselves). It is neither requested again nor taken for the end. The same row twice
 * on a page is dropped. Two projects under one ID are both kept, and the list will be incomplete.
 */
export function withPage(listing: Listing, page: PermissionPage): Listing {
  const before = listing.trail ?? trailOf(listing);
  const { rows, fresh, doubt = before.doubt } = freshRows(listing, page);
  const permissions = listing.permissions.concat(fresh);
  const trail: ListingTrail = {
    ...before,
    ...timesAfter(before, page.data),
    pages: before.pages + 1,
    onFirstPage: before.pages === 0 ? fresh.length : before.onFirstPage,
    emptyPages: page.data.length === 0 ? before.emptyPages + 1 : 0,
    ...(doubt && { doubt }),
  };
  const isNewestFirst = listing.isNewestFirst && isInOrder(listing.permissions.at(-1), page.data);
  const { readAt } = listing;
  const ending = endingAfter(page, fresh.length, before, trail);
  if (ending.kind === 'incomplete') return { permissions, ending, isNewestFirst, readAt };
  const cursors = ending.kind === 'more' ? [...before.cursors, ending.after] : before.cursors;
  const longer: Listing = { permissions, ending, isNewestFirst, readAt, trail: { ...trail, cursors } };
  if (ending.kind === 'complete' && !needsCheck(longer))
    return { permissions, ending, isNewestFirst, readAt };
  rowsIn.set(longer, rows);
  return longer;
}

/** What is assumed of a list whose trail was lost. */
function trailOf({ permissions, ending }: Listing): ListingTrail {
  if (permissions.length === 0 && ending.kind === 'complete') return start;
  return { ...start, pages: 1, onFirstPage: permissions.length, ...timesAfter(start, permissions) };
}

/** The rows of a page that the list lacks, by ID and project. */
function freshRows(listing: Listing, page: PermissionPage) {
  const known = rowsIn.get(listing) ?? rowsOf(listing.permissions);
  // The rows now belong to the longer list.
  rowsIn.delete(listing);
  const cursor = listing.ending.kind === 'more' ? listing.ending.after : undefined;
  const fresh: Permission[] = [];
  const own = new Set<string>();
  let doubt: IncompleteReason | undefined;
  for (const [index, permission] of page.data.entries()) {
    const { id, project_id } = permission;
    const projects = known.get(id) ?? [];
    if (projects.includes(project_id)) {
      // Some servers begin a page with the row that the cursor names. Any other row of an earlier page has moved.
      const isCursor = index === 0 && id === cursor;
      if (!isCursor && !own.has(id)) doubt ??= 'changedWhileLoading';
      continue;
    }
    if (projects.length > 0) doubt = 'contradictoryRows';
    known.set(id, [...projects, project_id]);
    own.add(id);
    fresh.push(permission);
  }
  return { rows: known, fresh, doubt };
}

function rowsOf(permissions: readonly Permission[]): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const { id, project_id } of permissions) rows.set(id, [...(rows.get(id) ?? []), project_id]);
  return rows;
}

function timesAfter(trail: ListingTrail, rows: readonly Permission[]) {
  let { oldest, newest, goesDown, goesUp } = trail;
  const slack = orderSlack / 1000;
  for (const { created_at } of rows) {
    // A row without a time says nothing about the order of the others.
    if (!hasTime(created_at)) continue;
    goesDown &&= created_at <= (oldest ?? created_at) + slack;
    goesUp &&= created_at >= (newest ?? created_at) - slack;
    oldest = Math.min(oldest ?? created_at, created_at);
    newest = Math.max(newest ?? created_at, created_at);
  }
  return {
    goesDown,
    goesUp,
    ...(oldest !== undefined && { oldest }),
    ...(newest !== undefined && { newest }),
  };
}

function endingAfter(
  page: PermissionPage,
  fresh: number,
  before: ListingTrail,
  { doubt, ...trail }: ListingTrail,
): Ending {
  const incomplete = (reason: IncompleteReason): Ending => ({ kind: 'incomplete', reason });
  if (!page.has_more) {
    // The remaining permissions may have been revoked, or the cursor may have expired.
    if (page.data.length === 0 && before.pages > 0) return incomplete('changedWhileLoading');
    return doubt ? incomplete(doubt) : { kind: 'complete' };
  }
  const after = page.last_id || page.data.at(-1)?.id;
  if (!after || trail.emptyPages > maxEmptyPages) return incomplete('emptyPage');
  if (fresh === 0 && page.data.length > 0) return incomplete('repeatedPage');
  if (trail.pages >= maxPages) return incomplete('endless');
  return before.cursors.includes(after) ? incomplete('stuckCursor') : { kind: 'more', after };
}

/**
 * Whether the list was read to its end in several pages. Between them, a project's permission may have been revoked and
 * granted again under another ID, so that no page has it. Then {@link withCheck} decides.
 */
export function needsCheck({ ending, trail }: Listing): boolean {
  return ending.kind === 'complete' && trail !== undefined && trail.pages > 1;
}

/**
 * Completes a list of several pages by its first page, requested again at the end. What was granted meanwhile is either
 * on that page (newest first) or after the last cursor (oldest first), so a list in neither order proves nothing.
 */
export function withCheck(listing: Listing, firstPage: PermissionPage): Listing {
  const { trail = start, ...rest } = listing;
  const reason = changeShownBy(listing, trail, firstPage);
  return reason ? { ...rest, ending: { kind: 'incomplete', reason } } : rest;
}

function changeShownBy(
  listing: Listing,
  trail: ListingTrail,
  { data, has_more }: PermissionPage,
): IncompleteReason | undefined {
  const known = rowsIn.get(listing) ?? rowsOf(listing.permissions);
  if (data.some(({ id, project_id }) => !known.get(id)?.includes(project_id))) return 'changedWhileLoading';
  // A page may be smaller the second time. Then the rest of the first one is not judged.
  const judged = Math.min(trail.onFirstPage, has_more ? data.length : Number.POSITIVE_INFINITY);
  const again = new Set(data.map(({ id }) => id));
  if (listing.permissions.slice(0, judged).some(({ id }) => !again.has(id))) return 'changedWhileLoading';
  const { goesDown, goesUp, newest } = trail;
  const isOrdered = listing.permissions.length < 2 || ((goesDown || goesUp) && newest !== undefined);
  return isOrdered ? undefined : 'unknownOrder';
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

/** Making an index takes as long as about so many searches. */
const fewQuestions = 20;
const questions = new WeakMap<Listing, number>();

/** The index of a list that many questions are asked about. Undefined for the first few, which a search answers. */
function indexForMany(listing: Listing): Index | undefined {
  const asked = (questions.get(listing) ?? 0) + 1;
  questions.set(listing, asked);
  return asked > fewQuestions ? indexOf(listing) : undefined;
}

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

/** The permissions in the list by project, each project once. */
export function permissionsByProject(listing: Listing): ReadonlyMap<string, readonly Permission[]> {
  return indexOf(listing).byProject;
}

/** The permissions in the list that give one project access. Usually one; two are returned as two. */
export function permissionsOf(listing: Listing, project: string): Permission[] {
  const index = indexForMany(listing);
  if (!index) return listing.permissions.filter((permission) => permission.project_id === project);
  return [...(index.byProject.get(project) ?? [])];
}

/** Whether the part of the list that was read has a permission. */
export function hasPermission(listing: Listing, permissionId: string): boolean {
  const index = indexForMany(listing);
  if (!index) return listing.permissions.some(({ id }) => id === permissionId);
  return index.ids.has(permissionId);
}

/** Throws `IncompleteListError` if the list broke off, for those who decide what is missing. */
export function ensureNotBrokenOff({ permissions, ending }: Listing, checkpoint: string): void {
  if (ending.kind === 'incomplete')
    throw noteCheckpoint(new IncompleteListError(permissions.length, ending.reason), checkpoint);
}

/**
 * Whether a permission that is not in the list does not exist: the list is complete, or it is in order and reaches
 * further back than the permission by {@link orderMargin}. A time that is somewhat too new is a reason to doubt only
 * once its row was read, so what is sent again or undone must not rely on the order.
 */
export function provesMissing(listing: Listing, permission: { readonly created_at: number }): boolean {
  const { ending, trail, isNewestFirst, permissions } = listing;
  if (ending.kind === 'complete') return true;
  const last = permissions.at(-1);
  if (ending.kind !== 'more' || !last || !isNewestFirst || trail?.doubt || !hasTime(permission.created_at))
    return false;
  return last.created_at + orderMargin / 1000 < permission.created_at;
}
