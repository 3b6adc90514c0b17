import assert from 'node:assert/strict';
import { calls } from './calls';
import { converse } from './conversation';
import { neighbourCalls } from './neighbourCalls';
import { assertSameRequests, assertSameResults } from './results';

describe('a call of our client and the same call of the official SDK', () => {
  for (const [title, call] of Object.entries({ ...calls, ...neighbourCalls }))
    it(`are the same requests with the same result: ${title}`, async () => {
      const both = await converse(call);
      assert.ok(both.sdk.requests.length > 0, 'nothing was sent');
      assertSameRequests(both);
      assertSameResults(both);
    });
});
