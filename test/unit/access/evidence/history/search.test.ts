import assert from 'node:assert/strict';
import { filterHistory, type HistoryFilter } from '../../../../../src/access/evidence/history/filter';
import { History } from '../../../../../src/access/evidence/history/history';
import { searchOlder } from '../../../../../src/access/evidence/history/search';
import { Journal } from '../../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../../src/access/journal/storage';
import type { AuditLog } from '../../../../../src/openai/index';
import { AuditRecord } from '../../../../../src/sample/state/auditRecord';
import { foldedOnce } from '../../../../../src/text/searchTerms';
import { cursorTraps, faults } from '../../../../emulator/index';
import { usePlace } from '../../support';

const dayMs = 24 * 60 * 60 * 1000;

describe('a search of the history', () => {
  const place = usePlace(650);
  let history: History;
  beforeEach(() => {
    const { id, catalog, permissions, trail } = place.organization;
    const journal = new Journal(new MemoryStorage());
    history = new History({ id, catalog, permissions, trail, journal: async () => journal });
  });
  const sent = () => place.emulator.requests.filter(({ endpoint }) => endpoint === 'auditLogs.list');
  const lastQuery = () => new URLSearchParams(sent().at(-1)?.query as Record<string, string>);
  const ofAccess = () =>
    new AuditRecord(place.emulator.organization.state).newestFirst.filter(({ type }) =>
      type.startsWith('checkpoint.permission.'),
    );
  const shown = (filter: HistoryFilter) =>
    filterHistory(history.snapshotFor(filter).changes, filter, () => () => '').shown;
  const search = (filter: HistoryFilter, signal = new AbortController().signal) =>
    searchOlder(history, filter, ({ permission = '' }) => foldedOnce(() => permission), signal);
  /** All events of the log that a filter of time and person matches, by the server's own state. */
  const expected = ({ from = -Infinity, to = Infinity, person }: HistoryFilter) =>
    ofAccess().filter((event) => {
      const { actor, effective_at } = JSON.parse(JSON.stringify(event)) as AuditLog;
      const at = effective_at * 1000;
      const email = (actor?.session?.user ?? actor?.api_key?.user)?.email;
      return at >= from && at < to && (person === undefined || email === person.id);
    });

  it('loads the newest page first, whatever is sought', async () => {
    const person = { kind: 'actor', id: 'nobody@harbor-labs.example' } as const;
    assert.equal(history.reachFor({ person }).isOver, false);
    await history.readOlderFor({ person });
    assert.deepEqual([sent().length, history.snapshot.log.events.length], [1, 100]);
    assert.deepEqual([...lastQuery().keys()].sort(), ['event_types[]', 'limit']);
  });

  it('asks the API for a period that is older than what is loaded, and skips what is between', async () => {
    await history.read();
    const oldest = ofAccess().at(-1)?.effective_at ?? 0;
    const filter = { from: oldest * 1000 - dayMs, to: (oldest + 1) * 1000 };
    assert.equal(await search(filter), 'found');
    assert.equal(sent().length, 2);
    assert.equal(lastQuery().get('effective_at[gte]'), `${filter.from / 1000}`);
    assert.equal(lastQuery().get('effective_at[lte]'), `${oldest}`);
    assert.equal(shown(filter).length, expected(filter).length);
    assert.deepEqual(history.reachFor(filter).isOver, true);
  });

  it('never takes what it asked for for the whole log', async () => {
    await history.read();
    const { changes } = history.snapshot;
    const oldest = ofAccess().at(-1)?.effective_at ?? 0;
    const filter = { to: (oldest + 1) * 1000 };
    await search(filter);
    assert.equal(history.snapshot.changes, changes, 'the log without a filter is as it was');
    assert.equal(history.snapshot.log.ending.kind, 'more');
    assert.equal(history.snapshot.narrowed, undefined);
    const wide = { from: filter.to - dayMs };
    assert.equal(history.reachFor(wide).isOver, false, 'nor for another filter');
    assert.equal(shown(wide).length, shown({}).length);
    const { narrowed, changes: all } = history.snapshotFor(filter);
    assert.equal(narrowed?.log.ending.kind, 'complete');
    assert.equal(all.length, changes.length + expected(filter).length);
  });

  it('goes on with the whole log where the API cannot skip anything, and ends with the period', async () => {
    await history.read();
    const middle = (ofAccess()[250]?.effective_at ?? 0) * 1000;
    const filter: HistoryFilter = { from: middle };
    while ((await search(filter)) === 'found') assert.equal(history.snapshotFor(filter).narrowed, undefined);
    assert.equal(sent().length, 3);
    assert.equal(lastQuery().has('effective_at[gte]'), false);
    assert.equal(shown(filter).length, expected(filter).length);
  });

  it('asks for a person by every ID that the log named, and finds each event of theirs', async () => {
    await history.read();
    const [first] = shown({}).flatMap(({ logged }) => logged?.actor ?? []);
    assert.ok(first);
    const filter: HistoryFilter = { person: { kind: 'actor', id: first.id } };
    while ((await search(filter)) === 'found') assert.ok(history.reachFor(filter).query?.actors);
    const { query } = history.reachFor(filter);
    const asked = new Set(query?.actors);
    assert.ok(asked.has(first.user ?? ''), [...asked].join());
    for (const { query: each } of sent().slice(1))
      assert.deepEqual(new Set([each['actor_ids[]']].flat()), asked);
    assert.equal(shown(filter).length, expected(filter).length);
    assert.equal(history.reachFor(filter).isOver, true);
    assert.ok(sent().length < Math.ceil(ofAccess().length / 100), 'it costs less than the whole log');
  });

  it('does not ask the API for a project, because the log has the project that an event was made in', async () => {
    await history.read();
    const last = ofAccess().at(-1);
    const { project_id: project } =
      (JSON.parse(JSON.stringify(last)) as AuditLog)['checkpoint.permission.created']?.data ?? {};
    assert.ok(project);
    const filter = { project };
    const before = shown(filter).length;
    assert.equal(await search(filter), 'found');
    assert.equal(shown(filter).length, before + 1);
    for (const { query } of sent()) assert.equal(Object.hasOwn(query, 'project_ids[]'), false);
  });

  it('goes on until something is found, and says when there is no more', async () => {
    const filter = { project: 'proj_nothing' };
    assert.equal(await search(filter), 'over');
    assert.equal(sent().length, Math.ceil(ofAccess().length / 100));
    assert.deepEqual(history.reachFor(filter), { isOver: true });
  });

  it('seeks words in what a row shows', async () => {
    const last = JSON.parse(JSON.stringify(ofAccess().at(-1))) as AuditLog;
    const filter = { text: last['checkpoint.permission.created']?.id ?? '' };
    assert.equal(await search(filter), 'found');
    assert.equal(sent().length, Math.ceil(ofAccess().length / 100));
  });

  it('asks nothing for what this computer did: its journal has all of it', async () => {
    assert.equal(await search({ person: { kind: 'account', id: 'ines' } }), 'over');
    assert.deepEqual(sent(), []);
  });

  it('stops when it is told to, and keeps the page that was under way', async () => {
    const stop = new AbortController();
    const gate = place.emulator.hold('auditLogs.list');
    const searching = search({ project: 'proj_nothing' }, stop.signal);
    await place.emulator.requested(1, 'auditLogs.list');
    stop.abort();
    gate.release();
    assert.equal(await searching, 'stopped');
    assert.deepEqual([sent().length, history.snapshot.changes.length], [1, 100]);
  });

  it('stops at a failure, keeps what it has, and goes on from there when asked again', async () => {
    const filter = { project: 'proj_nothing' };
    await history.read();
    place.emulator.fail('auditLogs.list', faults.status(500), 1);
    assert.equal(await search(filter), 'failed');
    assert.deepEqual([sent().length, history.snapshot.log.failure?.during], [2, 'older']);
    place.emulator.fail('auditLogs.list', faults.status(500), 1);
    await history.refresh();
    assert.equal(history.snapshot.log.failure?.during, 'newest');
    assert.equal(await search(filter), 'over', 'a failure that was there before stops nothing');
  });

  it('says that a narrowed search failed, and not that there is nothing', async () => {
    await history.read();
    const oldest = (ofAccess().at(-1)?.effective_at ?? 0) * 1000;
    const filter = { to: oldest + 1 };
    place.emulator.fail('auditLogs.list', faults.status(403), 1);
    assert.equal(await search(filter), 'failed');
    assert.equal(history.reachFor(filter).isOver, false);
    assert.equal(history.snapshotFor(filter).narrowed?.log.failure?.during, 'newest');
    assert.equal(await search(filter), 'found');
    assert.equal(history.snapshotFor(filter).narrowed?.log.failure, undefined);
  });

  it('ends where the API contradicts itself', async () => {
    await history.read();
    place.emulator.fail('auditLogs.list', cursorTraps.standingCursor);
    assert.equal(await search({ project: 'proj_nothing' }), 'over');
    assert.equal(history.snapshot.log.ending.kind, 'incomplete');
    assert.ok(sent().length <= 4, `${sent().length} requests`);
  });

  it('ends when another organization is shown', async () => {
    await history.read();
    const gate = place.emulator.hold('auditLogs.list');
    const searching = search({ project: 'proj_nothing' });
    await place.emulator.requested(2, 'auditLogs.list');
    place.organization.pause();
    assert.equal(await searching, 'stopped');
    gate.release();
    assert.equal(history.snapshot.log.failure, undefined);
  });

  it('notifies of pages that only a filter has', async () => {
    await history.read();
    let changes = 0;
    history.onDidChange(() => {
      changes += 1;
    });
    await search({ to: (ofAccess().at(-1)?.effective_at ?? 0) * 1000 + 1 });
    assert.ok(changes >= 2, `${changes}`);
  });
});
