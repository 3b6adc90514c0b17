import assert from 'node:assert/strict';
import { AuditTrail } from '../../../src/access/evidence/history/auditTrail';
import type { HistoryFilter } from '../../../src/access/evidence/history/filter';
import { History } from '../../../src/access/evidence/history/history';
import { Journal } from '../../../src/access/journal/journal';
import { MemoryStorage } from '../../../src/access/journal/storage';
import { apply } from '../../../src/access/plan/apply';
import { planRevokes } from '../../../src/access/plan/plan';
import type { AuditLog } from '../../../src/openai';
import {
  type HistoryRow,
  type HistoryState,
  type HistoryUpdate,
  parseHistoryUpdate,
} from '../../../src/protocol/history';
import type { PageActions } from '../../../src/views/access/actions';
import { HistorySession } from '../../../src/views/access/history/session';
import { emptyLog } from '../../../src/words/historyTab';
import { faults } from '../../emulator';
import { actions, tabDependencies } from '../../tabDependencies';
import { granted, start } from '../access/evidence/history/support';
import { newPlan } from '../access/journal/support';
import { checkpoint, usePlace } from '../access/support';

/** What the page has: the updates of a session, as the page takes them. */
class Page {
  readonly rows = new Map<number, HistoryRow>();
  readonly updates: HistoryUpdate[] = [];
  #waiting: (() => void)[] = [];

  take(update: HistoryUpdate): void {
    const parsed = parseHistoryUpdate(structuredClone(update));
    assert.ok(parsed, JSON.stringify(update).slice(0, 500));
    this.updates.push(parsed);
    for (const row of parsed.rows ?? []) this.rows.set(row.key, row);
    for (const key of parsed.gone ?? []) this.rows.delete(key);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  get state(): HistoryState {
    const state = this.updates.findLast((update) => update.state)?.state;
    assert.ok(state);
    return state;
  }

  /** Waits until the page is as it should be. */
  async until(isRight: () => boolean): Promise<void> {
    while (!this.updates.some(({ state }) => state) || this.state.isSending || !isRight())
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

describe('the session of the History tab', () => {
  const place = usePlace(250);
  let journal: Journal;
  let history: History;
  let page: Page;
  let session: HistorySession;
  let done: unknown[];
  const open = (trail: AuditTrail = place.organization.trail): void => {
    const { id, catalog, permissions } = place.organization;
    history = new History({ id, catalog, permissions, trail, journal: async () => journal });
    page = new Page();
    done = [];
    const note =
      (name: string) =>
      async (...parts: unknown[]): Promise<void> => {
        done.push([name, ...parts]);
      };
    const some: Partial<PageActions> = {
      history,
      showPermission: note('show'),
      exportHistory: note('export'),
      copyIds: note('copy'),
      undoPlan: note('undo'),
      explain: note('explain'),
      logError: (text) => done.push(['log', text]),
    };
    session = new HistorySession(
      tabDependencies<HistoryUpdate>(place.organization, (update) => page.take(update), {
        actions: actions(some),
      }),
    );
    session.sendAll();
    session.setVisible(true);
  };
  beforeEach(() => {
    journal = new Journal(new MemoryStorage());
  });
  afterEach(() => session.dispose());
  const sent = () => place.emulator.requests.length;
  const load = async (): Promise<void> => {
    session.receive({ type: 'load' });
    await page.until(() => page.state.loadedAt !== undefined && page.state.activity === 'none');
  };
  const revokeOne = async (): Promise<string> => {
    const { permissions, target } = place.organization;
    const [newest] = (await permissions.read(checkpoint)).permissions;
    assert.ok(newest);
    const plan = planRevokes([{ checkpoint, permission: newest }]);
    const entry = await journal.begin(newPlan(plan));
    await apply(plan, target, { recorder: entry });
    await entry.end('applied');
    return newest.id;
  };

  it('Truth 28: shows what this computer did, and requests nothing, before somebody asks', async () => {
    const permission = await revokeOne();
    const before = sent();
    open();
    await page.until(() => page.rows.size === 1);
    const [row] = page.rows.values();
    assert.deepEqual(
      [row?.permission, row?.source, row?.action, row?.isActorUnknown],
      [permission, 'computer', 'revoked', true],
    );
    const { loadedAt, requests, isWhole, isEmpty } = page.state;
    assert.deepEqual([loadedAt, requests, isWhole, isEmpty], [undefined, 2, false, false]);
    session.receive({ type: 'filter', filter: { project: 'proj_a' } });
    await page.until(() => page.state.filter.project === 'proj_a');
    assert.equal(sent(), before);
  });

  it('loads the newest events and the names of projects when asked, and says how far back', async () => {
    open();
    await load();
    assert.equal(page.rows.size, 100);
    assert.equal(page.state.isWhole, false);
    const oldest = Math.min(...[...page.rows.values()].map(({ at }) => at));
    assert.deepEqual([page.state.oldestAt, page.state.backTo], [oldest, oldest]);
    await page.until(() => [...page.rows.values()].some((row) => row.projectName !== row.project));
    assert.equal(page.state.requests, 1);
  });

  it('searches until something is found, and takes away what only another filter has', async () => {
    open();
    await load();
    session.receive({ type: 'search', filter: {} });
    await page.until(() => page.rows.size === 200);
    const { oldestAt = 0 } = page.state;
    const filter: HistoryFilter = { to: oldestAt - 24 * 60 * 60 * 1000 };
    session.receive({ type: 'search', filter });
    await page.until(() => page.state.asked !== undefined && page.state.activity === 'none');
    assert.ok(page.rows.size > 200);
    assert.deepEqual(page.state.asked, filter);
    assert.ok((page.state.backTo ?? oldestAt) < oldestAt);
    assert.equal(page.state.oldestAt, oldestAt, 'the whole log goes back no further');
    session.receive({ type: 'filter', filter: {} });
    await page.until(() => page.state.asked === undefined);
    assert.equal(page.rows.size, 200);
  });

  it('says how far back a search is while it runs, and stops when it is told to', async () => {
    open();
    await load();
    const gate = place.emulator.hold('auditLogs.list');
    session.receive({ type: 'search', filter: { project: 'proj_nothing' } });
    await page.until(() => page.state.activity === 'searching');
    assert.equal(page.state.backTo, page.state.oldestAt);
    session.receive({ type: 'search', filter: {} });
    session.receive({ type: 'load' });
    await place.emulator.requested(2, 'auditLogs.list');
    session.receive({ type: 'stop' });
    await page.until(() => page.state.activity === 'none');
    gate.release();
    assert.deepEqual([page.rows.size, page.state.problems], [100, []], 'what was stopped is no failure');
    assert.equal(place.emulator.requests.filter(({ endpoint }) => endpoint === 'auditLogs.list').length, 2);
  });

  it('requests no further page once the tab is hidden', async () => {
    open();
    await load();
    const gate = place.emulator.hold('auditLogs.list');
    session.receive({ type: 'search', filter: { project: 'proj_nothing' } });
    await place.emulator.requested(2, 'auditLogs.list');
    session.setVisible(false);
    gate.release();
    await page.until(() => page.rows.size === 200 && page.state.activity === 'none');
    assert.equal(page.state.isOver, false);
  });

  it('Truth 1: says why the log could not be loaded, and keeps what this computer did', async () => {
    await revokeOne();
    open();
    place.emulator.fail('auditLogs.list', faults.status(403), 1);
    session.receive({ type: 'load' });
    await page.until(() => page.state.problems.length > 0 && page.state.activity === 'none');
    assert.deepEqual(
      [page.state.loadedAt, page.rows.size, page.state.problems[0]?.of],
      [undefined, 1, 'newest'],
    );
    assert.equal((done[0] as string[])[0], 'log');
    await load();
    assert.deepEqual(page.state.problems, []);
  });

  it('Truth 25: says that an empty log may never have been turned on', async () => {
    open(new AuditTrail(logOf([]), () => new AbortController().signal));
    await load();
    assert.deepEqual([page.state.isEmpty, page.state.isWhole], [true, true]);
    assert.match(emptyLog, /may never have been turned on/);
  });

  it('says that a change was sent after the history was loaded', async () => {
    open();
    await load();
    await revokeOne();
    await page.until(() => page.state.notes.length === 1);
    await load();
    await page.until(() => [...page.rows.values()].some(({ source }) => source === 'both'));
    assert.deepEqual(page.state.notes, []);
  });

  it('acts on rows by their numbers alone', async () => {
    const permission = await revokeOne();
    open();
    await load();
    const row = [...page.rows.values()].find(({ source }) => source === 'both');
    assert.ok(row);
    const { key, project = '' } = row;
    session.receive({ type: 'details', key });
    session.receive({ type: 'undo', key });
    session.receive({ type: 'copyIds', of: 'permission', keys: [key, key, 99_999] });
    session.receive({ type: 'export', filter: { project } });
    session.receive({ type: 'explain', key });
    const [shown, undone, copied, exported, explained] = done as [string, ...unknown[]][];
    assert.deepEqual(explained, ['explain', { project, checkpoint }]);
    assert.deepEqual(shown, ['show', { checkpoint, permissionId: permission, project }]);
    assert.equal(undone?.[0], 'undo');
    assert.deepEqual(copied, ['copy', 'permission', [permission]]);
    assert.deepEqual(exported, ['export', { project }]);
    session.receive({ type: 'facts', key });
    const facts = page.updates.at(-1)?.facts;
    assert.equal(facts?.key, key);
    assert.ok(facts?.lines.some((line) => line.includes(permission)));
    session.receive({ type: 'copyOf', of: 'project', key });
    assert.deepEqual(page.updates.at(-1)?.copy, { of: 'project', key });
    done.length = 0;
    for (const wrong of [
      { type: 'undo', key: -1 },
      { type: 'undo', key: 99_999 },
      { type: 'details' },
      { type: 'explain', key: 99_999 },
      { type: 'copyIds', of: 'secret', keys: [key] },
      { type: 'export', filter: { project: 7 } },
      { type: 'search', filter: { other: 'x' } },
      null,
    ])
      session.receive(wrong);
    const unlogged = [...page.rows.values()].find(({ source }) => source === 'log');
    session.receive({ type: 'undo', key: unlogged?.key });
    assert.deepEqual(done, []);
  });

  it('sends all again to a page that was shown again, and its filter to one that is opened with one', async () => {
    open();
    await load();
    const before = page.rows.size;
    page.rows.clear();
    session.sendAll();
    await page.until(() => page.rows.size === before);
    session.filterBy({ checkpoint, wrong: 7 });
    await page.until(() => page.updates.some(({ filter }) => filter?.checkpoint === checkpoint));
    assert.deepEqual(page.state.filter, { checkpoint });
  });

  it('Truth 37: sends texts of the server as one safe line, and finds what they stand for', async () => {
    const hostile = 'proj_a\u202e\n<b>';
    const events = [granted('cp_1', start, { project: hostile }), granted('cp_2', start - 5)];
    open(new AuditTrail(logOf(events), () => new AbortController().signal));
    await load();
    const row = [...page.rows.values()].find(({ permission }) => permission === 'cp_1');
    assert.doesNotMatch(JSON.stringify(row), /\\u202e|\\n/);
    session.receive({ type: 'export', filter: { project: row?.project ?? '' } });
    assert.deepEqual(done, [['export', { project: hostile }]]);
  });

  it('Truth 5: takes no long turn with 10,000 events', async () => {
    const events = Array.from({ length: 10_000 }, (_, index) =>
      granted(`cp_${index}`, start - index * 60, { project: `proj_${index % 500}` }),
    );
    const trail = new AuditTrail(logOf(events), () => new AbortController().signal);
    trail.adopt({ events, ending: { kind: 'complete' }, loadedAt: Date.now() });
    open(trail);
    await page.until(() => page.rows.size === 10_000);
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const began = process.cpuUsage();
    page = new Page();
    session.sendAll();
    await page.until(() => page.rows.size === 10_000);
    session.receive({ type: 'search', filter: { text: 'cp_9999' } });
    await page.until(() => page.state.activity === 'none');
    isOver = true;
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    // One every 10 ms is meant. The processor is shared, and the page is in this process, too.
    assert.ok(turns >= 5 && turns >= ms / 40, `${turns} turns in ${ms} ms`);
  });
});

/** A log with these events, newest first, all on one page. */
function logOf(data: readonly AuditLog[]): ConstructorParameters<typeof AuditTrail>[0] {
  const list = async () => ({ data, has_more: false });
  return { list } as unknown as ConstructorParameters<typeof AuditTrail>[0];
}
