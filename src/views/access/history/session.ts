import type { Change } from '../../../access/evidence/history/change';
import { type HistoryFilter, parseHistoryFilter } from '../../../access/evidence/history/filter';
import type { History, HistorySnapshot } from '../../../access/evidence/history/history';
import { searchOlder } from '../../../access/evidence/history/search';
import { pauses } from '../../../access/slices';
import { APIUserAbortError } from '../../../openai';
import {
  type HistoryProblem,
  type HistoryRequest,
  type HistoryRow,
  type HistoryRowAct,
  type HistoryState,
  type HistoryUpdate,
  parseHistoryRequest,
} from '../../../protocol/history';
import { waitMessage } from '../../../protocol/wait';
import { plainText } from '../../../text/plainText';
import { steadyNow, toDate } from '../../../text/steadyClock';
import {
  changeFacts,
  type HistoryFailure,
  hiddenForeignChanges,
  historyFailureInLog,
  historyFailureInWords,
  sentBeforeChange,
} from '../../../words/history';
import { unreadableRecords } from '../../../words/undo';
import { Keys } from '../keys';
import type { TabDependencies, TabSession } from '../tabSession';
import { changeText, historyRow, safeId } from './row';

/** Rows in one update: more would block the host. */
const mostRows = 500;

/**
 * The controller of the History tab. Showing it loads the journal of this computer only. The audit log is loaded when
 * the person asks for it, and kept. It doesn't depend on VS Code.
 */
export class HistorySession implements TabSession {
  /** The numbers of changes, by their IDs. */
  readonly #keys = new Keys();
  /** The IDs of projects, checkpoints and persons by what the page knows them by. */
  readonly #ids = new Map<string, string>();
  /** The rows that the page has, as they were sent. */
  readonly #sent = new Map<number, string>();
  readonly #unsubscribe: (() => void)[];
  #filter: HistoryFilter = {};
  #filterToSet: HistoryFilter | undefined;
  #isReady = false;
  #activity: HistoryState['activity'] = 'none';
  #stop: AbortController | undefined;
  #cancelScheduled: (() => void) | undefined;
  /** Ends the update that is under way, for a page that is gone. */
  #page = new AbortController();
  #isUpdating = false;
  #isOutdated = false;
  #loggedFailure: unknown;

  private readonly history: History;

  constructor(private readonly dependencies: TabDependencies<HistoryUpdate>) {
    const { projects, catalog } = dependencies.organization;
    const { history } = dependencies.actions;
    this.history = history;
    this.#unsubscribe = [
      history.onDidChange(() => this.#queue()),
      history.trail.onDidChangeWaits(() => this.#queue()),
      catalog.onDidChange(() => this.#queue()),
      projects.onDidChange(() => {
        if (!projects.snapshot.reading) this.#queue();
      }),
    ];
  }

  sendAll(): void {
    this.#isReady = true;
    this.#page.abort();
    this.#page = new AbortController();
    this.#sent.clear();
    this.#isUpdating = false;
    // Reads a file, and sends no request.
    void this.history.readJournal();
    this.#update();
  }

  setVisible(isVisible: boolean): void {
    // The page that is under way is kept: it was paid for.
    if (!isVisible) this.#stop?.abort();
  }

  receive(message: unknown): void {
    const request = parseHistoryRequest(message);
    if (request) this.#handle(request);
  }

  filterBy(value: unknown): void {
    const { filter } = parseHistoryFilter(value);
    this.#filter = this.#filterToSet = filter;
    this.#queue();
  }

  dispose(): void {
    this.#isReady = false;
    this.#cancelScheduled?.();
    this.#stop?.abort();
    this.#page.abort();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #handle(request: HistoryRequest): void {
    const { actions, post } = this.dependencies;
    switch (request.type) {
      case 'load':
        void this.#load();
        break;
      case 'search':
        void this.#search(request.filter);
        break;
      case 'stop':
        this.#cancel();
        break;
      case 'filter':
        this.#filter = request.filter;
        this.#queue();
        break;
      case 'export':
        void actions.exportHistory(this.#rawFilter(request.filter));
        break;
      case 'showLog':
        actions.showLog();
        break;
      case 'copyOf':
        post({ type: 'history', copy: { of: request.of, key: request.key } });
        break;
      case 'copyIds':
        void actions.copyIds(request.of, this.#idsOf(request.keys, request.of));
        break;
      default:
        this.#handleRow(request.type, request.key);
    }
  }

  /** Stops what is under way. What was loaded before is kept. */
  #cancel(): void {
    this.#stop?.abort();
    for (const trail of [this.history.trail, this.history.trailFor(this.#rawFilter(this.#filter))])
      trail.cancel();
  }

  #handleRow(type: HistoryRowAct, key: number): void {
    const { actions } = this.dependencies;
    const [change] = this.#changesOf([key]);
    if (!change) return;
    const { checkpoint, project, permission, own } = change;
    if (type === 'facts') this.#sendFacts(key, change);
    else if (type === 'explain') void actions.explain({ project, checkpoint });
    else if (type === 'undo') {
      if (own) void actions.undoPlan([own.plan]);
    } else if (checkpoint !== undefined && permission !== undefined)
      void actions.showPermission({
        checkpoint,
        permissionId: permission,
        ...(project !== undefined && { project }),
      });
  }

  /** Loads the newest events of the log: all of its newest page, or what is new since it was loaded. */
  async #load(): Promise<void> {
    if (this.#activity !== 'none') return;
    this.#begin('loading');
    this.#readProjects();
    await this.history.refresh();
    this.#end();
  }

  /** Loads older events until the filter shows one more change. */
  async #search(filter: HistoryFilter): Promise<void> {
    if (this.#activity !== 'none') return;
    const { text: _, ...asked } = filter;
    this.#filter = asked;
    const { signal } = this.#begin('searching');
    this.#readProjects();
    const { organization } = this.dependencies;
    const textOf = (change: Change) => changeText(change, organization, this.#isWhole);
    await searchOlder(this.history, this.#rawFilter(filter), textOf, signal);
    this.#end();
  }

  get #isWhole(): boolean {
    return this.history.trail.snapshot.ending.kind === 'complete';
  }

  #begin(activity: 'loading' | 'searching'): AbortController {
    this.#activity = activity;
    this.#stop = new AbortController();
    this.#queue();
    return this.#stop;
  }

  #end(): void {
    this.#activity = 'none';
    this.#stop = undefined;
    this.#queue();
  }

  /** The names of projects are loaded in the background with the log. Until then the rows show IDs. */
  #readProjects(): void {
    void this.dependencies.organization.projects.read('background');
  }

  #sendFacts(key: number, change: Change): void {
    const { organization } = this.dependencies;
    const { project, projectName } = change;
    const name = project === undefined ? undefined : (organization.projects.nameOf(project) ?? projectName);
    const facts = changeFacts(change, name, organization.isSample, this.#isWhole, organization.now());
    this.dependencies.post({
      type: 'history',
      facts: { key, lines: facts.map((fact) => plainText(fact, 1500)) },
    });
  }

  #idsOf(keys: readonly number[], of: 'permission' | 'project' | 'checkpoint'): string[] {
    return [...new Set(this.#changesOf(keys).flatMap((change) => change[of] ?? []))];
  }

  #changesOf(keys: readonly number[]): Change[] {
    const ids = new Set(this.#keys.idsOf(keys));
    return this.#snapshot.changes.filter(({ id }) => ids.has(id));
  }

  get #snapshot(): HistorySnapshot {
    return this.history.snapshotFor(this.#rawFilter(this.#filter));
  }

  /** The snapshot, made in slices. Rejects when the page is gone. */
  async #ready(signal: AbortSignal): Promise<HistorySnapshot> {
    const snapshot = await this.history.readyFor(this.#rawFilter(this.#filter));
    signal.throwIfAborted();
    return snapshot;
  }

  /** A filter of the page, with the IDs as the API knows them. */
  #rawFilter({ project, checkpoint, person, ...others }: HistoryFilter): HistoryFilter {
    const raw = (id: string): string => this.#ids.get(id) ?? id;
    return {
      ...others,
      ...(project !== undefined && { project: raw(project) }),
      ...(checkpoint !== undefined && { checkpoint: raw(checkpoint) }),
      ...(person && { person: { ...person, id: raw(person.id) } }),
    };
  }

  #queue(): void {
    if (!this.#isReady) return;
    this.#cancelScheduled ??= this.dependencies.schedule(() => {
      this.#cancelScheduled = undefined;
      this.#update();
    });
  }

  #update(): void {
    this.#isOutdated = true;
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    const { signal } = this.#page;
    void this.#sendUpdates(signal).catch(() => {
      // The page that it was for is gone.
    });
  }

  async #sendUpdates(signal: AbortSignal): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false;
      await this.#sendRows(signal);
    }
    this.#isUpdating = false;
  }

  /** Sends the rows that are new or have changed, newest first, in slices, and then how far the history is loaded. */
  async #sendRows(signal: AbortSignal): Promise<void> {
    const { organization, post } = this.dependencies;
    const { changes, log, narrowed } = await this.#ready(signal);
    const filterToSet = this.#filterToSet;
    this.#filterToSet = undefined;
    post({
      type: 'history',
      state: this.#state(true),
      ...(filterToSet && { filter: filterToSet }),
    });
    const isWhole = log.ending.kind === 'complete';
    const pause = pauses(signal);
    const listed = new Set<number>();
    let rows: HistoryRow[] = [];
    for (const change of changes) {
      const key = this.#keys.keyOf(change.id);
      listed.add(key);
      const row = historyRow(key, change, organization, isWhole);
      const text = JSON.stringify(row);
      if (this.#sent.get(key) !== text) {
        this.#learnIds(change);
        this.#sent.set(key, text);
        rows.push(row);
      }
      if (rows.length >= mostRows) {
        post({ type: 'history', rows });
        rows = [];
      }
      const turn = pause();
      if (turn !== undefined) await turn;
    }
    await this.#ready(signal);
    const gone = [...this.#sent.keys()].filter((key) => !listed.has(key));
    for (const key of gone) this.#sent.delete(key);
    this.#logFailure(narrowed?.log.failure?.error ?? log.failure?.error);
    post({
      type: 'history',
      ...(rows.length > 0 && { rows }),
      ...(gone.length > 0 && { gone }),
      // What was queued meanwhile is not sent yet.
      state: this.#state(this.#isOutdated || this.#cancelScheduled !== undefined),
    });
  }

  #learnIds({ project, checkpoint, logged, own }: Change): void {
    for (const id of [project, checkpoint, logged?.actor?.id, own?.by]) {
      if (id === undefined) continue;
      const safe = safeId(id);
      if (safe !== id && !this.#ids.has(safe)) this.#ids.set(safe, id);
    }
  }

  #state(isSending: boolean): HistoryState {
    const { organization } = this.dependencies;
    const filter = this.#rawFilter(this.#filter);
    const snapshot = this.history.snapshotFor(filter);
    const { log, oldestLoggedAt: oldestAt } = snapshot;
    const { isOver, backTo } = this.history.reachFor(filter);
    const query = snapshot.narrowed?.query;
    const isWhole = log.ending.kind === 'complete';
    const wait = this.#wait();
    return {
      now: organization.now(),
      filter: this.#filter,
      isSending,
      ...(log.readAt !== undefined && { loadedAt: toDate(log.readAt) }),
      isWhole,
      isEmpty: isWhole && log.events.length === 0,
      ...(oldestAt !== undefined && { oldestAt }),
      requests: organization.projectsStanding.state === 'notLoaded' ? 2 : 1,
      isOver,
      ...(backTo !== undefined && { backTo }),
      ...(query && { asked: { ...query, ...(query.actors && { actors: query.actors.map(safeId) }) } }),
      notes: notesOf(snapshot),
      problems: problemsOf(snapshot),
      activity: this.#activity,
      ...(wait && { wait }),
    };
  }

  #wait(): HistoryState['wait'] {
    const now = steadyNow();
    const longest = this.history.trail.waits
      .filter(({ until }) => until > now)
      .sort((one, other) => other.until - one.until)[0];
    return longest && waitMessage(longest, now);
  }

  #logFailure(failure: unknown): void {
    if (failure === undefined || failure === this.#loggedFailure) return;
    this.#loggedFailure = failure;
    this.dependencies.actions.logError(historyFailureInLog(failure));
  }
}

/** What must be known about the rows beside how far they are loaded. */
function notesOf({
  beforeChange,
  otherOrganizationPlans,
  unreadableRecords: unreadable,
}: HistorySnapshot): string[] {
  return [
    beforeChange ? sentBeforeChange : '',
    otherOrganizationPlans ? hiddenForeignChanges(otherOrganizationPlans) : '',
    unreadableRecords(unreadable ?? 0),
  ].filter(Boolean);
}

/** What could not be loaded. What a person stopped is no failure. */
function problemsOf({ log, narrowed, journalFailure }: HistorySnapshot): HistoryProblem[] {
  const failures: HistoryFailure[] = [];
  const add = (failure: Exclude<HistoryFailure, { readonly of: 'rest' }>): void => {
    if (!(failure.error instanceof APIUserAbortError)) failures.push(failure);
  };
  const { failure, ending, readAt } = log;
  if (failure?.during === 'newest')
    add({ of: 'newest', isFirst: readAt === undefined, error: failure.error });
  if (failure?.during === 'older') add({ of: 'older', error: failure.error });
  if (narrowed?.log.failure) add({ of: 'older', error: narrowed.log.failure.error });
  if (ending.kind === 'incomplete') failures.push({ of: 'rest', reason: ending.reason });
  else if (narrowed?.log.ending.kind === 'incomplete')
    failures.push({ of: 'rest', reason: narrowed.log.ending.reason });
  if (journalFailure !== undefined) add({ of: 'journal', error: journalFailure });
  return failures.map((each) => {
    const { title, next, detail } = historyFailureInWords(each);
    return {
      of: each.of,
      title: plainText(title, 300),
      next: plainText(next, 1000),
      ...(detail && { detail: plainText(detail, 1000) }),
    };
  });
}
