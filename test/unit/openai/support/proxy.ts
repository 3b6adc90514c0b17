import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Identity } from './certificates';
import { atEnd } from './server';

export interface TestProxy {
  readonly port: number;
  /** `host:port` and the credentials of each CONNECT. */
  readonly connects: { readonly target: string; readonly authorization: string | undefined }[];
  /** What any other request would have shown of itself. */
  readonly others: string[];
}

/** A CONNECT proxy on a loopback port that tunnels every target to one server, or sends a fixed response. */
export async function proxyTo(
  origin: string,
  answer?: (socket: Duplex, request: IncomingMessage) => boolean,
  identity?: Identity,
): Promise<TestProxy> {
  const connects: TestProxy['connects'] = [];
  const others: string[] = [];
  const sockets = new Set<Duplex | Socket>();
  const listener = (request: IncomingMessage) => {
    others.push(`${request.method} ${request.url}`);
    request.socket.destroy();
  };
  const server = identity ? createSecureServer(identity, listener) : createServer(listener);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => {});
    if (answer?.(socket, request)) return;
    const { hostname, port } = new URL(origin);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    sockets.add(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
  return { port: (server.address() as AddressInfo).port, connects, others };
}
