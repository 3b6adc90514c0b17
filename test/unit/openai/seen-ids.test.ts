import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SeenIds } from '../../../src/openai/seen-ids';

describe('Ids that were seen', () => {
  it('are known with the places in which they were added, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 2000, size: 'max' }), (ids) => {
        const seen = new SeenIds();
        const places = new Map<string, number>();
        for (const id of ids) {
          assert.equal(seen.placeOf(id), places.get(id));
          assert.equal(seen.add(id), !places.has(id));
          if (!places.has(id)) places.set(id, places.size);
        }
        assert.equal(seen.size, places.size);
        for (const [id, place] of places) assert.deepEqual([seen.placeOf(id), seen.has(id)], [place, true]);
        assert.deepEqual([seen.placeOf('none of them'), seen.has('none of them')], [undefined, false]);
      }),
      { numRuns: 50, seed: 20261121 },
    );
  });
});
