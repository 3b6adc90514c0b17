import assert from 'node:assert/strict';
import {
  APIConnectionError,
  APIUserAbortError,
  InternalServerError,
  RateLimitError,
  type RequestReport,
} from '../../../src/openai';
import { clientOf, LeapingClock, rejection, testCheckpoint } from './support/client';
import { apiError, deleted, hangUp, list, silence } from './support/replies';
import { deadOrigin, endAll, serve } from './support/server';

const deleteParams = { fine_tuned_model_checkpoint: testCheckpoint };
const grantBody = { project_ids: ['proj_a'] };

describe('Retries', () => {
  afterEach(endAll);

  it('outlast two failures of a read', async () => {
    const server = await serve(apiError(500, 'Oops'), hangUp, list(['cp_1']));
    const { client, reports, waits, clock } = clientOf(server.baseURL);
    assert.equal((await client.fineTuning.checkpoints.permissions.list(testCheckpoint)).data.length, 1);
    assert.deepEqual(
      reports.map(({ attempt, status, error }) => [attempt, status ?? error]),
      [
        [0, 500],
        [1, 'UND_ERR_SOCKET'],
        [2, 200],
      ],
    );
    assert.deepEqual(clock.slept, [500, 1000]);
    assert.deepEqual(
      waits.map(({ reason, ms }) => [reason, ms]),
      [
        ['retry', 500],
        ['retry', 1000],
      ],
    );
  });

  it('outlast failures of a DELETE, and a 404 then says that it may have been the first try', async () => {
    const server = await serve(hangUp, apiError(404, 'No such permission.'));
    const { client } = clientOf(server.baseURL);
    await assert.rejects(client.fineTuning.checkpoints.permissions.delete('cp_1', deleteParams), {
      name: 'NotFoundError',
      uncertain: true,
    });
    assert.equal(server.seen.length, 2);
  });

  it('end with the last error', async () => {
    const server = await serve(apiError(500, 'One'), apiError(500, 'Two'), apiError(502, 'Three'));
    const { client } = clientOf(server.baseURL);
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      InternalServerError,
    );
    assert.equal(error.message, '502 Three');
    assert.equal(error.uncertain, false);
    assert.equal(server.seen.length, 3);
  });

  it('can be turned off', async () => {
    const server = await serve(apiError(429, 'Slow down.', { 'retry-after': '3' }));
    const { client, waits } = clientOf(server.baseURL, { maxRetries: 0 });
    const promise = client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.equal((await rejection(promise, RateLimitError)).retryAfter, 3000);
    assert.equal(server.seen.length, 1);
    assert.deepEqual(waits, []);
  });

  it('wait as long as the server asks, also beyond a minute', async () => {
    const server = await serve(apiError(503, 'Maintenance', { 'retry-after': '240' }), list([]));
    const { client, clock, waits } = clientOf(server.baseURL);
    const began = clock.now();
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(clock.slept, [240_000]);
    assert.deepEqual(waits, [{ reason: 'retry', ms: 240_000, until: began + 240_000 }]);
  });

  it('do not begin when the wait would pass the limit of the whole call', async () => {
    const server = await serve(apiError(503, 'Maintenance', { 'retry-after': '3600' }));
    const { client, clock } = clientOf(server.baseURL);
    const promise = client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.equal((await rejection(promise, InternalServerError)).retryAfter, 3_600_000);
    assert.equal(server.seen.length, 1);
    assert.deepEqual(clock.slept, []);
  });

  it('send a POST again when nothing listened', async () => {
    const { client, reports } = clientOf(await deadOrigin());
    const promise = client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody);
    const error = await rejection(promise, APIConnectionError);
    assert.equal(error.kind, 'refused');
    assert.equal(error.uncertain, false);
    assert.equal(reports.length, 3);
  });

  it('send a POST again after 503 with Retry-After', async () => {
    const server = await serve(apiError(503, 'Busy', { 'retry-after': '2' }), list(['cp_1']));
    const { client } = clientOf(server.baseURL);
    assert.equal(
      (await client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody)).data.length,
      1,
    );
    assert.equal(server.seen.length, 2);
  });

  const uncertain = {
    'a lost connection': hangUp,
    '500': apiError(500, 'Oops'),
    '408': apiError(408, 'Slow'),
  };
  for (const [what, reply] of Object.entries(uncertain))
    it(`never send a POST again after ${what}, and say that it is uncertain`, async () => {
      const server = await serve(reply);
      const { client } = clientOf(server.baseURL);
      await assert.rejects(client.fineTuning.checkpoints.permissions.create(testCheckpoint, grantBody), {
        uncertain: true,
      });
      assert.equal(server.seen.length, 1);
    });

  it('stop at once when the caller cancels the wait', async () => {
    const server = await serve(apiError(500, 'Oops'), deleted());
    const controller = new AbortController();
    const { client } = clientOf(server.baseURL, {
      clock: {
        now: Date.now,
        random: () => 0,
        // Sleeps until it is cancelled: there is no other way for this test to go on.
        sleep: (_, signal) =>
          new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      },
    });
    const promise = client.fineTuning.checkpoints.permissions.delete('cp_1', deleteParams, {
      signal: controller.signal,
      onWait: () => setImmediate(() => controller.abort()),
    });
    assert.equal((await rejection(promise, APIUserAbortError)).uncertain, true);
    assert.equal(server.seen.length, 1);
  });

  it('stop when the caller cancels a request under way', async () => {
    const server = await serve(silence);
    let reported: (report: RequestReport) => void;
    const report = new Promise<RequestReport>((resolve) => {
      reported = resolve;
    });
    const { client } = clientOf(server.baseURL, { onRequest: (report) => reported(report) });
    const controller = new AbortController();
    const promise = client.fineTuning.checkpoints.permissions.list(testCheckpoint, null, {
      signal: controller.signal,
    });
    await server.arrived(1);
    controller.abort();
    assert.equal((await rejection(promise, APIUserAbortError)).uncertain, false);
    assert.equal((await report).error, 'aborted');
  });

  it('send nothing for a signal that was aborted before', async () => {
    const server = await serve(list([]));
    const { client } = clientOf(server.baseURL);
    const signal = AbortSignal.abort();
    await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint, null, { signal }),
      APIUserAbortError,
    );
    assert.equal(server.connections, 0);
  });

  it('let a change on its way end when only what is unsent may be cancelled, but begin no other attempt', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, abortOnlyUnsent: true };
    const server = await serve((response, seen) => {
      controller.abort();
      deleted()(response, seen);
    }, hangUp);
    const { client } = clientOf(server.baseURL);
    const { permissions } = client.fineTuning.checkpoints;
    assert.equal((await permissions.delete('cp_1', deleteParams, options)).deleted, true);
    const error = await rejection(permissions.delete('cp_2', deleteParams, options), APIUserAbortError);
    assert.equal(error.uncertain, false);
    assert.equal(server.seen.length, 1);
  });

  it('take the time limit as it is when the call begins', async () => {
    const server = await serve(list([]));
    const limits: number[] = [];
    const clock = Object.assign(new LeapingClock(), {
      timer: (ms: number) => {
        limits.push(ms);
        return () => {};
      },
    });
    let timeout = 1000;
    const { client } = clientOf(server.baseURL, { clock, timeout: () => timeout });
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    timeout = 2000;
    await client.fineTuning.checkpoints.permissions.list(testCheckpoint);
    assert.deepEqual(limits, [1000, 2000]);
  });

  it('may share one signal, however many they are', async () => {
    const server = await serve(list([]));
    const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
    const { signal } = new AbortController();
    const warnings: string[] = [];
    const warned = ({ message }: Error) => warnings.push(message);
    process.on('warning', warned);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => permissions.list(`ft:${index}`, null, { signal })),
    );
    await new Promise(setImmediate);
    process.off('warning', warned);
    assert.deepEqual(warnings, []);
  });
});
