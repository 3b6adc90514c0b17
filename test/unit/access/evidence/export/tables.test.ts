import assert from 'node:assert/strict';
import { historyData } from '../../../../../src/access/evidence/export/historyData';
import { type ExportedAccess, matrixData } from '../../../../../src/access/evidence/export/matrixData';
import type { ExportTable } from '../../../../../src/access/evidence/export/table';
import type { HistorySnapshot } from '../../../../../src/access/evidence/history/history';
import { type Doubt, standingOf } from '../../../../../src/access/loading/standing';
import { atOnce } from '../../../../../src/access/slices';
import { oldAfter } from '../../../../../src/access/thresholds';
import { explain, explanationInWords } from '../../../../../src/words/errors';
import { historyTable } from '../../../../../src/words/exports/historyTable';
import { matrixTable } from '../../../../../src/words/exports/matrixTable';
import { missingOwners, missingPermissions, missingProjects } from '../../../../../src/words/exports/parts';
import { changeNotesInWords, missingFrom } from '../../../../../src/words/history';
import { doubtInWords } from '../../../../../src/words/standing';
import { faults } from '../../../../emulator/index';
import { checkpoint, organizationAt, usePlace } from '../../support';
import { deleted, granted, start } from '../history/support';

const other = 'ft:gpt-4.1-2025-04-14:harbor-labs:other:Oo1Tt2Rr';
const now = Date.UTC(2026, 10, 21, 12);

describe('exports', () => {
  let someone = '';
  let nobody = '';
  const place = usePlace(0, ({ organization }) => {
    someone = organization.state.addProject('Berth planning').id;
    nobody = organization.state.addProject('Customs desk').id;
    organization.addCheckpoint(other, { permissions: [someone] });
  });
  beforeEach(() => {
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, [checkpoint, other], () => now);
  });

  const factOf = (table: ExportTable, name: string) => table.facts.find((each) => each.name === name);
  const fact = (table: ExportTable, name: string) => factOf(table, name)?.text;
  const cellOf = (table: ExportTable, project: string, column: string) => {
    const at = table.columns.findIndex(({ id }) => id === column);
    return [...table.rows].find((row) => row[1]?.text === project)?.[at];
  };
  const accessOf = (table: ExportTable, project: string, column: string): unknown =>
    (cellOf(table, project, column)?.data as { access?: unknown } | undefined)?.access;
  const matrix = (at = now) => matrixTable(atOnce(matrixData(place.organization, at)));
  const missing = (id: string, at = now) => {
    const { lists } = atOnce(matrixData(place.organization, at));
    return lists.filter((list) => list.checkpoint === id).flatMap((list) => missingPermissions(list, at));
  };

  it('of the matrix say what was not read, and never that there is no access', async () => {
    await place.organization.projects.read();
    const table = matrix();
    assert.equal([...table.rows].length, place.organization.projects.snapshot.projects.size);
    for (const row of table.rows) {
      assert.equal(row.length, table.columns.length);
      assert.deepEqual(
        row.slice(3).map(({ data }) => data),
        [{ access: 'unknown' }, { access: 'unknown' }],
      );
      for (const { text } of row.slice(3)) assert.equal(text, 'unknown');
    }
    assert.deepEqual(table.missing, [...missing(checkpoint), ...missing(other), missingOwners(2)]);
    assert.equal(table.missing.length, 3);
    assert.equal(factOf(table, `Read: ${other}`)?.data, 'notLoaded');
  });

  it('of the matrix have each permission with its id and date, no access, failures, owners, and when each was read', async () => {
    const { organization, emulator } = place;
    await organization.projects.read();
    await organization.permissions.read(other);
    emulator.fail('permissions.list', faults.status(500), 1);
    await organization.permissions.read(checkpoint).catch(() => undefined);
    const table = matrix();
    const [permission] = organization.permissions.snapshot(other).listing?.permissions ?? [];
    assert.ok(permission);
    const granted = new Date(permission.created_at * 1000).toISOString().replace('.000Z', 'Z');
    assert.deepEqual(cellOf(table, someone, other)?.data, {
      access: 'granted',
      permissions: [{ id: permission.id, granted }],
    });
    assert.equal(cellOf(table, someone, other)?.text, 'granted');
    assert.equal(accessOf(table, nobody, other), 'notGranted');
    assert.equal(accessOf(table, nobody, checkpoint), 'failed');
    const { failure } = organization.standingOf(checkpoint);
    assert.ok(failure);
    assert.deepEqual(table.missing, [...missing(checkpoint), missingOwners(2)]);
    assert.ok(table.missing[0]?.includes(explanationInWords(explain(failure.error))));
    assert.match(fact(table, `Read: ${other}`) ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.equal(fact(table, 'Organization'), 'Test');
    assert.equal(fact(table, 'Exported'), '2026-11-21T12:00:00Z');
    await organization.catalog.add([{ id: other, findings: [], owner: nobody }]);
    assert.equal(accessOf(matrix(), nobody, other), 'owner');
  });

  it('Truth 2: say “no access” only where another owner is known, and count the unknown ones', async () => {
    const { organization } = place;
    const stranger = place.emulator.organization.state.addProject('Tide tables').id;
    await organization.projects.read();
    for (const id of [checkpoint, other]) await organization.permissions.read(id);
    const unknown = 'Checkpoints with an unknown owner';
    assert.equal(accessOf(matrix(), stranger, other), 'notGranted');
    assert.equal(fact(matrix(), unknown), '2');
    assert.deepEqual(matrix().missing, [missingOwners(2)]);
    await organization.catalog.add([{ id: other, findings: [], owner: nobody }]);
    assert.deepEqual(
      [someone, nobody, stranger].map((project) => accessOf(matrix(), project, other)),
      ['granted', 'owner', 'none'],
    );
    assert.equal(fact(matrix(), unknown), '1');
    assert.deepEqual(matrix().missing, [missingOwners(1)]);
    await organization.catalog.add([{ id: checkpoint, findings: [], owner: nobody }]);
    assert.deepEqual(matrix().missing, []);
  });

  it('take a list that was read in part, or before a change, for what it is', async () => {
    const { organization, emulator } = place;
    const { state } = emulator.organization;
    const big = 'ft:gpt-4.1-2025-04-14:harbor-labs:big:Bb1Gg2Bb';
    emulator.organization.addCheckpoint(big, { permissions: 120 });
    await organization.catalog.add([big]);
    await organization.projects.read();
    await organization.permissions.read(big);
    const shown = new Set(
      organization.permissions.snapshot(big).listing?.permissions.map((each) => each.project_id),
    );
    const hidden = [...state.projects.keys()].find((id) => !shown.has(id)) ?? '';
    assert.equal(accessOf(matrix(), hidden, big), 'unknown');
    /** The finished table contains the clause that every surface shows. */
    const assertDoubt = (id: string, doubt: Doubt, at = now) => {
      const standing = standingOf(organization.permissions.snapshot(id), at);
      assert.equal(standing.doubts[0], doubt);
      const clause = doubtInWords[doubt](standing, at);
      assert.ok(
        matrix(at).missing.some((each) => each.startsWith(id) && each.includes(clause)),
        doubt,
      );
      const data = cellOf(matrix(at), someone, id)?.data as ExportedAccess | undefined;
      assert.deepEqual(data?.doubts, standing.doubts);
    };
    assertDoubt(big, 'moreToLoad');
    await organization.permissions.read(other);
    assertDoubt(other, 'old', now + oldAfter);
    organization.permissions.outdate(other);
    assertDoubt(other, 'beforeYourRefresh');
    assert.equal(accessOf(matrix(), nobody, other), 'notGranted');
    emulator.fail('permissions.list', faults.status(500), 1);
    await organization.permissions.readAgain(other).catch(() => undefined);
    assertDoubt(other, 'refreshFailed');
    organization.permissions.changed(other);
    assertDoubt(other, 'beforeYourChange');
    const after = matrix();
    assert.equal(accessOf(after, someone, other), 'granted');
    assert.equal(cellOf(after, someone, other)?.text, 'unknown', 'the change may have revoked it');
    assert.equal(accessOf(after, nobody, other), 'failed', 'the change may have granted it');
  });

  it('say when the projects were not read, and name those with access by their ids', async () => {
    await place.organization.permissions.read(other);
    const table = matrix();
    assert.deepEqual(
      [...table.rows].map((row) => row[1]?.text),
      [someone],
    );
    assert.deepEqual(table.missing, [
      ...missingProjects(place.organization.projectsStanding, now),
      ...missing(checkpoint),
      missingOwners(2),
    ]);
    assert.equal(table.missing.length, 3);
    assert.equal(factOf(table, 'Projects read')?.data, 'notLoaded');
  });

  it('of the history are as it is filtered, and say how far the log was read', () => {
    const events = [deleted('cp_9', start + 10), granted('cp_1', start, { project: someone })];
    const history: HistorySnapshot = {
      changes: [
        { id: 'a', at: (start + 10) * 1000, action: 'revoked', permission: 'cp_9', logged: { event: 'a' } },
        {
          id: 'b',
          at: start * 1000,
          action: 'granted',
          permission: 'cp_1',
          project: someone,
          checkpoint,
          origin: 'event',
          logged: { event: 'b', actor: { kind: 'user', id: 'ines' } },
        },
      ],
      log: { events, ending: { kind: 'more' }, readAt: now, reading: false },
      oldestLoggedAt: start * 1000,
    };
    const all = historyTable(historyData(place.organization, history, {}, now, () => () => ''));
    assert.deepEqual(
      [...all.rows].map((row) => row.map(({ text }) => text)),
      [
        [
          '2026-03-04T12:00:10Z',
          'unknown',
          '',
          'revoked',
          '',
          'unknown',
          'unknown',
          'cp_9',
          'yes',
          '',
          changeNotesInWords(['originNotLoaded'])[0],
        ],
        ['2026-03-04T12:00:00Z', 'ines', '', 'granted', '', someone, checkpoint, 'cp_1', 'yes', '', ''],
      ],
    );
    const data = (row: number, column: string) =>
      [...all.rows][row]?.[all.columns.findIndex(({ id }) => id === column)]?.data;
    assert.deepEqual([data(0, 'who'), data(1, 'who')], [null, { kind: 'user', id: 'ines' }]);
    assert.deepEqual([data(0, 'note'), data(1, 'note')], [['originNotLoaded'], []]);
    assert.deepEqual([data(0, 'in_audit_log'), data(0, 'this_computer')], [true, null]);
    assert.equal(data(0, 'checkpoint'), null);
    assert.equal(fact(all, 'Audit log read back to'), '2026-03-04T12:00:00Z');
    assert.deepEqual(all.missing, missingFrom(history));
    assert.ok(all.missing.length > 0);
    assert.equal(factOf(all, 'Filter')?.data, null);
    const facts = historyData(
      place.organization,
      history,
      { project: someone, from: start * 1000 },
      now,
      () => () => '',
    );
    assert.equal(facts.undecided, 1);
    const some = historyTable(facts);
    assert.equal([...some.rows].length, 1);
    assert.deepEqual(factOf(some, 'Filter')?.data, { project: someone, from: '2026-03-04T12:00:00Z' });
    assert.equal(some.missing.length, all.missing.length + 1);
  });
});
