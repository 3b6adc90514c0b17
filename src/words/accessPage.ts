import { ago } from '../text/dates';
import { plural } from '../text/numbers';
import { inTabs } from './tabs';

// The Access page around its tabs. Runs in the page, too. `now` is in milliseconds since 1970.

/** The name of the page, as of its tab in the editor. */
export const accessPageTitle = 'Access';

/** Names of the tabs. */
export const tabNames = {
  matrix: 'Matrix',
  permissions: 'Permissions',
  findings: 'Findings',
  history: 'History',
  changes: 'Changes',
  explain: 'Explain',
} as const;

/** Texts of the page that never change. */
export const accessPage = {
  tabs: 'Evidence and changes',
  search: 'Search projects, models, and IDs',
  refresh: 'Refresh',
  stop: inTabs.stop,
  resume: 'Resume',
  switchOrganization: 'Switch to This Organization',
  close: 'Close',
  reloadWindow: 'Reload Window',
} as const;

/** The extension doesn't answer. `since`: when it last did. */
export function notAnswering(since: number, now: number): string {
  return `The extension isn't answering. What you see is from ${ago(since, now)}. Run Developer: Reload Window to start it again. Staged changes are kept.`;
}

/** The window shows another organization, so this page shows what was loaded before. */
export const otherOrganizationShown =
  'This window shows another organization now. What you see was loaded before, and nothing can be changed here.';

/** The organization of the page can't be opened. */
export const organizationClosed =
  "This organization isn't open. Its admin API key may be missing. Set the key, then switch to the organization.";

/** The page was closed with staged changes. */
export function changesStayStaged(changes: number): string {
  return plural(
    changes,
    '1 change stays staged. Open Access to apply or discard it.',
    (count) => `${count} changes stay staged. Open Access to apply or discard them.`,
  );
}

/** Staged changes of earlier sessions that may be of another organization are not shown. */
export function stagedOfAnotherKey(changes: number): string {
  return plural(
    changes,
    '1 change was staged with another admin API key. It may be for another organization, so it was discarded.',
    (count) =>
      `${count} changes were staged with another admin API key. They may be for another organization, so they were discarded.`,
  );
}
