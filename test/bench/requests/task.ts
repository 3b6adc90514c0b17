import type { Setting } from './setting';

/** Does a task and resolves to what is known in the end, to be compared. */
export type Way = (setting: Setting) => Promise<unknown>;

/** Something that a person or a program wants done, and the ways to it. */
export interface Task {
  readonly title: string;
  /** Brings the organization into the state that the task begins with. */
  arrange(setting: Setting): void;
  readonly ours: Way;
  /** The official SDK at its best: the largest pages, all projects in one request, read back once. */
  readonly sdk: Way;
  /** The official SDK as its documentation shows it, with pages of ten. */
  readonly sdkByDefault: Way;
  /** The default way knows less in the end, as it stops at the first page. */
  readonly defaultKnowsLess?: boolean;
}
