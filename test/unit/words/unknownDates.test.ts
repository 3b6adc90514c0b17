import assert from 'node:assert/strict';
import { matrixData } from '../../../src/access/evidence/export/matrixData';
import { permissionsData } from '../../../src/access/evidence/export/permissionsData';
import { momentCell } from '../../../src/access/evidence/export/table';
import { parseCheckpointId } from '../../../src/access/ids/checkpointId';
import { atOnce } from '../../../src/access/slices';
import { ago, dayOf, exactly, isoDay, isoMoment } from '../../../src/text/dates';
import { permissionFacts, permissionRangeRow, permissionRow } from '../../../src/words/checkpoints';
import { day, moment } from '../../../src/words/details';
import { matrixTable } from '../../../src/words/exports/matrixTable';
import { permissionsTable } from '../../../src/words/exports/permissionsTable';
import { reasonInWords } from '../../../src/words/findings';
import { changeFacts } from '../../../src/words/history';
import { dayHeading, momentOfRow, searchedText } from '../../../src/words/historyTab';
import { cellDetails, cellInWords } from '../../../src/words/matrix';
import { projectFactsInWords } from '../../../src/words/projects';
import { grantedAgo } from '../../../src/words/rows';
import { checkpoint, usePlace } from '../access/support';

const now = Date.UTC(2026, 10, 21, 12);
/** What nobody may be told of a date that is unknown. */
const invented = /1970|1969|years ago|Invalid|NaN/;

describe('a date that the server sends as 0', () => {
  const standing = {
    state: 'loaded',
    count: 1,
    isComplete: true,
    doubts: [],
    loadedAt: now,
    isLoading: false,
  } as const;

  it('Truth 26: is an unknown one, in every format', () => {
    assert.deepEqual(
      [ago(0, now), exactly(0), dayOf(0), isoDay(0), isoMoment(0), moment(0, now), day(0, now)],
      [
        'an unknown time',
        'an unknown time',
        'an unknown day',
        undefined,
        'an unknown time',
        'an unknown time',
        'an unknown day',
      ],
    );
    assert.deepEqual(momentCell(0), { text: '', data: null });
    for (const each of [ago, exactly, dayOf, isoMoment]) assert.doesNotMatch(each(-1, now), invented);
  });

  it('Truth 26: is said to be unknown in rows, tooltips, cells, and findings', () => {
    assert.equal(grantedAgo(0, now), 'grant date unknown');
    const permission = { id: 'cp_1', grantedAt: 0, checkpoint };
    const facts = permissionFacts(permission, standing, false, now);
    assert.ok(facts.includes('Grant date unknown'));
    const cell = { kind: 'access', permissions: [{ id: 'cp_1', createdAt: 0 }] } as const;
    const project = { label: 'Desk', id: 'proj_a', note: '', icon: 'project' } as never;
    const names = { permission: 'cp_1', checkpoint: 'bot' };
    const change = { id: 'log/1', at: 0, action: 'granted', logged: { event: '1' } } as const;
    const unused = {
      kind: 'unused',
      days: 90,
      grantedAt: 0,
      until: now,
      checkpoint,
      project: 'proj_a',
    } as never;
    const archived = { id: 'proj_a', isArchived: true, isMissing: false, archivedAt: 0 } as never;
    const shown = [
      ...facts,
      ...Object.values(permissionRow(project, names, 0, now)),
      ...Object.values(permissionRangeRow({ from: 0, count: 2, all: 2, newest: 0, oldest: 0 }, now)),
      cellInWords({ checkpoint: 'bot', project: 'Desk', isArchived: false, cell, standing } as never),
      ...cellDetails(cell, { standing }, now),
      dayHeading(0),
      momentOfRow({ ...change, who: 'ines', source: 'log', notes: [] }),
      searchedText({ ...change, who: 'ines', source: 'log', notes: [] }),
      ...changeFacts(change, undefined, false, true, now),
      reasonInWords(unused, String, now),
      ...projectFactsInWords(archived, { state: 'notLoaded', doubts: [], isLoading: false } as never, now),
    ];
    for (const text of shown) assert.doesNotMatch(String(text), invented);
  });

  describe('for a permission', () => {
    const place = usePlace(2);

    it('Truth 26: is empty in exports', async () => {
      assert.ok(parseCheckpointId(checkpoint));
      for (const permission of place.emulator.organization.state.checkpoints
        .get(checkpoint)
        ?.permissions.all() ?? [])
        Object.assign(permission, { created_at: 0 });
      await place.organization.permissions.read(checkpoint);
      const at = place.organization.permissions.now();
      const exported = JSON.stringify([
        ...permissionsTable(atOnce(permissionsData(place.organization, { checkpoints: [checkpoint] }, at)))
          .rows,
        ...matrixTable(atOnce(matrixData(place.organization, at))).rows,
      ]);
      assert.match(exported, /"granted":null/);
      assert.doesNotMatch(exported, invented);
    });
  });
});
