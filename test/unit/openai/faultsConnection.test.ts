import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { APIConnectionError, APIUserAbortError } from '../../../src/openai';
import { clientOf, rejection } from './support/client';
import {
  check,
  checkAfterwards,
  type Ending,
  type Fault,
  healthy,
  type Operation,
  perform,
  testFault,
} from './support/fault';
import { apiError, hangUp, reset, silence } from './support/replies';
import { atEnd, deadOrigin, endAll, type Reply, serve } from './support/server';

/** The connection is lost after the request: reads are retried, and changes are uncertain. */
const lost = (kind: string, code?: string): Fault['endings'] => {
  const ending: Ending = { name: 'APIConnectionError', fields: { kind, ...(code && { code }) }, sent: 3 };
  return {
    list: ending,
    create: { ...ending, sent: 1, uncertain: true },
    delete: { ...ending, uncertain: true },
  };
};

const slow: Fault['endings'] = (() => {
  const ending: Ending = {
    name: 'APIConnectionTimeoutError',
    fields: { kind: 'timeout', code: 'timeout' },
    message: /^Request timed out \(127\.0\.0\.1:\d+, timeout\)\.$/,
    sent: 3,
  };
  return {
    list: ending,
    create: { ...ending, sent: 1, uncertain: true },
    delete: { ...ending, uncertain: true },
  };
})();

const bytes =
  (text: string, then: (socket: Socket) => void): Reply =>
  ({ socket }) => {
    if (socket) socket.write(text, () => then(socket));
  };
const responseHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n';
const end = (socket: Socket) => socket.destroy();

const faults: Fault[] = [
  {
    what: 'hung up after the request',
    replies: [hangUp],
    endings: lost('reset'),
  },
  { what: 'reset after the request', replies: [reset], endings: lost('reset', 'ECONNRESET') },
  {
    what: 'hung up in the headers',
    replies: [bytes('HTTP/1.1 200 OK\r\ncontent-ty', end)],
    endings: lost('reset'),
  },
  {
    what: 'hung up in the body',
    replies: [bytes(`${responseHead}{"object":"list"`, end)],
    endings: lost('reset'),
  },
  {
    what: 'hung up in a chunked body',
    replies: [
      bytes(`${responseHead.replace('content-length: 500', 'transfer-encoding: chunked')}5\r\n{"obj`, end),
    ],
    endings: lost('reset'),
  },
  {
    what: 'something else than HTTP',
    replies: [bytes('SSH-2.0-OpenSSH\r\n\r\n', () => {})],
    endings: lost('protocol'),
  },
  {
    what: 'headers without end',
    replies: [bytes(`HTTP/1.1 200 OK\r\nx-padding: ${'x'.repeat(40_000)}\r\n\r\n`, () => {})],
    endings: lost('protocol'),
  },
  {
    what: 'hung up once',
    replies: [hangUp, healthy],
    endings: {
      list: { name: 'done', sent: 2 },
      create: { name: 'APIConnectionError', sent: 1, uncertain: true },
      delete: { name: 'done', sent: 2 },
    },
  },
  {
    what: 'hung up, then 404',
    replies: [hangUp, apiError(404, 'No such permission.')],
    endings: { delete: { name: 'NotFoundError', sent: 2, uncertain: true } },
  },
  { what: 'no answer', replies: [silence], endings: slow, neverEnds: true },
  {
    what: 'no end of the headers',
    replies: [bytes('HTTP/1.1 200 OK\r\n', () => {})],
    endings: slow,
    neverEnds: true,
  },
  {
    what: 'no end of the body',
    replies: [bytes(`${responseHead}{"obj`, () => {})],
    endings: slow,
    neverEnds: true,
  },
  {
    what: 'a slow drip',
    replies: [
      ({ socket }) => {
        socket?.write(responseHead);
        const drip = setInterval(() => socket?.write(' '), 5);
        socket?.on('close', () => clearInterval(drip));
      },
    ],
    endings: slow,
    neverEnds: true,
  },
];

describe('Faults of the connection', () => {
  afterEach(endAll);
  for (const fault of faults) testFault(fault);

  const refused: Ending = {
    name: 'APIConnectionError',
    fields: { kind: 'refused', code: 'ECONNREFUSED' },
    message: /^Connection error: refused \(127\.0\.0\.1:\d+, ECONNREFUSED\)\.$/,
    sent: 0,
  };
  for (const operation of ['list', 'create', 'delete'] as const)
    it(`nobody listens: ${operation} is APIConnectionError, not uncertain, 3 tried`, async () => {
      const origin = await deadOrigin();
      const tested = clientOf(origin);
      await check(operation, refused, tested, { seen: [] });
      assert.equal(tested.reports.length, 3);
      const later = await serve(healthy);
      await checkAfterwards(clientOf(later.baseURL), later);
    });

  const resets: Record<string, (socket: Socket) => void> = {
    'as soon as it connects': (socket) => socket.resetAndDestroy(),
    'at the first byte': (socket) => socket.once('data', () => socket.resetAndDestroy()),
  };
  for (const [when, refuse] of Object.entries(resets))
    for (const operation of ['list', 'create', 'delete'] as const)
      it(`reset ${when}: ${operation} is APIConnectionError, 0 arrived`, async () => {
        let isOver = false;
        const server = await serve(healthy);
        const back = new URL(server.origin);
        const sockets = new Set<Socket>();
        const front = createServer((socket) => {
          sockets.add(socket.on('error', () => {}));
          if (!isOver) return void refuse(socket);
          const upstream = connect(Number(back.port), back.hostname);
          sockets.add(upstream.on('error', () => {}));
          socket.pipe(upstream).pipe(socket);
        });
        await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
        atEnd({
          close: () =>
            new Promise((resolve) => {
              front.close(() => resolve());
              for (const socket of sockets) socket.destroy();
            }),
        });
        const { port } = front.address() as { port: number };
        const tested = clientOf(`http://127.0.0.1:${port}/v1`);
        const error = await rejection(perform(tested.client, operation), APIConnectionError);
        assert.equal(error.kind, 'reset');
        // Whether a reset on connecting comes before the request was written is up to the machine.
        if (when === 'at the first byte') assert.equal(error.uncertain, operation !== 'list');
        assert.equal(server.seen.length, 0);
        isOver = true;
        await checkAfterwards(tested, server);
      });
});

describe('Cancelling', () => {
  afterEach(endAll);

  interface Stage {
    readonly what: string;
    readonly replies: Reply[];
    /** Aborts at the right moment. */
    cancel(controller: AbortController, arrived: Promise<void>): void;
    readonly sent: number;
    readonly onWait?: boolean;
    /** Whether a change is uncertain then. */
    readonly uncertain: boolean;
  }
  const atOnce = (controller: AbortController) => controller.abort();
  const onArrival = (controller: AbortController, arrived: Promise<void>) => {
    void arrived.then(() => setImmediate(() => controller.abort()));
  };
  const stages: Stage[] = [
    { what: 'before anything is sent', replies: [healthy], cancel: atOnce, sent: 0, uncertain: false },
    { what: 'before an answer begins', replies: [silence], cancel: onArrival, sent: 1, uncertain: true },
    {
      what: 'within the headers',
      replies: [bytes('HTTP/1.1 200 OK\r\n', () => {})],
      cancel: onArrival,
      sent: 1,
      uncertain: true,
    },
    {
      what: 'within the body',
      replies: [bytes(`${responseHead}{`, () => {})],
      cancel: onArrival,
      sent: 1,
      uncertain: true,
    },
    {
      what: 'waiting for a rate limit',
      replies: [apiError(429, 'Slow down.', { 'retry-after': '600' })],
      cancel: () => {},
      onWait: true,
      sent: 1,
      uncertain: false,
    },
    {
      what: 'waiting for the next attempt',
      replies: [apiError(503, 'Busy.', { 'retry-after': '600' })],
      cancel: () => {},
      onWait: true,
      sent: 1,
      uncertain: false,
    },
  ];
  for (const stage of stages)
    for (const operation of ['list', 'create', 'delete'] as Operation[])
      it(`${stage.what}: ${operation} ends at once, ${stage.sent} sent`, async () => {
        let isOver = false;
        const server = await serve(
          ...stage.replies.map<Reply>(
            (reply) => (response, seen) => (isOver ? healthy : reply)(response, seen),
          ),
        );
        const tested = clientOf(server.baseURL);
        const controller = new AbortController();
        stage.cancel(controller, server.arrived(1));
        const promise = perform(tested.client, operation, {
          signal: controller.signal,
          ...(stage.onWait && { onWait: () => controller.abort() }),
        });
        const error = await rejection(promise, APIUserAbortError);
        assert.equal(error.uncertain, operation !== 'list' && stage.uncertain);
        assert.equal(server.seen.length, stage.sent);
        isOver = true;
        await checkAfterwards(tested, server);
      });
});
