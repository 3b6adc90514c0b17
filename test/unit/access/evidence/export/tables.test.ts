import assert from 'node:assert/strict';
import { checkpointTable } from '../../../../../src/access/evidence/export/checkpointTable';
import { historyTable } from '../../../../../src/access/evidence/export/historyTable';
import { matrixTable } from '../../../../../src/access/evidence/export/matrixTable';
import type { Table } from '../../../../../src/access/evidence/export/table';
import type { HistorySnapshot } from '../../../../../src/access/evidence/history/history';
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
    place.organization = organizationAt(place.emulator, [checkpoint, other]);
  });

  const fact = (table: Table, label: string) => table.facts.find(([name]) => name === label)?.[1];
  const cell = (table: Table, project: string, column: string) => {
    const at = table.columns.findIndex(({ id }) => id === column);
    return table.rows.find((row) => row[1]?.text === project)?.[at]?.text;
  };

  it('of the matrix say what was not read, and never that there is no access', async () => {
    await place.organization.projects.read();
    const table = matrixTable(place.organization, now);
    assert.equal(table.rows.length, place.organization.projects.snapshot.projects.size);
    for (const row of table.rows) {
      assert.equal(row.length, table.columns.length);
      assert.deepEqual(
        row.slice(3).map(({ text }) => text),
        ['unknown', 'unknown'],
      );
    }
    assert.deepEqual(table.missing, [`${checkpoint} was not read.`, `${other} was not read.`]);
    assert.equal(fact(table, `Read: ${other}`), 'not read');
  });

  it('of the matrix have each permission with its id and date, no access, failures, owners, and when each was read', async () => {
    const { organization, emulator } = place;
    await organization.projects.read();
    await organization.permissions.read(other);
    emulator.fail('permissions.list', faults.status(500), 1);
    await organization.permissions.read(checkpoint).catch(() => undefined);
    const table = matrixTable(organization, now);
    const [permission] = organization.permissions.snapshot(other).listing?.permissions ?? [];
    assert.ok(permission);
    assert.match(cell(table, someone, other) ?? '', new RegExp(`^yes \\(\\S+Z, ${permission.id}\\)$`));
    assert.equal(cell(table, nobody, other), 'no');
    assert.equal(cell(table, nobody, checkpoint), 'failed');
    assert.match(table.missing.join(), new RegExp(`${checkpoint} could not be read: The API failed`));
    assert.match(fact(table, `Read: ${other}`) ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.equal(fact(table, 'Organization'), 'Test');
    assert.equal(fact(table, 'Exported'), '2026-11-21T12:00:00Z');
    await organization.catalog.add([{ id: other, findings: [], owner: nobody }]);
    assert.equal(cell(matrixTable(organization, now), nobody, other), 'owner');
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
    const table = matrixTable(organization, now);
    assert.equal(cell(table, hidden, big), 'unknown');
    assert.match(table.missing.join(), new RegExp(`Only the newest 100 permissions of ${big} were read`));
    await organization.permissions.read(other);
    organization.permissions.outdate(other);
    assert.match(matrixTable(organization, now).missing.join(), /was read before a refresh/);
    organization.permissions.changed(other);
    const after = matrixTable(organization, now);
    assert.match(cell(after, someone, other) ?? '', /^yes, before the last change/);
    assert.equal(cell(after, nobody, other), 'unknown');
    assert.match(after.missing.join(), /was read before a change that was sent since/);
  });

  it('say when the projects were not read, and name those with access by their ids', async () => {
    await place.organization.permissions.read(other);
    const table = matrixTable(place.organization, now);
    assert.deepEqual(
      table.rows.map((row) => row[1]?.text),
      [someone],
    );
    assert.match(table.missing.join(), /The list of projects was not read/);
    assert.equal(fact(table, 'Projects read'), 'not read');
  });

  it('of one checkpoint have its permissions, its end and what is missing', async () => {
    const { organization, emulator } = place;
    assert.deepEqual(checkpointTable(organization, other, now).rows, []);
    assert.match(checkpointTable(organization, other, now).missing.join(), /was not read/);
    await organization.projects.read();
    await organization.permissions.read(other);
    const table = checkpointTable(organization, other, now);
    assert.equal(table.rows.length, 1);
    assert.deepEqual(
      table.rows[0]?.slice(0, 3).map(({ text }) => text),
      ['Berth planning', someone, 'active'],
    );
    assert.deepEqual(table.missing, []);
    assert.equal(fact(table, 'Its model'), 'ends 14 Jan 2027, 54 days left');
    emulator.fail('permissions.list', faults.status(503), 1);
    await organization.permissions.readAgain(other).catch(() => undefined);
    const older = checkpointTable(organization, other, now);
    assert.equal(older.rows.length, 1);
    assert.match(older.missing.join(), /could not be read again/);
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
          logged: { event: 'b', actor: { id: 'ines', name: 'ines' } },
        },
      ],
      log: { events, ending: { kind: 'more' }, readAt: now, reading: false },
      loggedBackTo: start * 1000,
    };
    const all = historyTable(place.organization, history, {}, now);
    assert.deepEqual(
      all.rows.map((row) => row.map(({ text }) => text)),
      [
        [
          '2026-03-04T12:00:10Z',
          'somebody whom the log does not name',
          'revoked',
          '',
          'not known',
          'not known',
          'cp_9',
          'audit log',
          'project and checkpoint not known yet: what was read of the log has no earlier event of this permission',
        ],
        ['2026-03-04T12:00:00Z', 'ines', 'granted', '', someone, checkpoint, 'cp_1', 'audit log', ''],
      ],
    );
    assert.equal(fact(all, 'Audit log read back to'), '2026-03-04T12:00:00Z');
    assert.match(all.missing[0] ?? '', /The audit log was read only back to 4 Mar 2026/);
    const some = historyTable(place.organization, history, { project: someone }, now);
    assert.equal(some.rows.length, 1);
    assert.equal(fact(some, 'Filter'), `project ${someone}`);
    assert.match(some.missing.at(-1) ?? '', /^1 more may fit the filter/);
  });
});
