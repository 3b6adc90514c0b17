import type { Organization } from '../../access/organization';
import type { PageActions } from './actions';
import type { Keys } from './keys';

/** The extension's side of one tab of the Access page. */
export interface TabSession {
  /** Sends everything that the tab shows, to a page that has nothing: it was opened, or shown again. */
  sendAll(): void;
  /** Whether the page is visible and this tab is selected. Nothing is requested from the server while it is not. */
  setVisible(isVisible: boolean): void;
  /** Handles a message of the page's tab. Ignores an invalid one. */
  receive(message: unknown): void;
  /** Sets the filter of the tab. Ignores what is invalid of it. */
  filterBy?(filter: unknown): void;
  dispose(): void;
}

/** What the session of a tab is made with. */
export interface TabDependencies<Update = unknown> {
  readonly organization: Organization;
  /** Sends an update to the tab. */
  post(update: Update): void;
  /** Calls back after a short delay, to batch changes into one update. Returns a function that cancels it. */
  schedule(act: () => void): () => void;
  /** The numbers of checkpoints and projects, the same for all tabs. */
  readonly keys: { readonly checkpoints: Keys; readonly projects: Keys };
  /** What needs VS Code or a command. */
  readonly actions: PageActions;
  /** Milliseconds since 1970. Default: the computer's clock. */
  readonly now?: () => number;
}
