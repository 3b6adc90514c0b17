import type { Disposable, Memento, TreeItem, TreeView } from 'vscode';
import { type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';
import type { History } from '../../access/evidence/history/history';
import type { Organization } from '../../access/organization';
import { setContext } from '../../editor/contextKeys';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import type { Log } from '../../editor/log';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { Histories } from '../../organizations/histories';
import type { Journals } from '../../organizations/journals';
import { plainText } from '../../text/plainText';
import { historyFailureInLog } from '../../words/history';
import { waitingFor } from '../../words/waiting';
import { OwnRows } from '../shared/ownRows';
import { showWaitNotice } from '../shared/waitingNotice';
import { HistoryFilters } from './filters';
import { historyItem, historyTooltip } from './items';
import { historyViewMessage } from './message';
import type { HistoryNode } from './nodes';
import { historyRows } from './rows';

export interface HistoryDependencies {
  readonly current: CurrentOrganization;
  readonly journals: Journals;
  /** The workspace state of this window. */
  readonly memory: Memento;
  readonly log: Log;
}

/** Debounce of redraws, in milliseconds. */
const redrawDelayMs = 50;

/** How often a visible view is redrawn to keep ages in rows current, in milliseconds. */
const ageRefreshMs = 60_000;

/**
 * The rows of the History view. Showing it loads the journal of this computer only. The audit log is loaded when the
 * person asks for it, and kept.
 */
export class HistoryTree implements Disposable {
  readonly histories: Histories;
  #shown: { readonly organization: Organization; readonly history: History } | undefined;
  readonly #filters: HistoryFilters;
  readonly #own = new OwnRows<HistoryNode>();
  #unsubscribe: (() => void)[] = [];
  readonly #withWaitNotice = new WeakSet<History>();
  readonly #subscription: Disposable;
  readonly #redraws: DebouncedRefresh;
  readonly #timer: NodeJS.Timeout;
  #isFiltering = false;
  #loggedFailure: unknown;

  constructor(
    private readonly dependencies: HistoryDependencies,
    private readonly view: Pick<TreeView<HistoryNode>, 'visible'> & { message?: string | undefined },
    /** Makes VS Code call `getChildren` again. */
    draw: () => void,
    private readonly now: () => number = Date.now,
  ) {
    this.histories = new Histories(dependencies.journals);
    this.#filters = new HistoryFilters(dependencies.memory);
    this.#redraws = new DebouncedRefresh(draw, redrawDelayMs);
    this.#subscription = dependencies.current.onDidChange(() => this.#redraws.flush());
    this.#timer = setInterval(() => {
      if (view.visible) this.redraw();
    }, ageRefreshMs);
    this.#timer.unref();
  }

  async getChildren(): Promise<HistoryNode[]> {
    const request = this.dependencies.current.get();
    const current = await request;
    // The shown organization may have changed.
    if (this.dependencies.current.get() !== request) return this.getChildren();
    if (current.kind !== 'organization') {
      this.#setShown(undefined);
      this.#updateMessage();
      return [];
    }
    const { organization } = current;
    const history = await this.histories.of(organization);
    if (!this.#withWaitNotice.has(history))
      showWaitNotice(organization, [history.trail], waitingFor.auditLog);
    this.#withWaitNotice.add(history);
    // What was never asked for is not loaded because the view is shown, or because VS Code restores it.
    const isLogAsked = !history.isLogUnread;
    const snapshot = await (isLogAsked ? history.read() : history.readJournal());
    // A late response may be for an organization that is no longer shown.
    if (this.dependencies.current.get() !== request) return this.getChildren();
    this.#setShown({ organization, history });
    this.#logFailure(history);
    this.#updateMessage();
    const rows = historyRows(organization, snapshot, this.filterOf(organization));
    // Load project names in the background with the log. Until then the rows show IDs.
    const isAsked = isLogAsked && !snapshot.log.restored;
    if (isAsked && rows.some(({ kind }) => kind === 'change')) void organization.projects.read('background');
    return this.#own.add(rows);
  }

  /** Whether a value is a row of this view, and not one that only looks like it. */
  isRow(value: unknown): value is HistoryNode {
    return this.#own.has(value);
  }

  getTreeItem(node: HistoryNode): TreeItem {
    return historyItem(node, this.now());
  }

  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    const tooltip = historyTooltip(node, this.now());
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** The organization and history that are shown; undefined before the view is first shown. */
  get shown(): { readonly organization: Organization; readonly history: History } | undefined {
    return this.#shown;
  }

  filterOf({ id }: { readonly id: string }): HistoryFilter {
    return this.#filters.get(id);
  }

  /** Filters the rows of one organization. Sends no request. Resolves when the filter is stored. */
  async filterBy({ id }: { readonly id: string }, filter: HistoryFilter): Promise<void> {
    const stored = this.#filters.set(id, filter);
    this.#redraws.flush();
    await stored;
  }

  /** Redraws the rows from loaded data. */
  redraw(): void {
    this.#redraws.schedule();
  }

  dispose(): void {
    this.#stopListening();
    this.#redraws.dispose();
    this.#subscription.dispose();
    clearInterval(this.#timer);
  }

  #setShown(shown: HistoryTree['shown']): void {
    if (shown?.history === this.#shown?.history) return;
    this.#stopListening();
    this.#shown = shown;
    if (!shown) return;
    const { organization, history } = shown;
    const { projects } = organization;
    this.#unsubscribe = [
      history.onDidChange(() => this.redraw()),
      projects.onDidChange(() => {
        if (!projects.snapshot.reading) this.redraw();
      }),
    ];
  }

  #updateMessage(): void {
    const filter = this.#shown ? this.filterOf(this.#shown.organization) : {};
    this.view.message = this.#shown && this.#messageFor(this.#shown, filter);
    const isFiltering = isFilteringHistory(filter);
    if (isFiltering === this.#isFiltering) return;
    this.#isFiltering = isFiltering;
    void setContext('checkpointPermissions.historyFilter', isFiltering ? 'some' : 'none');
  }

  #messageFor(
    { organization, history }: NonNullable<HistoryTree['shown']>,
    filter: HistoryFilter,
  ): string | undefined {
    const { current } = this.dependencies;
    const label = current.isOneOfSeveral ? plainText(current.label) : '';
    return historyViewMessage(organization, label, history.snapshot, filter, this.now());
  }

  #logFailure({ snapshot: { log, journalFailure } }: History): void {
    const failure = log.failure?.error ?? journalFailure;
    if (failure === undefined || failure === this.#loggedFailure) return;
    this.#loggedFailure = failure;
    this.dependencies.log.error(historyFailureInLog(failure));
  }

  #stopListening(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
