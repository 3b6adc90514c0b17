import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Identity } from './certificates';

/** A request as it reached the server. */
export interface Seen {
  readonly method: string;
  /** Path and query, raw. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply = (response: ServerResponse, seen: Seen) => void;

/** A server on a loopback port with fixed responses and a record of requests. */
export interface ScriptedServer {
  readonly origin: string;
  readonly baseURL: string;
  readonly seen: readonly Seen[];
  /** How many connections were opened to it. */
  readonly connections: number;
  /** Resolves when `count` requests have arrived in total. */
  arrived(count: number): Promise<void>;
}

const open: { close(): Promise<void> }[] = [];

/** Ends every server, and runs the cleanups of {@link atEnd}. Call it after each test. */
export async function endAll(): Promise<void> {
  await Promise.all(open.splice(0).map((each) => each.close()));
}

/** Has something closed by {@link endAll}. */
export function atEnd<T extends { close(): Promise<void> }>(closable: T): T {
  open.push(closable);
  return closable;
}

/** Starts a server. The first request gets the first reply, and so on; the last reply serves all that follow. */
export function serve(...replies: Reply[]): Promise<ScriptedServer> {
  return start(replies);
}

/** As {@link serve}, over TLS. */
export function serveSecurely(identity: Identity, ...replies: Reply[]): Promise<ScriptedServer> {
  return start(replies, identity);
}

async function start(replies: Reply[], identity?: Identity): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const watchers: { count: number; resolve(): void }[] = [];
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const record: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      const reply = replies[Math.min(seen.length, replies.length - 1)];
      seen.push(record);
      for (const watcher of watchers) if (watcher.count <= seen.length) watcher.resolve();
      reply?.(response, record);
    });
  };
  const server = identity ? createSecureServer(identity, listener) : createServer(listener);
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http${identity ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEnd({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
  return {
    origin,
    baseURL: `${origin}/v1`,
    seen,
    get connections() {
      return connections;
    },
    arrived: (count) =>
      seen.length >= count ? Promise.resolve() : new Promise((resolve) => watchers.push({ count, resolve })),
  };
}

/** A loopback origin where nothing listens. */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
