import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { HistoryFilter } from '../../access/history/filter';
import type { History } from '../../access/history/history';
import type { Organization } from '../../access/organization';
import type { Log } from '../../editor/log';
import { plainText } from '../../editor/plainText';
import type { CurrentOrganization } from '../../organizations/current';
import type { Histories } from '../../organizations/histories';
import type { CheckpointsTree } from '../checkpointsTree';
import { noticeWaits } from '../waitingNotice';
import type { HistoryNode } from './nodes';

/** How rows are made; loaded when the view is first looked at. */
type Making = typeof import('./door');

/** The rows of the history view. Looking at it reads the journal and one page of the audit log, once an organization. */
export class HistoryTree implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #drawn = new EventEmitter<void>();
  /** Tells that rows were made, for what the view says about itself. */
  readonly onDidDraw = this.#drawn.event;
  #making: Making | undefined;
  #shown: { readonly organization: Organization; readonly history: History } | undefined;
  readonly #filters = new Map<string, HistoryFilter>();
  #unsubscribe: (() => void)[] = [];
  readonly #noticed = new WeakSet<History>();
  readonly #subscriptions: readonly Disposable[];
  #isHeld = false;
  #told: unknown;

  constructor(
    private readonly current: CurrentOrganization,
    readonly histories: Histories,
    private readonly log: Log,
    private readonly asking: Pick<CheckpointsTree, 'isAsking' | 'onDidStopAsking'>,
    private readonly now: () => number = Date.now,
  ) {
    this.#subscriptions = [
      current.onDidChange(() => this.#changed.fire()),
      asking.onDidStopAsking(() => {
        if (this.#isHeld) this.redraw();
      }),
    ];
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (node) return [];
    const asked = this.current.get();
    const current = await asked;
    // What is shown may have changed since.
    if (this.current.get() !== asked) return this.getChildren();
    if (current.kind !== 'organization') {
      this.#show(undefined);
      this.#drawn.fire();
      return [];
    }
    const { organization } = current;
    this.#making ??= await import('./door');
    const history = await this.histories.of(organization);
    if (!this.#noticed.has(history)) noticeWaits(organization, [history.trail], 'Reading the audit log');
    this.#noticed.add(history);
    const snapshot = await history.read();
    // A late answer is about an organization that nobody looks at.
    if (this.current.get() !== asked) return this.getChildren();
    this.#show({ organization, history });
    this.#logFailure(history);
    this.#drawn.fire();
    const rows = this.#making.rowsOf(organization, snapshot, this.filterOf(organization));
    // Names are wanted with the first row. Nobody waits for them: the rows are there with ids.
    if (rows.some(({ kind }) => kind === 'change')) void organization.projects.read('background');
    return rows;
  }

  getTreeItem(node: HistoryNode): TreeItem {
    // Rows were made before any of them is drawn.
    if (!this.#making) throw new Error('There is no row to draw.');
    return this.#making.historyItem(node, this.now());
  }

  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    const tooltip = this.#making?.historyTooltip(node, this.now());
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** The organization whose history is shown, with it; undefined before the first look. */
  get shown(): { readonly organization: Organization; readonly history: History } | undefined {
    return this.#shown;
  }

  filterOf({ id }: { readonly id: string }): HistoryFilter {
    return this.#filters.get(id) ?? {};
  }

  /** Shows what fits a filter, of one organization, until the window is closed. Asks nobody. */
  filterBy({ id }: { readonly id: string }, filter: HistoryFilter): void {
    this.#filters.set(id, filter);
    this.redraw();
  }

  /** What the view says above its rows. */
  message(): string | undefined {
    if (!this.#shown || !this.#making) return undefined;
    const { organization, history } = this.#shown;
    const label = this.current.isOneOfSeveral ? plainText(this.current.label) : '';
    const filter = this.filterOf(organization);
    return this.#making.messageOfHistory(organization, label, history.snapshot, filter, this.now());
  }

  /**
   * Draws the rows again from what is known; later while a picker is open, because VS Code gives the keyboard back to a
   * tree that it draws again.
   */
  redraw(): void {
    this.#isHeld = this.asking.isAsking;
    if (!this.#isHeld) this.#changed.fire();
  }

  dispose(): void {
    this.#stopListening();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#drawn.dispose();
  }

  #show(shown: HistoryTree['shown']): void {
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

  #logFailure({ snapshot: { log, journalFailure } }: History): void {
    const failure = log.failure?.error ?? journalFailure;
    if (failure === undefined || failure === this.#told) return;
    this.#told = failure;
    void import('./failureInLog').then(({ failureInLog }) => this.log.error(failureInLog(failure)));
  }

  #stopListening(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
  }
}
