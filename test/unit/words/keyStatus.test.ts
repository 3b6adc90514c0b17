import assert from 'node:assert/strict';
import { expiryInWords, expiryNotice, scopeUsesInWords } from '../../../src/words/keyStatus';

describe('the words of the status of a key', () => {
  const at = Date.parse('2026-12-07T17:05:00Z');

  it('say when the key expires, and in how many days', () => {
    const notice = (daysLeft: number, isOver = false) => expiryNotice('Acme', { at, daysLeft, isOver });
    assert.equal(notice(9), 'The admin API key for Acme expires on Dec 7, 2026 UTC (in 9 days).');
    assert.equal(notice(1), 'The admin API key for Acme expires on Dec 7, 2026 UTC (in 1 day).');
    assert.match(notice(0), /^The admin API key for Acme expires today \(Dec 7, 5:05\sPM UTC\)\.$/);
    for (const days of [0, -1, -9])
      assert.equal(
        notice(days, true),
        'The admin API key for Acme expired on Dec 7, 2026 UTC. Set a new one to continue.',
      );
  });

  it('show a hostile name as text', () => {
    const notice = expiryNotice('[x](command:evil)\n\u202eAcme', { at, daysLeft: 9, isOver: false });
    assert.ok(!notice.includes(']('));
    assert.doesNotMatch(notice, /[\n\u202e]/);
  });

  it('never call an unknown date none', () => {
    const day = 24 * 60 * 60_000;
    assert.equal(expiryInWords(at, at - 15 * day), 'The key expires on Dec 7, 2026 UTC.');
    assert.equal(expiryInWords(at, at - 14 * day), 'The key expires on Dec 7, 2026 UTC (in 14 days).');
    assert.equal(expiryInWords(at, at - day), 'The key expires on Dec 7, 2026 UTC (in 1 day).');
    assert.match(expiryInWords(at, at - 1), /^The key expires today \(/);
    assert.equal(expiryInWords(at, at), 'The key expired on Dec 7, 2026 UTC.');
    assert.equal(expiryInWords('notReported', at), 'The API reports no expiry date for the key.');
    for (const unknown of [
      undefined,
      'noMatch',
      'severalMatch',
      'furtherKeys',
      'notAllowed',
      'noSuchList',
    ] as const)
      assert.equal(expiryInWords(unknown, at), 'It is unknown when the key expires.');
  });

  it('say what a scope is needed for', () => {
    assert.equal(scopeUsesInWords([]), 'unknown');
    assert.equal(scopeUsesInWords(['readPermissions']), 'who has access');
    assert.equal(
      scopeUsesInWords(['projects', 'modelPolicies', 'projectKeys', 'adminKeys']),
      'names and states of projects, model policies of projects, API keys of projects, and the check when this key expires',
    );
  });
});
