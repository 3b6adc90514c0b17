// What counts as old, soon or many: one constant each, shared by all. Runs in pages too, so it imports nothing.

const minute = 60_000;

/** The age, in milliseconds, from which on every surface says when a list was loaded. */
export const oldAfter = 15 * minute;

/** The maximum age, in milliseconds, of a list that decides whether a request is sent. */
export const decisionAge = minute;

/**
 * By how much, in milliseconds, a permission must be newer than the last row of a list in order, for its absence from
 * the part that was read to count. The servers that date permissions may have different clocks.
 */
export const orderMargin = 60 * minute;

/**
 * By how much, in milliseconds, a row may be out of order in a list that counts as newest first or oldest first. Rows
 * of a batch may be dated by several servers.
 */
export const orderSlack = minute;

/**
 * So many empty pages in a row are followed while their cursors advance: a gateway that filters after it has cut the
 * list into pages sends them. More of them are no way to read a list.
 */
export const maxEmptyPages = 20;

/** The maximum age, in milliseconds, of a project status that blocks a grant: an archived project can be reopened. */
export const projectStateAge = 10 * minute;

/** The maximum age, in milliseconds, of a list whose permissions are offered for revoking. */
export const choiceAge = 10 * minute;

/** The maximum age, in milliseconds, of a list that is changed, when the preview of the change is confirmed. */
export const previewAge = 3 * minute;

/** The same for a list that decided the change without being changed, as the source of a copy: nothing guards it. */
export const sourceAge = 10_000;

/**
 * How long, in milliseconds, an accepted change that a list doesn't show is waited for before the list is read again:
 * lists may lag behind changes (docs/api.md#what-trips-people-up).
 */
export const listLag = 10_000;

/** How long, in milliseconds, a refusal for a missing scope counts. The scopes of a key can be changed. */
export const missingScopeAge = 10 * minute;

/** The maximum age, in milliseconds, of usage data that a review relies on. */
export const usageAge = 60 * minute;

/** A model that shuts down within this many days is a finding of a review. */
export const soonDays = 60;

/** The maximum number of staged changes. At 7 requests a minute, revoking as much access takes a day. */
export const mostStaged = 10_000;

/** A key that expires within this many days is pointed out. */
export const keyExpiresSoonDays = 14;

/** Access that was not used for this many days is a finding of a review, until a person chooses another number. */
export const defaultUnusedDays = 90;

/** A finding about at least this share of the reviewed access says nothing about a single project. */
const nearlyAll = 0.8;

/** Of less access than this, one by one can be looked at, whatever the share. */
const manyFindings = 20;

/**
 * Whether a finding applies to nearly all reviewed access, so that it hides the others. A category of such findings is
 * not counted until a person wants it to be.
 */
export function isNearlyAll(found: number, reviewed: number): boolean {
  return found >= manyFindings && found >= nearlyAll * reviewed;
}

/** The maximum number of findings that are accepted in one organization. They are stored as one value. */
export const mostAccepted = 2000;

/** The maximum number of changes that a dialog asks about. A plan with more is shown on the Access page. */
export const mostInDialog = 8;

/** Access of an access file that ends within this many days is a warning. */
export const fileEndsSoonDays = 14;

/** The maximum number of pages or projects' answers that an agent's tool loads at once. A person may have allowed it for ever. */
export const mostToolRequests = 20;

/** The maximum number of changes that an agent's tool stages at once. */
export const mostToolChanges = 100;
