import assert from 'node:assert/strict';
import { shutdownInWords, shutdownSource } from '../../../src/words/shutdown';

const now = Date.parse('2026-11-21T15:00:00Z');

describe('when a model shuts down, in words', () => {
  for (const [endsOn, sentence] of [
    ['2027-01-14', 'shuts down Jan 14, 2027 (54 days)'],
    ['2026-11-22', 'shuts down Nov 22, 2026 (1 day)'],
    ['2026-11-21', 'shuts down today'],
    ['2026-10-23', 'shut down Oct 23, 2026'],
  ] as const) {
    it(`is “${sentence}”`, () => assert.equal(shutdownInWords({ endsOn, source: 'table' }, now), sentence));
  }

  it('says how it is known', () => {
    assert.equal(
      shutdownSource({ endsOn: '2027-01-14', source: 'models' }),
      'shutdown date reported by the API',
    );
    assert.equal(
      shutdownSource({ endsOn: '2027-01-14', source: 'table' }),
      'announced by OpenAI for its base model, as of Nov 21, 2026',
    );
  });
});
