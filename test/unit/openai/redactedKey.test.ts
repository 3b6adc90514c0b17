import assert from 'node:assert/strict';
import { matchesRedacted } from '../../../src/openai/redactedKey';

describe('a redacted key', () => {
  const key = 'test-admin-key-Ab_-9xQ';
  const fits = (redactedValue: string) => matchesRedacted(key, redactedValue);

  it('fits the key that begins and ends as it shows, with any sign for what is left out', () => {
    for (const value of ['test-adm...9xQ', 'test-admin-key-***-9xQ', 'test…9xQ', '...9xQ', ' test•••9xQ '])
      assert.ok(fits(value), value);
  });

  it('fits no other key', () => {
    for (const value of ['test-adm...9xR', 'sk-admin...9xQ', 'test-admin-kez...9xQ'])
      assert.ok(!fits(value), value);
  });

  it('fits no key if it shows too little, nothing, all of it, or more than there is', () => {
    const overlapping = 'test-admin-key-Ab_-9...b_-9xQ';
    for (const value of ['test-adm...xQ', 'test-adm...', '...', '', key, overlapping, `${key}...${key}`])
      assert.ok(!fits(value), value);
  });

  it('is compared in time in proportion to its length', () => {
    const started = performance.now();
    for (const text of ['-'.repeat(200_000), '.'.repeat(200_000), '-.'.repeat(100_000)])
      assert.ok(!fits(text));
    assert.ok(performance.now() - started < 1000);
  });
});
