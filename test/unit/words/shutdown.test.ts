import assert from 'node:assert/strict';
import { shutdownInShort, shutdownInWords, shutdownLine, shutdownSource } from '../../../src/words/shutdown';

const now = Date.parse('2026-11-21T15:00:00Z');

describe('when a model shuts down, in words', () => {
  for (const [shutsDownOn, sentence] of [
    ['2027-01-14', 'shuts down Jan 14, 2027 (54 days)'],
    ['2026-11-22', 'shuts down Nov 22, 2026 (1 day)'],
    ['2026-11-21', 'shuts down today'],
    ['2026-10-23', 'shut down Oct 23, 2026'],
  ] as const) {
    it(`is “${sentence}”`, () =>
      assert.equal(shutdownInWords({ shutsDownOn, source: 'table' }, now), sentence));
  }

  it('is a day alone where there is little room', () => {
    const shutdown = { shutsDownOn: '2026-11-21', source: 'models' } as const;
    assert.equal(shutdownInShort(shutdown, now), 'shuts down Nov 21, 2026');
    assert.equal(shutdownInShort(shutdown, now + 24 * 3_600_000), 'shut down Nov 21, 2026');
  });

  it('can stand on a line of its own', () => {
    const line = (shutsDownOn: string) => shutdownLine({ shutsDownOn, source: 'models' }, now);
    assert.equal(shutdownLine(undefined, now), 'No shutdown date is known for this base model');
    assert.equal(line('2026-11-20'), 'Shut down Nov 20, 2026');
    assert.equal(line('2026-11-21'), 'Shuts down today');
    assert.equal(line('2026-11-22'), 'Shuts down Nov 22, 2026 (1 day)');
    assert.equal(line('2027-01-14'), 'Shuts down Jan 14, 2027 (54 days)');
  });

  it('says how it is known', () => {
    assert.equal(
      shutdownSource({ shutsDownOn: '2027-01-14', source: 'models' }),
      'shutdown date reported by the API',
    );
    assert.equal(
      shutdownSource({ shutsDownOn: '2027-01-14', source: 'table' }),
      'announced by OpenAI for its base model, as of Nov 21, 2026',
    );
  });
});
