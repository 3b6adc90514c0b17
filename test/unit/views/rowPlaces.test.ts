import assert from 'node:assert/strict';
import { RowPlaces } from '../../../src/views/shared/rowPlaces';

interface Row {
  readonly id: string;
  readonly parent?: Row;
}

const root = (...ids: string[]): Row[] => ids.map((id) => ({ id }));

describe('the place of rows that disappear', () => {
  let elsewhere: Set<string>;
  let places: RowPlaces<Row>;
  beforeEach(() => {
    elsewhere = new Set();
    places = new RowPlaces({
      idOf: ({ id }) => id,
      parentOf: ({ parent }) => parent,
      isElsewhere: ({ id }) => elsewhere.has(id),
    });
  });

  const model = { id: 'm' };
  const below = (...ids: string[]): Row[] => ids.map((id) => ({ id, parent: model }));
  const next = () => {
    const taken = places.take();
    return taken && [taken.node.id, taken.hadFocus];
  };

  /** The next place when some of the rows below the model are selected, acted on, and gone. */
  function after(
    { selected = [], acted = [] }: { selected?: string[]; acted?: string[] },
    remaining: string[],
  ) {
    places.load(undefined, [model]);
    const rows = below('a', 'b', 'c', 'd');
    places.load(model, rows);
    places.select(rows.filter(({ id }) => selected.includes(id)));
    places.actOn(rows.filter(({ id }) => acted.includes(id)));
    places.load(model, below(...remaining));
    return next();
  }

  it('Truth 24: is taken by the next sibling, else the previous one, else the parent', () => {
    assert.deepEqual(after({ selected: ['b'] }, ['a', 'c', 'd']), ['c', false]);
    assert.deepEqual(after({ selected: ['d'] }, ['a', 'b', 'c']), ['c', false]);
    assert.deepEqual(after({ selected: ['a'] }, []), ['m', false]);
    assert.deepEqual(after({ selected: ['b'] }, ['x']), ['m', false], 'a new row is no sibling');
  });

  it('Truth 24: of several is below the last of them', () => {
    assert.deepEqual(after({ selected: ['a', 'c'] }, ['b', 'd']), ['d', false]);
    assert.deepEqual(after({ selected: ['b', 'd'] }, ['a', 'c']), ['c', false]);
    assert.deepEqual(after({ selected: ['a', 'b', 'c', 'd'] }, []), ['m', false]);
  });

  it('Truth 24: gets the focus only if a command acted on the rows', () => {
    assert.deepEqual(after({ acted: ['b'] }, ['a', 'c', 'd']), ['c', true]);
    assert.deepEqual(after({ acted: ['b'], selected: ['a'] }, ['a', 'c', 'd']), ['c', true]);
    assert.deepEqual(after({ acted: ['b', 'c'], selected: ['b', 'c'] }, ['a', 'd']), ['d', true]);
    assert.equal(after({ acted: ['a'], selected: ['a'] }, ['a', 'c', 'd']), undefined, 'others went');
  });

  it('is the last selected row that is left; several stay selected', () => {
    assert.deepEqual(after({ selected: ['a', 'b', 'c'] }, ['b', 'd']), ['b', false]);
    assert.equal(after({ selected: ['a', 'b', 'c'] }, ['b', 'c', 'd']), undefined);
  });

  it('moves on when the next row disappears, too, before it was selected', () => {
    places.load(undefined, root('m', 'n'));
    const rows = below('a', 'b');
    places.load(model, rows);
    places.actOn(rows.slice(1));
    assert.equal(places.load(model, below('a')), true);
    assert.equal(places.load(model, []), true);
    assert.equal(places.load(undefined, root('n')), true);
    assert.deepEqual(next(), ['n', true]);
    assert.equal(next(), undefined, 'it is taken once');
  });

  it('is that of the row above when a whole branch goes', () => {
    const [first, , third] = root('a', 'm', 'z');
    places.load(undefined, [first, model, third] as Row[]);
    const rows = below('p', 'q');
    places.load(model, rows);
    places.select(rows.slice(0, 1));
    places.load(undefined, [first, third] as Row[]);
    assert.deepEqual(next(), ['z', false]);
  });

  it('stays with a row that is elsewhere in the tree, as after regrouping', () => {
    elsewhere.add('b');
    assert.equal(after({ selected: ['b'] }, ['a', 'c', 'd']), undefined);
    places.load(undefined, root('x'));
    assert.equal(next(), undefined);
  });

  it('is none in an empty tree, for rows of another organization, and for unknown rows', () => {
    const rows = root('a');
    places.load(undefined, rows);
    places.select(rows);
    assert.equal(places.load(undefined, []), false);
    places.load(undefined, rows);
    places.select(rows);
    places.clear();
    assert.equal(places.load(undefined, root('b')), false);
    places.actOn([{ id: 'b' }, {} as Row]);
    assert.equal(places.load(undefined, []), false);
  });

  it('takes time in proportion to the rows', () => {
    const many = below(...Array.from({ length: 50_000 }, (_, index) => `row ${index}`));
    places.load(model, many);
    places.select(many);
    places.actOn(many);
    const started = performance.now();
    places.load(model, []);
    assert.ok(performance.now() - started < 1000);
    assert.deepEqual(next(), ['m', true]);
  });
});
