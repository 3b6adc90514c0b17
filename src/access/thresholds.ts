// What counts as old, soon or many: one constant each, asked by everybody. Runs in pages too, so it imports nothing.

const minute = 60_000;

/** From this age on, in milliseconds, every surface says when a list was loaded. */
export const oldAfter = 15 * minute;

/** The greatest age, in milliseconds, of a list that decides whether something is sent. */
export const decisionAge = minute;

/** The greatest age, in milliseconds, of a project's state that a grant is refused for: a project can be reopened. */
export const projectStateAge = 10 * minute;

/** The greatest age, in milliseconds, of a list whose permissions are offered for revoking. */
export const choiceAge = 10 * minute;

/** How long, in milliseconds, a refusal for a missing scope counts: scopes of a key can be changed. */
export const missingScopeAge = 10 * minute;

/** The greatest age, in milliseconds, of usage data that a review relies on. */
export const usageAge = 60 * minute;

/** A model that shuts down within so many days is worth a second look. */
export const soonDays = 60;

/** Access that was not used for so many days is a finding, the stronger one first. */
export const unusedDays = [90, 30] as const;
