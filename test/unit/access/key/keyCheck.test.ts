import assert from 'node:assert/strict';
import {
  checkedKey,
  checkOfRefusal,
  dueExpiry,
  type ExpiryCheck,
  parseExpiryCheck,
} from '../../../../src/access/key/keyCheck';
import { usesOfScope } from '../../../../src/access/key/scopes';
import { keyExpiresSoonDays } from '../../../../src/access/thresholds';
import { type AdminAPIKey, APIError } from '../../../../src/openai';

const now = Date.parse('2026-11-28T12:00:00Z');
const day = 24 * 60 * 60_000;

describe('a check of the admin API key', () => {
  const client = { isOwnKey: (redacted: string) => redacted === 'ours' };
  const listed = (redacted_value: string, expires_at: number | null = null): AdminAPIKey => ({
    id: `key_${redacted_value}`,
    object: 'organization.admin_api_key',
    redacted_value,
    created_at: 1,
    expires_at,
    owner: { role: 'owner' },
  });
  const check = (data: readonly AdminAPIKey[], has_more = false) =>
    checkedKey({ data, has_more }, client, now);
  const expires = (...args: Parameters<typeof check>) => check(...args).check.expires;

  it('finds the date of the one key that fits, and the role of its owner', () => {
    assert.deepEqual(check([listed('another', 5), listed('ours', 1_800_000_000)]), {
      check: { at: now, expires: 1_800_000_000_000 },
      role: 'owner',
    });
    assert.deepEqual(check([listed('ours')]), { check: { at: now, expires: 'notReported' }, role: 'owner' });
  });

  it('finds no date where no key fits, or several do', () => {
    assert.equal(expires([]), 'noMatch');
    assert.equal(expires([listed('another', 5)]), 'noMatch');
    assert.equal(expires([listed('ours', 5), listed('ours', 6)]), 'severalMatch');
    assert.equal(expires([listed('ours', 5), listed('ours', 5)], true), 'severalMatch');
  });

  it('finds no date where a further key could fit, too', () => {
    assert.equal(expires([listed('ours', 5)], true), 'furtherKeys');
    assert.equal(expires([listed('another', 5)], true), 'furtherKeys');
  });

  it('takes nothing of other keys, nor of a key that is not known for certain', () => {
    for (const keys of [[listed('another', 5)], [listed('ours', 5), listed('ours', 6)]])
      assert.deepEqual(Object.keys(check(keys)), ['check']);
  });

  it('that is refused says why, with the missing scopes; another failure says nothing', () => {
    const refusal = (status: number, message: string) =>
      checkOfRefusal(new APIError(status, { message }, undefined, undefined), now);
    assert.deepEqual(refusal(401, 'Missing scopes: api.management.read'), {
      check: { at: now, expires: 'notAllowed' },
      missingScopes: ['api.management.read'],
    });
    assert.deepEqual(refusal(403, 'No.'), { check: { at: now, expires: 'notAllowed' }, missingScopes: [] });
    assert.equal(refusal(404, 'Not found')?.check.expires, 'noSuchList');
    for (const status of [400, 401, 429, 500]) assert.equal(refusal(status, 'No.'), undefined);
    assert.equal(checkOfRefusal(new Error('No.'), now), undefined);
  });

  it('is read as it was stored, and dropped if it is damaged', () => {
    const good: ExpiryCheck[] = [
      { at: now, expires: now + day },
      ...(['notReported', 'noMatch', 'severalMatch', 'furtherKeys', 'notAllowed', 'noSuchList'] as const).map(
        (expires) => ({ at: now, expires }),
      ),
    ];
    for (const each of good) assert.deepEqual(parseExpiryCheck(JSON.parse(JSON.stringify(each))), each);
    assert.deepEqual(parseExpiryCheck({ at: now, expires: 'noMatch', key: 'more' }), {
      at: now,
      expires: 'noMatch',
    });
    const damaged = [undefined, null, 'x', 7, {}, { at: now }, { expires: now }, { at: 'x', expires: now }];
    for (const each of [...damaged, { at: now, expires: 'never' }, { at: now, expires: Number.NaN }])
      assert.equal(parseExpiryCheck(each), undefined, JSON.stringify(each));
  });

  it('is due from fourteen days before, to the millisecond', () => {
    const due = (expires: ExpiryCheck['expires']) => dueExpiry({ at: now, expires }, now);
    const first = now + keyExpiresSoonDays * day;
    assert.deepEqual(due(first), { at: first, daysLeft: 14, isOver: false });
    assert.equal(due(first + 1), undefined);
    assert.deepEqual(due(now + 9 * day), { at: now + 9 * day, daysLeft: 9, isOver: false });
    assert.deepEqual(due(now + 1), { at: now + 1, daysLeft: 0, isOver: false });
    assert.deepEqual(due(now), { at: now, daysLeft: 0, isOver: true });
    assert.deepEqual(due(now - day), { at: now - day, daysLeft: -1, isOver: true });
  });

  it('counts days as the calendar does, not in full days', () => {
    const lateAtNight = Date.parse('2026-11-28T23:59:00Z');
    const early = Date.parse('2026-11-29T00:01:00Z');
    assert.equal(dueExpiry({ at: 1, expires: early }, lateAtNight)?.daysLeft, 1);
  });

  it('is not due without a date', () => {
    assert.equal(dueExpiry(undefined, now), undefined);
    for (const expires of ['notReported', 'noMatch', 'severalMatch', 'notAllowed'] as const)
      assert.equal(dueExpiry({ at: now, expires }, now), undefined);
  });
});

describe('the use of a scope', () => {
  it('is known for the scopes of this extension, and unknown for others', () => {
    assert.deepEqual(usesOfScope('api.fine_tuning.checkpoints.read'), ['readPermissions']);
    assert.deepEqual(usesOfScope('api.fine_tuning.checkpoints.write'), ['changePermissions']);
    assert.deepEqual(usesOfScope('api.audit_logs.read'), ['history']);
    assert.deepEqual(usesOfScope('api.usage.read'), ['usage']);
    assert.deepEqual(usesOfScope('api.management.read'), [
      'projects',
      'modelPolicies',
      'projectKeys',
      'adminKeys',
    ]);
    for (const scope of ['api.model.read', 'constructor', '']) assert.deepEqual(usesOfScope(scope), []);
  });
});
