import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ArrangedRow, arrange } from '../../../../src/access/catalog/arrange';
import { type Arrangement, sorts } from '../../../../src/access/catalog/arrangement';
import { type CheckpointFacts, checkpointFactsIn } from '../../../../src/access/catalog/checkpointFacts';
import { modelOf, parseCheckpointId } from '../../../../src/access/ids/checkpointId';
import { organizationAt } from '../support';

const now = Date.parse('2026-11-21T12:00:00Z');

/** The facts of the listed checkpoints, with those that a test sets. */
function facts(ids: readonly string[], known: Partial<CheckpointFacts> = {}): CheckpointFacts[] {
  const organization = organizationAt(
    { adminAPIKey: 'test-admin-key', baseURL: 'http://127.0.0.1:1/v1' },
    ids,
  );
  return checkpointFactsIn(organization.catalog, organization.permissions, now).map((each) => ({
    ...each,
    ...known,
  }));
}

function one(id: string, known: Partial<CheckpointFacts> = {}): CheckpointFacts {
  const [found] = facts([id], known);
  assert.ok(found);
  return found;
}

function idsIn(rows: readonly ArrangedRow[]): string[] {
  return rows
    .flatMap((row) => (row.kind === 'model' ? row.checkpoints : [row.facts]))
    .map(({ checkpoint }) => checkpoint.id);
}

const flat = (sort: Arrangement['sort']): Arrangement => ({ grouping: 'flat', sort });

const id = (name: string, step?: number, base = 'my-model') =>
  `ft:${base}:org:${name}:abcdefgh${step === undefined ? '' : `:ckpt-step-${step}`}`;

describe('the arrangement of the list', () => {
  it('sorts by name with numbers by their value', () => {
    const ids = [id('bot', 120), id('bot', 16), id('Bot'), id('alpha')];
    assert.deepEqual(idsIn(arrange(facts(ids), flat('name'))), [
      id('alpha'),
      id('Bot'),
      id('bot', 16),
      id('bot', 120),
    ]);
  });

  it('sorts by date and by number of permissions, most first and unknown last', () => {
    const listed = [
      one(id('unknown')),
      one(id('old'), { date: 100, permissions: 7 }),
      one(id('new'), { date: 200, permissions: 0 }),
    ];
    assert.deepEqual(idsIn(arrange(listed, flat('date'))), [id('new'), id('old'), id('unknown')]);
    assert.deepEqual(idsIn(arrange(listed, flat('permissions'))), [id('old'), id('new'), id('unknown')]);
    assert.deepEqual(idsIn(arrange(listed, flat('added'))), [id('unknown'), id('old'), id('new')]);
  });

  it('sorts by the shutdown date, earliest first and unknown last, also models by that of their checkpoints', () => {
    const at = (shutsDownOn: string) => ({ shutdown: { shutsDownOn, source: 'models' } as const });
    const listed = [
      one(id('never')),
      one(id('late', 8), at('2027-05-01')),
      one(id('soon'), at('2027-01-14')),
    ];
    const expected = [id('soon'), id('late', 8), id('never')];
    assert.deepEqual(idsIn(arrange(listed, flat('shutdown'))), expected);
    assert.deepEqual(idsIn(arrange(listed, { grouping: 'model', sort: 'shutdown' })), expected);
  });

  it('lets what has ended sink in any order', () => {
    const listed = facts([id('a', undefined, 'gpt-3.5-turbo-0125'), id('z')]);
    assert.deepEqual(
      listed.map(({ isShutDown }) => isShutDown),
      [true, false],
    );
    for (const sort of sorts)
      assert.deepEqual(idsIn(arrange(listed, flat(sort))), [
        id('z'),
        id('a', undefined, 'gpt-3.5-turbo-0125'),
      ]);
  });

  it('groups a final model with its steps, also where only steps are in the list', () => {
    const rows = arrange(facts([id('bot'), id('other', 8), id('bot', 4), id('alone')]), {
      grouping: 'model',
      sort: 'added',
    });
    assert.deepEqual(
      rows.map((row) => (row.kind === 'model' ? [row.id, row.checkpoints.length] : row.facts.checkpoint.id)),
      [[id('bot'), 2], [id('other'), 1], id('alone')],
    );
  });

  it('keeps a model together when a filter hides some of it, and says how many are listed', () => {
    const rows = arrange(
      facts([id('bot'), id('bot', 4)]),
      { grouping: 'model', sort: 'name' },
      ({ checkpoint }) => checkpoint.step === 4,
    );
    assert.equal(rows.length, 1);
    const [row] = rows;
    assert.ok(row?.kind === 'model');
    assert.deepEqual([row.checkpoints.length, row.listed], [1, 2]);
  });

  const part = fc.stringMatching(/^[a-zA-Z0-9-]{0,4}$/);
  const anyId = fc
    .tuple(
      fc.constantFrom('gpt-4.1-2025-04-14', 'gpt-3.5-turbo', 'x'),
      part,
      fc.constantFrom('aaaaaaaa', 'bbbbbbbb'),
      fc.option(fc.nat(3)),
    )
    .map(
      ([base, name, unique, step]) =>
        `ft:${base}:org:${name}:${unique}${step === null ? '' : `:ckpt-step-${step}`}`,
    );
  const anyFacts = fc.uniqueArray(anyId, { maxLength: 40 }).chain((ids) =>
    fc
      .array(fc.record({ date: fc.nat(9), permissions: fc.nat(3) }, { requiredKeys: [] }), {
        minLength: ids.length,
        maxLength: ids.length,
      })
      .map((known) => facts(ids).map((each, index) => ({ ...each, ...known[index] }))),
  );
  const anyArrangement = fc.record({
    grouping: fc.constantFrom('flat' as const, 'model' as const),
    sort: fc.constantFrom(...sorts),
  });

  it('loses and doubles nothing, and hides exactly what does not match', () => {
    fc.assert(
      fc.property(anyFacts, anyArrangement, fc.func(fc.boolean()), (listed, arrangement, isShown) => {
        const shown = (each: CheckpointFacts) => isShown(each.checkpoint.id);
        const ids = idsIn(arrange(listed, arrangement, shown));
        assert.deepEqual(
          [...ids].sort(),
          listed
            .filter(shown)
            .map(({ checkpoint }) => checkpoint.id)
            .sort(),
        );
        assert.deepEqual(
          idsIn(arrange(listed, arrangement)).sort(),
          listed.map(({ checkpoint }) => checkpoint.id).sort(),
        );
      }),
    );
  });

  it('puts every checkpoint under its own model and each model once', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...sorts), (listed, sort) => {
        const models = arrange(listed, { grouping: 'model', sort }).flatMap((row) =>
          row.kind === 'model' ? [row] : [],
        );
        assert.equal(new Set(models.map((model) => model.id)).size, models.length);
        for (const model of models) {
          assert.equal(parseCheckpointId(model.id)?.step, undefined);
          for (const { checkpoint } of model.checkpoints) assert.equal(modelOf(checkpoint), model.id);
        }
      }),
    );
  });

  it('has every order go down, with what ended below and what is unknown last', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('date' as const, 'permissions' as const), (listed, sort) => {
        const rows = arrange(listed, flat(sort)).flatMap((row) =>
          row.kind === 'checkpoint' ? [row.facts] : [],
        );
        for (const [index, row] of rows.slice(1).entries()) {
          const before = rows[index];
          assert.ok(before);
          assert.ok(Number(before.isShutDown) <= Number(row.isShutDown));
          if (before.isShutDown === row.isShutDown) assert.ok((before[sort] ?? -1) >= (row[sort] ?? -1));
        }
      }),
    );
  });
});
