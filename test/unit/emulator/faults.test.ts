import assert from 'node:assert/strict';
import { type Emulator, type Fault, faults, ManualClock, startEmulator } from '../../emulator';
import { emulatorForEachTest, model, permissionsPath } from './setUp';
import { type Exchange, exchange } from './wire';

const current = emulatorForEachTest();

/** A checkpoint with three permissions, a revoke of one of them, and whether it took place. */
function aRevoke(emulator: Emulator) {
  const checkpoint = emulator.organization.addCheckpoint(model, { permissions: 3 });
  const path = `${permissionsPath}/${checkpoint.permissions.all()[0]?.id}`;
  return {
    path,
    revoke: () => exchange(emulator, { method: 'DELETE', path }),
    tookPlace: () => checkpoint.permissions.size === 2,
  };
}

async function listWith(fault: Fault): Promise<Exchange> {
  const emulator = current();
  emulator.organization.addCheckpoint(model, { permissions: 3 });
  emulator.fail('permissions.list', fault);
  return exchange(emulator);
}

describe('a fault of status', () => {
  for (const status of [400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504]) {
    it(`${status} answers with it, in the API’s form, and nothing is done`, async () => {
      const { revoke, tookPlace } = aRevoke(current());
      current().fail(undefined, faults.status(status));
      const answer = await revoke();
      assert.equal(answer.status, status);
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.match(JSON.parse(answer.body).error.message, /\w/);
      assert.equal(tookPlace(), false);
      const { fault, processed, outcome, status: recorded } = current().requests[0] ?? {};
      assert.deepEqual(
        { fault, processed, outcome, recorded },
        { fault: `status ${status}`, processed: false, outcome: 'answered', recorded: status },
      );
    });
  }

  it('after processing answers with it although it was done', async () => {
    const { revoke, tookPlace } = aRevoke(current());
    current().fail(undefined, faults.status(504, { processed: true }));
    assert.equal((await revoke()).status, 504);
    assert.equal(tookPlace(), true);
  });

  it('takes any body and headers', async () => {
    const body = { error: 'text' };
    const headers = { 'x-should-retry': 'false', 'x-request-id': 'req_7' };
    const answer = await listWith(faults.status(500, { body, headers }));
    assert.deepEqual(JSON.parse(answer.body), body);
    assert.equal(answer.headers['x-should-retry'], 'false');
    assert.equal(answer.headers['x-request-id'], 'req_7');
    assert.equal((await listWith(faults.status(200, { body: 'text' }))).body, 'text');
  });

  for (const status of [200, 502]) {
    it(`${status} can be a page of HTML`, async () => {
      const answer = await listWith(faults.html(status));
      assert.equal(answer.status, status);
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
      assert.match(answer.body, /^<!doctype html>/);
    });
  }

  for (const status of [301, 302, 307, 308]) {
    it(`${status} names another host, which hears nothing of it by itself`, async () => {
      const other = await startEmulator();
      try {
        const location = `${other.baseURL}/models`;
        const answer = await listWith(faults.redirect(location, status));
        assert.equal(answer.status, status);
        assert.equal(answer.headers.location, location);
        assert.deepEqual(other.requests, []);
      } finally {
        await other.stop();
      }
    });
  }
});

describe('a 429', () => {
  const date = new Date(Date.UTC(2026, 10, 21, 12, 1)).toUTCString();
  const kinds = [
    [{}, {}],
    [{ retryAfter: 7 }, { 'retry-after': '7' }],
    [{ retryAfter: date }, { 'retry-after': date }],
    [{ retryAfterMs: 250 }, { 'retry-after-ms': '250' }],
    [{ shouldRetry: false }, { 'x-should-retry': 'false' }],
    [
      { shouldRetry: true, retryAfter: 120 },
      { 'retry-after': '120', 'x-should-retry': 'true' },
    ],
  ] as const;
  for (const [given, expected] of kinds) {
    const fault = faults.tooManyRequests(given);
    it(`is called “${fault.name}” and has that and no more`, async () => {
      const answer = await listWith(fault);
      assert.equal(answer.status, 429);
      const hints = Object.entries(answer.headers).filter(([name]) => /retry|ratelimit/.test(name));
      assert.deepEqual(Object.fromEntries(hints), expected);
      for (const [name, value] of Object.entries(expected))
        assert.ok(fault.name.includes(`${name}: ${value}`));
    });
  }
});

describe('a connection that breaks', () => {
  const cases = [
    [faults.resetBeforeAnswer, { done: false, answered: false }],
    [faults.closedBeforeAnswer, { done: false, answered: false }],
    [faults.resetAfterProcessing, { done: true, answered: false }],
    [faults.resetInBody, { done: true, answered: true }],
    [faults.closedInBody, { done: true, answered: true }],
  ] as const;
  for (const [fault, { done, answered }] of cases) {
    it(`${fault.name}: ${done ? 'done' : 'not done'}, ${answered ? 'answered in part' : 'not answered'}`, async () => {
      const { revoke, tookPlace } = aRevoke(current());
      current().fail(undefined, fault);
      const answer = await revoke();
      assert.equal(answer.error, 'ECONNRESET');
      assert.equal(answer.complete, false);
      assert.equal(answer.status, answered ? 200 : undefined);
      if (answered) assert.equal(answer.body.length, Math.ceil(Number(answer.headers['content-length']) / 2));
      assert.equal(tookPlace(), done);
      const [record] = await current().ended(1);
      assert.deepEqual(
        [record?.outcome, record?.processed, record?.status],
        ['cut', done, answered ? 200 : undefined],
      );
    });
  }
});

describe('an answer that hangs', () => {
  const cases = [
    [faults.hangInHeaders, { done: false, pieces: 0 }],
    [faults.hangAfterProcessing, { done: true, pieces: 0 }],
    [faults.hangInBody, { done: true, pieces: 1 }],
  ] as const;
  for (const [fault, { done, pieces }] of cases) {
    it(`${fault.name}: ${done ? 'done' : 'not done'}, and open until the client goes`, async () => {
      const emulator = current();
      const { path, tookPlace } = aRevoke(emulator);
      emulator.fail('permissions.delete', fault);
      const cancel = new AbortController();
      let over = false;
      let tellFirstPiece = () => {};
      const firstPiece = new Promise<void>((resolve) => {
        tellFirstPiece = resolve;
      });
      const sent = exchange(emulator, {
        method: 'DELETE',
        path,
        signal: cancel.signal,
        onData: () => tellFirstPiece(),
      }).then((answer) => {
        over = true;
        return answer;
      });
      if (pieces > 0) await firstPiece;
      // Whole round trips later there is still no more of it.
      await emulator.requested(1);
      for (let others = 0; others < 3; others += 1) await exchange(emulator);
      assert.equal(over, false);
      assert.equal(emulator.inFlight, 1);
      assert.equal(tookPlace(), done);
      cancel.abort();
      const answer = await sent;
      assert.equal(answer.complete, false);
      if (pieces > 0)
        assert.equal(answer.body.length, Math.ceil(Number(answer.headers['content-length']) / 2));
      else assert.equal(answer.status, undefined);
      const [record] = await emulator.ended(1, 'permissions.delete');
      assert.equal(record?.outcome, 'abandoned');
    });
  }
});

describe('a body that', () => {
  it('drips comes a few bytes at a time, whole in the end', async () => {
    const clock = new ManualClock();
    const emulator = await startEmulator({ clock });
    try {
      emulator.organization.addCheckpoint(model);
      emulator.fail(undefined, faults.drip({ bytes: 16, every: 1000 }));
      const began = clock.now();
      let arrived = 0;
      let moveOn = () => {};
      const sent = exchange(emulator, {
        onData: (piece) => {
          assert.ok(piece.length <= 16);
          arrived += piece.length;
          moveOn();
        },
      });
      const length = JSON.stringify({
        object: 'list',
        data: [],
        first_id: null,
        last_id: null,
        has_more: false,
      }).length;
      while (arrived < length) {
        await clock.slept();
        const piece = new Promise<void>((resolve) => {
          moveOn = resolve;
        });
        clock.advance(1000);
        await piece;
      }
      const answer = await sent;
      assert.equal(answer.complete, true);
      assert.equal(JSON.parse(answer.body).object, 'list');
      assert.equal(clock.now() - began, Math.ceil(length / 16) * 1000);
    } finally {
      await emulator.stop();
    }
  });

  it('is truncated JSON is complete as HTTP', async () => {
    const answer = await listWith(faults.truncatedJSON);
    assert.equal(answer.complete, true);
    assert.equal(answer.body.length, Number(answer.headers['content-length']));
    assert.match(answer.body, /^\{"object":"list"/);
    assert.throws(() => JSON.parse(answer.body), SyntaxError);
  });

  it('is malformed JSON is complete as HTTP', async () => {
    const answer = await listWith(faults.malformedJSON);
    assert.deepEqual([answer.status, answer.complete], [200, true]);
    assert.throws(() => JSON.parse(answer.body), SyntaxError);
  });

  it('has the wrong content type is right otherwise', async () => {
    const answer = await listWith(faults.wrongContentType());
    assert.equal(answer.headers['content-type'], 'text/plain');
    assert.equal(JSON.parse(answer.body).data.length, 3);
  });

  for (const announced of [true, false]) {
    it(`is oversized (${announced ? 'announced' : 'not announced'}) is valid JSON of that size`, async () => {
      const bytes = 2 * 1024 * 1024;
      const answer = await listWith(faults.oversized({ bytes, announced }));
      assert.equal(answer.complete, true);
      assert.equal(answer.body.length, bytes);
      assert.equal(answer.headers['content-length'], announced ? String(bytes) : undefined);
      assert.equal(JSON.parse(answer.body).data.length, 3);
    });
  }

  it('is oversized ends when the client has had enough', async () => {
    const emulator = current();
    emulator.organization.addCheckpoint(model);
    emulator.fail(undefined, faults.oversized({ bytes: 1024 ** 3 }));
    const cancel = new AbortController();
    const answer = await exchange(emulator, { signal: cancel.signal, onData: () => cancel.abort() });
    assert.equal(answer.complete, false);
    const [record] = await emulator.ended(1);
    assert.equal(record?.outcome, 'abandoned');
  });
});

describe('planning faults', () => {
  it('hits what matches, so many times, and then no more', async () => {
    const emulator = current();
    emulator.organization.addCheckpoint(model);
    emulator.fail('permissions.list', faults.status(500), 2);
    const projects = { path: '/v1/organization/projects' };
    const seen = [await exchange(emulator), await exchange(emulator, projects), await exchange(emulator)];
    seen.push(await exchange(emulator));
    assert.deepEqual(
      seen.map(({ status }) => status),
      [500, 200, 500, 200],
    );
  });

  it('lets the one planned last go first', async () => {
    const emulator = current();
    emulator.organization.addCheckpoint(model);
    emulator.fail(undefined, faults.status(503));
    emulator.fail(undefined, faults.status(500), 1);
    const seen = [await exchange(emulator), await exchange(emulator)];
    assert.deepEqual(
      seen.map(({ status }) => status),
      [500, 503],
    );
  });
});
