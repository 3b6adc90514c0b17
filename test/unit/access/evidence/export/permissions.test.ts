import assert from 'node:assert/strict';
import { escapeFormulas } from '../../../../../src/access/evidence/export/csv';
import { formatTable } from '../../../../../src/access/evidence/export/formatTable';
import { historyData } from '../../../../../src/access/evidence/export/historyData';
import { matrixData } from '../../../../../src/access/evidence/export/matrixData';
import {
  listStateOf,
  type PermissionsScope,
  permissionsData,
} from '../../../../../src/access/evidence/export/permissionsData';
import { reviewData } from '../../../../../src/access/evidence/export/reviewData';
import type { ExportTable } from '../../../../../src/access/evidence/export/table';
import { History } from '../../../../../src/access/evidence/history/history';
import { reviewOf } from '../../../../../src/access/evidence/review/review';
import { policiesToLoad } from '../../../../../src/access/explain/projectPolicies';
import { type Doubt, doubts } from '../../../../../src/access/loading/standing';
import type { Organization } from '../../../../../src/access/organization';
import { atOnce } from '../../../../../src/access/slices';
import { oldAfter, usageAge } from '../../../../../src/access/thresholds';
import { openSample } from '../../../../../src/organizations/sample';
import { isoMoment } from '../../../../../src/text/dates';
import { visibleAndShort } from '../../../../../src/text/plainText';
import { historyTable } from '../../../../../src/words/exports/historyTable';
import { matrixTable } from '../../../../../src/words/exports/matrixTable';
import { permissionsTable } from '../../../../../src/words/exports/permissionsTable';
import { reviewTable } from '../../../../../src/words/exports/reviewTable';
import { faults } from '../../../../emulator/index';
import { hostileNames } from '../../../../hostileNames';
import { csvReaders } from '../../../support/csvReaders';
import { organizationAt, usePlace } from '../../support';
import { granted } from '../history/support';

const other = 'ft:gpt-4.1-2025-04-14:harbor-labs:other:Oo1Tt2Rr';
const empty = 'ft:gpt-4.1-2025-04-14:harbor-labs:empty:Ee1Mm2Pp';
const start = Date.UTC(2026, 10, 21, 12);
const day = 24 * 60 * 60;

/** The rows of a table as texts by heading. */
function readable(table: ExportTable): Record<string, string>[] {
  const headings = table.columns.map(({ title }) => title);
  return [...table.rows].map((row) =>
    Object.fromEntries(row.map(({ text }, index) => [headings[index] ?? '', text])),
  );
}

describe('the export of permissions', () => {
  let someone = '';
  let archived = '';
  const place = usePlace(0, ({ organization: { state }, organization }) => {
    someone = state.addProject('Berth planning').id;
    archived = state.addProject('Hackathon', start / 1000 - 900 * day, start / 1000 - 100 * day).id;
    organization.addCheckpoint(other, { permissions: [someone, archived] });
    organization.addCheckpoint(empty);
  });
  let now = start;
  beforeEach(() => {
    now = start;
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, [other, empty], () => now);
  });

  const loadAll = async () => {
    await place.organization.projects.read();
    for (const id of [other, empty]) await place.organization.permissions.readAll(id);
  };
  const tableOf = (scope: PermissionsScope = { checkpoints: place.organization.catalog.ids }) =>
    permissionsTable(atOnce(permissionsData(place.organization, scope, now)));
  const rows = (scope?: PermissionsScope) => readable(tableOf(scope));
  const ofProject = (project: string) => rows().find((row) => row['Project ID'] === project);
  const stateOf = (id: string) => rows().find((row) => row.Checkpoint === id)?.['List state'];
  const permissionOf = (project: string) => {
    const { listing } = place.organization.permissions.snapshot(other);
    return listing?.permissions.find(({ project_id }) => project_id === project) ?? assert.fail(project);
  };

  it('sends no request, and has a row for each checkpoint of which nothing is loaded', () => {
    assert.deepEqual(
      rows().map((row) => [row.Checkpoint, row['Permission ID'], row['List state'], row['List loaded at']]),
      [
        [other, '', 'not loaded', ''],
        [empty, '', 'not loaded', ''],
      ],
    );
    assert.deepEqual(place.emulator.requests, []);
  });

  it('has a row for each permission, and one for a list that is empty', async () => {
    await loadAll();
    const sent = place.emulator.requests.length;
    const { id, created_at } = permissionOf(someone);
    const found = rows();
    assert.equal(found.length, 3);
    assert.deepEqual(ofProject(someone), {
      Checkpoint: other,
      'Project ID': someone,
      'Project name': 'Berth planning',
      'Permission ID': id,
      'Granted at': isoMoment(created_at * 1000),
      'Granted by': '',
      'Last used': '',
      'Shuts down': '2027-01-14',
      Effective: 'unknown',
      Findings: 'Model shuts down within 60 days',
      'List state': 'complete',
      'List loaded at': isoMoment(now),
    });
    assert.deepEqual(Object.values(found.find((row) => row.Checkpoint === empty) ?? {}), [
      empty,
      '',
      '',
      '',
      '',
      '',
      '',
      '2027-01-14',
      '',
      '',
      'complete',
      isoMoment(now),
    ]);
    assert.match(ofProject(archived)?.Findings ?? '', /^Project is archived · Model shuts down/);
    assert.equal(place.emulator.requests.length, sent);
  });

  it('says whether access is effective by what is loaded, what decides it, and what is not loaded', async () => {
    await loadAll();
    const { organization, emulator } = place;
    const effects = () => [someone, archived].map((project) => ofProject(project)?.Effective);
    const missing = () => tableOf().missing.filter((each) => /model polic/.test(each)).length;
    assert.deepEqual(effects(), ['unknown', 'no']);
    assert.equal(missing(), 1);
    const policy = { object: 'project.model_permissions', model_ids: [other] } as const;
    emulator.organization.state.modelPolicies.set(someone, { ...policy, mode: 'allow_list' });
    const data = () => atOnce(permissionsData(organization, { checkpoints: [other] }, now));
    assert.deepEqual(
      data().policies.notLoaded,
      [someone],
      'the policy of an archived project decides nothing',
    );
    await organization.gates.policyLoad.load(data().policies.notLoaded);
    assert.deepEqual([effects(), missing()], [['yes', 'no'], 0]);
    emulator.organization.state.modelPolicies.set(someone, { ...policy, mode: 'deny_list' });
    organization.gates.outdate();
    await organization.gates.policyLoad.load(data().policies.old);
    assert.deepEqual(effects(), ['no', 'no']);
    assert.match(ofProject(someone)?.Findings ?? '', /Granted without effect/);
    const column = tableOf().columns.findIndex(({ id }) => id === 'effective');
    const row = [...tableOf().rows].find(([, project]) => project?.text === someone);
    assert.deepEqual(row?.[column]?.data, {
      effective: 'no',
      closed: ['policy'],
      unknown: [],
      inferred: [],
      may_be_outdated: [],
    });
  });

  it('uses the number of days that a person chose, and says which', async () => {
    await loadAll();
    const { organization } = place;
    organization.usage.adopt({ uses: new Map(), from: start / 1000 - 92 * day, loadedAt: now });
    organization.reviewSettings.choose({ unusedDays: 30 });
    const fact = tableOf().facts.find(({ name }) => name === 'Unused after days');
    assert.deepEqual([fact?.text, fact?.data], ['30 days without use', 30]);
    const { created_at } = permissionOf(archived);
    const isOld = start / 1000 - created_at > 30 * day;
    assert.equal((ofProject(archived)?.Findings ?? '').includes('Unused for 30 days'), isOld);
    assert.ok(!(ofProject(archived)?.Findings ?? '').includes('90'));
  });

  it('says what the loaded part of the audit log and usage data says, and asks neither', async () => {
    await loadAll();
    const sent = place.emulator.requests.length;
    const { organization } = place;
    const { id } = permissionOf(someone);
    const events = [granted(id, start / 1000 - 60 * day, { project: someone, checkpoint: other })];
    organization.trail.adopt({ events, ending: { kind: 'more', after: 'x' }, loadedAt: now });
    const from = start / 1000 - 92 * day;
    const lastDay = start / 1000 - 3 * day;
    const uses = new Map([[other, new Map([[archived, { requests: 7, lastDay }]])]]);
    organization.usage.adopt({ uses, from, loadedAt: now });
    assert.deepEqual(
      [someone, archived].map((project) => [
        ofProject(project)?.['Granted by'],
        ofProject(project)?.['Last used'],
      ]),
      [
        ['ines@harbor.example', 'not since 2026-08-21'],
        ['', '2026-11-18'],
      ],
    );
    assert.equal(
      tableOf().facts.find(({ name }) => name === 'Audit log read back to')?.text,
      '2026-09-22T12:00:00Z',
    );
    assert.deepEqual(tableOf().missing.slice(-1), [
      "The loaded part of the audit log doesn't say who granted 1 permission.",
    ]);
    now += usageAge;
    assert.match(tableOf().missing.at(-1) ?? '', /^Usage data · loaded 1 hour ago\./);
    now = start;
    organization.usage.adopt({ uses, from, loadedAt: now + 1, unattributed: true });
    assert.equal(ofProject(someone)?.['Last used'], '', 'another entry of the usage data may be its use');
    assert.equal(ofProject(archived)?.['Last used'], '2026-11-18');
    assert.equal(place.emulator.requests.length, sent);
  });

  it('says “none” of findings only where all was checked', async () => {
    await loadAll();
    const { organization } = place;
    const mine = 'ft:my-model:harbor-labs:mine:Mm1Ii2Nn';
    place.emulator.organization.addCheckpoint(mine, { permissions: [someone] });
    await organization.catalog.add([mine]);
    await organization.permissions.readAll(mine);
    const findings = () => rows({ checkpoints: [mine] })[0]?.Findings;
    assert.equal(findings(), 'none (not fully checked)');
    const uses = new Map([[mine, new Map([[someone, { requests: 1, lastDay: start / 1000 }]])]]);
    organization.usage.adopt({ uses, from: 0, loadedAt: now });
    assert.equal(findings(), 'none (not fully checked)');
    await organization.gates.policyLoad.load([someone]);
    assert.equal(findings(), 'none');
    place.emulator.fail('projects.list', faults.status(500), 1);
    await organization.projects.readAgain();
    assert.equal(findings(), 'none (not fully checked)');
    organization.permissions.changed(mine);
    assert.equal(findings(), 'not checked');
  });

  it('says of each list whether it is complete, partial, from before a change, old, or failed', async () => {
    const { organization, emulator } = place;
    emulator.fail('permissions.list', faults.status(500), 1);
    await organization.permissions.read(other).catch(() => undefined);
    assert.equal(stateOf(other), 'failed');
    assert.equal(stateOf(empty), 'not loaded');
    await organization.permissions.readAgain(other);
    assert.equal(stateOf(other), 'complete');
    now += oldAfter;
    assert.equal(stateOf(other), 'old');
    organization.permissions.changed(other);
    assert.equal(stateOf(other), 'before a change');
    const big = 'ft:gpt-4.1-2025-04-14:harbor-labs:big:Bb1Gg2Bb';
    emulator.organization.addCheckpoint(big, { permissions: 120 });
    await organization.catalog.add([big]);
    await organization.permissions.read(big);
    assert.equal(stateOf(big), 'partial');
    assert.equal(rows({ checkpoints: [big] }).length, 100);
    now += oldAfter;
    assert.equal(stateOf(big), 'partial', 'that rows are missing is more than that they are old');
  });

  it('has a state for every doubt, and calls no list with a doubt complete', () => {
    const state = (...some: Doubt[]) => listStateOf({ state: 'loaded', doubts: some });
    assert.equal(state(), 'complete');
    for (const doubt of doubts) assert.notEqual(state(doubt), 'complete', doubt);
    for (const doubt of ['brokenOff', 'moreToLoad'] as const) {
      assert.equal(state('refreshFailed', doubt), 'partial');
      assert.equal(state(doubt, 'old'), 'partial');
      assert.equal(state('beforeYourChange', doubt), 'beforeChange');
    }
  });

  it('of what a table shows has these rows in their order, and says that it is a part', async () => {
    await loadAll();
    const [one, two] = [permissionOf(someone), permissionOf(archived)];
    const scope = {
      rows: [
        { checkpoint: empty },
        { checkpoint: other, permissionId: two.id },
        { checkpoint: other, permissionId: one.id },
        { checkpoint: other, permissionId: 'cp_gone' },
      ],
      filter: 'Model = other',
    };
    const table = tableOf(scope);
    assert.deepEqual(
      readable(table).map((row) => [row.Checkpoint, row['Permission ID']]),
      [
        [empty, ''],
        [other, two.id],
        [other, one.id],
      ],
    );
    const fact = (name: string) => table.facts.find((each) => each.name === name);
    assert.deepEqual(fact('Part')?.data, { exported: 'shown', permissions: 2, loaded: 2 });
    assert.equal(fact('Filter')?.text, 'Model = other');
    assert.match(table.missing[0] ?? '', /^1 permission that was shown isn't included/);
    assert.equal(
      tableOf().facts.some(({ name }) => name === 'Part'),
      false,
    );
  });

  it('is of one moment: a list that is loaded while it is made is not in it', async () => {
    await place.organization.projects.read();
    const steps = permissionsData(place.organization, { checkpoints: [other] }, now);
    assert.equal(steps.next().done, false);
    await place.organization.permissions.readAll(other);
    const { rows: made } = atOnce(steps);
    assert.deepEqual(
      made.map(({ state }) => state),
      ['notLoaded'],
    );
  });

  describe('and the other tables, in two readers of CSV that are not ours', () => {
    /** What a table has in CSV: its headings, then its rows. */
    const cellsOf = ({ columns, rows: all }: ExportTable) => [
      columns.map(({ title }) => title),
      ...[...all].map((row) => row.map(({ text }) => text)),
    ];
    const tablesOf = async (organization: Organization): Promise<Readonly<Record<string, ExportTable>>> => {
      const at = organization.now();
      const history = new History({
        ...organization,
        id: organization.id,
        catalog: organization.catalog,
        permissions: organization.permissions,
        trail: organization.trail,
        journal: async () => ({ read: async () => ({ accounts: [], unreadable: 0 }) }),
      });
      const changes = await history.read();
      const usage = { snapshot: await organization.usage.read(organization.closed) };
      const review = atOnce(reviewOf(organization, usage, at));
      const scope = { checkpoints: organization.catalog.ids };
      return {
        permissions: permissionsTable(atOnce(permissionsData(organization, scope, at))),
        matrix: matrixTable(atOnce(matrixData(organization, at))),
        history: historyTable(historyData(organization, changes, {}, at, () => () => '')),
        review: reviewTable(reviewData(organization, review, usage), String),
      };
    };
    const formats = [
      ['csv', ','],
      ['csvSemicolons', ';'],
    ] as const;

    function assertReadBack(
      tables: Readonly<Record<string, ExportTable>>,
      shown: (text: string) => string,
    ): void {
      for (const [name, table] of Object.entries(tables)) {
        for (const [format, delimiter] of formats) {
          const text = [...atOnce(formatTable(table, format)).pieces].join('');
          const wanted = cellsOf(table).map((row) =>
            row.map((each) => escapeFormulas(shown(each), delimiter)),
          );
          assert.ok(wanted.length > 3, name);
          const [byPapa, byRecords] = [
            csvReaders.papaparse(text, delimiter),
            csvReaders['csv-parse'](text, delimiter),
          ];
          assert.deepEqual(byPapa, byRecords, `${name} as ${format}`);
          assert.deepEqual(byPapa, wanted, `${name} as ${format}`);
          // Neither has to be told what separates the cells.
          assert.deepEqual(csvReaders.papaparse(text, ''), wanted, `${name} as ${format}, guessed`);
        }
      }
    }

    it('of the sample organization are the same tables, row for row, as they are', async () => {
      const organization = await openSample('sample', () => undefined);
      await organization.projects.read();
      for (const id of organization.catalog.ids) await organization.permissions.readAll(id);
      const { policies } = atOnce(
        permissionsData(organization, { checkpoints: organization.catalog.ids }, organization.now()),
      );
      await organization.gates.policyLoad.load(policiesToLoad(policies));
      const tables = await tablesOf(organization);
      const { permissions } = tables;
      assert.ok(permissions);
      const all = readable(permissions);
      assert.equal(all.filter((row) => row['Permission ID'] !== '').length, 309);
      assert.ok(
        all.some((row) => row['Permission ID'] === ''),
        'a checkpoint with nothing to list',
      );
      assert.ok(all.some((row) => row['Granted by'] !== ''));
      assert.deepEqual(new Set(all.map((row) => row.Effective)), new Set(['yes', 'no', 'unknown', '']));
      assert.ok(all.some((row) => /^\d{4}-\d\d-\d\d$/.test(row['Last used'] ?? '')));
      assertReadBack(tables, (text) => text);
      organization.dispose();
    });

    it('of an organization with hostile names are the same tables, and no cell is a formula', async () => {
      const { organization, emulator } = place;
      const more = [
        ';=1+1',
        ',=1+1',
        'a;"=1+1',
        'a,"=1+1',
        '"',
        '";"',
        '\t=1',
        '\r\n=1',
        '\ufeff=1',
        "'=1",
        '@x',
      ];
      for (const name of [...Object.values(hostileNames), ...more]) {
        const { id } = emulator.organization.state.addProject(name);
        await organization.api.create(other, { project_ids: [id] });
      }
      await loadAll();
      const tables = await tablesOf(organization);
      assertReadBack(tables, (text) => visibleAndShort(text, 1000));
      for (const table of Object.values(tables)) {
        for (const [format, delimiter] of formats) {
          const text = [...atOnce(formatTable(table, format)).pieces].join('');
          for (const cell of csvReaders['csv-parse'](text, delimiter).flat())
            assert.doesNotMatch(cell, /^[\s\p{Cf}"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
        }
      }
    });
  });
});
