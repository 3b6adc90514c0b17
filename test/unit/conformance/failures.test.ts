import assert from 'node:assert/strict';
import type { APIError as TheirError } from 'openai';
import type { APIError as OurError } from '../../../src/openai';
import { converse } from './conversation';
import { failures } from './failures';

/** What programs look at when a call fails. */
function described(error: OurError | TheirError) {
  const { status, code, param, type, requestID, headers } = error;
  const header = (name: string) => headers?.get(name);
  return {
    class: error.constructor.name,
    status,
    code,
    param,
    type,
    requestID,
    retryAfter: header('retry-after'),
    retryAfterMs: header('retry-after-ms'),
  };
}

describe('a failure is the same error in our client and in the official SDK', () => {
  for (const [title, { call, ownWords, ownCode, ...situation }] of Object.entries(failures))
    it(title + (ownWords ? `; in other words: ${ownWords}` : ''), async () => {
      const { sdk, ours } = await converse(call, situation);
      const theirError = sdk.error as TheirError;
      const ourError = ours.error as OurError;
      assert.ok(theirError instanceof Error && ourError instanceof Error);
      const expected = described(theirError);
      assert.deepEqual(described(ourError), ownCode ? { ...expected, code: ownCode } : expected);
      if (ownWords) assert.notEqual(ourError.message, theirError.message, 'the words are the same after all');
      else assert.equal(ourError.message, theirError.message);
      assert.deepEqual(ours.requests, sdk.requests);
    });
});
