import type { TabId } from '../../protocol/accessPage';
import type { MatrixModel } from './matrix/model';

/** One tab of the Access page. */
export interface PageTab {
  readonly id: TabId;
  /** Its panel, which the page places. */
  readonly element: HTMLElement;
  /** It was selected. */
  show(): void;
  /** Another tab was selected. */
  hide(): void;
  /** Gives the keyboard to its data. */
  focus(): void;
  /** Handles an update of the extension. Ignores an invalid one. */
  receive(update: unknown): void;
  /** Whether the search of the page finds something in it. Default: it does. */
  readonly isSearchable?: boolean;
  /** The search of the page has changed. */
  search(text: string): void;
  /** What a reload keeps: filters, sort order, scroll position. Plain data. */
  state(): unknown;
  /** Restores a kept state. An invalid part gets its default value. */
  restore(state: unknown): void;
}

/** What a tab is made with. */
export interface TabContext {
  /** Checkpoints, projects, loaded permissions, and staged changes, the same for all tabs. */
  readonly model: MatrixModel;
  /** Calls the listener after each change of the model. */
  onModelChange(listener: () => void): void;
  /** Sends a request to the session of this tab. */
  send(request: unknown): void;
  /** Loads lists anew, also failed ones and while the rest is stopped, with the progress of the page. By their keys. */
  load(checkpoints: readonly number[]): void;
  /** Keeps the state of the tab. Call it after each change of what `state` returns. */
  saveState(): void;
  /** Says a text to screen readers. */
  announce(text: string): void;
  showTab(tab: TabId): void;
  /** Sets the number beside the name of the tab; empty for none. */
  setCount(count: string): void;
  /** Whether the extension answers and the organization is in use. Elements with `data-needs-host` are disabled while not. */
  readonly isAnswering: boolean;
}
