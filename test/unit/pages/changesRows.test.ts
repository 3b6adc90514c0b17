import assert from 'node:assert/strict';
import { changedMarks, identityOf, listChanges } from '../../../src/pages/access/changes/rows';
import type { TableRow } from '../../../src/pages/access/table/rows';
import { shownMarks } from '../../../src/pages/access/table/rows';
import type { ChangeRow } from '../../../src/protocol/changes';
import { changesTab as words } from '../../../src/words/changesTab';

const change = (
  key: number,
  action: 'grant' | 'revoke',
  checkpoint: string,
  project: string,
  more: Partial<ChangeRow> = {},
): ChangeRow => ({
  key,
  action,
  checkpoint,
  checkpointId: `ft:${checkpoint}`,
  project,
  projectId: `proj_${project}`,
  ...more,
});

const changes = [
  change(0, 'revoke', 'bot', 'Straße', { permission: 'cp_1' }),
  change(1, 'revoke', 'reader', 'Berth', { permission: 'cp_2' }),
  change(2, 'grant', 'bot', 'Berth'),
  change(3, 'grant', 'reader', 'Straße', { isImpossible: true, obstacle: 'It is archived.' }),
];

const list = (search = '', folded: readonly string[] = [], some = changes) =>
  listChanges(some, search, new Set(folded), ({ isImpossible }) => !isImpossible);
const inShort = (rows: readonly TableRow<ChangeRow>[]) =>
  rows.map((row) => (row.kind === 'group' ? `${row.text} (${row.count})` : row.row.key));

describe('the rows of the Changes tab', () => {
  it('are below what they do and their checkpoint, revokes first', () => {
    const { rows, hidden } = list();
    assert.deepEqual(inShort(rows), [
      `${words.toRevoke} (2)`,
      'bot (1)',
      0,
      'reader (1)',
      1,
      `${words.toGrant} (2)`,
      'bot (1)',
      2,
      'reader (1)',
      3,
    ]);
    assert.equal(hidden, 0);
    assert.deepEqual(
      rows.flatMap((row) => (row.kind === 'item' && row.isDisabled ? [row.row.key] : [])),
      [3],
    );
  });

  it('are found by project, checkpoint and permission, and the number of the others is told', () => {
    const found = (search: string) => {
      const { rows, hidden } = list(search);
      return [rows.flatMap((row) => (row.kind === 'item' ? [row.row.key] : [])), hidden];
    };
    assert.deepEqual(found('STRASSE'), [[0, 3], 2]);
    assert.deepEqual(found('berth reader'), [[1], 3]);
    assert.deepEqual(found('cp_1'), [[0], 3]);
    assert.deepEqual(found('ft:bot'), [[0, 2], 2]);
    assert.deepEqual(found('nothing'), [[], 4]);
    assert.deepEqual(found('project:berth'), [[1, 2], 2]);
    assert.deepEqual(found('model:bot project:straße'), [[0], 3]);
    assert.deepEqual(found('model:berth'), [[], 4]);
  });

  it('fold away below either heading, with the heading still there', () => {
    assert.deepEqual(inShort(list('', ['revoke']).rows).slice(0, 2), [
      `${words.toRevoke} (2)`,
      `${words.toGrant} (2)`,
    ]);
    const bot = JSON.stringify(['grant', 'ft:bot']);
    assert.deepEqual(inShort(list('', [bot]).rows).slice(-4), [
      `${words.toGrant} (2)`,
      'bot (1)',
      'reader (1)',
      3,
    ]);
  });

  it('have keys that outlast a sheet, also where a change is there twice', () => {
    const again = changes.map((each) => ({ ...each, key: each.key + 10 }));
    assert.deepEqual(again.map(identityOf), changes.map(identityOf));
    const twice = list('', [], [changes[2], { ...changes[2], key: 9 }] as ChangeRow[]).rows;
    assert.equal(new Set(twice.map(({ key }) => key)).size, twice.length);
  });

  it('tell which marks a person changed, of those in sight and no others', () => {
    const { rows } = list('bot');
    const key = identityOf(changes[2] as ChangeRow);
    assert.deepEqual(changedMarks(rows, new Set([key]), new Set([2])), { selected: [2], cleared: [0] });
    const all = new Set(changes.map(identityOf));
    assert.deepEqual(changedMarks(list().rows, all, new Set()), { selected: [], cleared: [] });
    assert.deepEqual(changedMarks(list().rows, new Set(), new Set([0, 1, 2, 3])), {
      selected: [],
      cleared: [],
    });
  });

  it('keep the mark of a row that can’t be changed', () => {
    const { rows } = list();
    const marked = new Set(changes.map(identityOf));
    assert.deepEqual(shownMarks(new Set([...marked, 'gone']), rows), marked);
  });
});
