import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import tls from 'node:tls';
import * as vscode from 'vscode';
import type { Emulator } from '../../emulator';
import { createAuthority } from '../../unit/openai/support/certificates';
import { proxyTo, type TestProxy } from '../../unit/openai/support/proxy';
import { atEnd } from '../../unit/openai/support/server';

/** No machine has this name, and it is too long for one, so that no name server is asked: a proxy leads to it, or nothing. */
export const host = `${'gateway'.repeat(10)}.test`;
export const origin = `https://${host}`;
export const baseURL = `${origin}/v1`;

const authority = createAuthority();
const trusted = authority.issue(host);
/** Of the same name, and of an authority that nobody trusts. */
export const forged = createAuthority().issue(host);

/** Where the emulator is `https://…` under that name: TLS in front of it, on a loopback port. Ended by `endAll`. */
export async function secureGateway(emulator: Emulator, identity = trusted): Promise<string> {
  const sockets = new Set<Socket>();
  const server = tls.createServer(identity, (socket) => {
    const inner = connect(Number(new URL(emulator.origin).port), '127.0.0.1');
    socket.pipe(inner).pipe(socket);
    socket.on('error', () => inner.destroy());
    inner.on('error', () => socket.destroy());
  });
  // A client that does not trust the certificate hangs up.
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd({
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface ListeningProxy extends TestProxy {
  /** As it stands in `http.proxy`, with the credentials given. */
  url(user?: string, password?: string): string;
  /** Every byte that a client sent it, requests and tunnels alike. */
  heard(): string;
}

/**
 * A CONNECT proxy that leads to one server, keeps all that it is told, and answers 407 to whoever does not give these
 * credentials. Ended by `endAll`.
 */
export async function listeningProxy(
  leadsTo: string,
  credentials?: { user: string; password: string },
): Promise<ListeningProxy> {
  const heard: Buffer[] = [];
  const expected = credentials && basic(credentials.user, credentials.password);
  const proxy = await proxyTo(leadsTo, (socket, request) => {
    heard.push(Buffer.from(`${request.method} ${request.url}\r\n${request.rawHeaders.join('\r\n')}\r\n`));
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    if (!expected || request.headers['proxy-authorization'] === expected) return false;
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n',
    );
    return true;
  });
  return Object.assign(proxy, {
    url: (user?: string, password?: string) =>
      `http://${user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`}127.0.0.1:${proxy.port}`,
    heard: () => Buffer.concat(heard).toString('latin1') + proxy.others.join('\n'),
  });
}

/** The header of basic authentication. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

const changed = new Set<string>();

/** Sets a user setting by its whole name, as the settings editor does; undefined removes it. */
export async function setUserSetting(id: string, value: unknown): Promise<void> {
  changed.add(id);
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}

/** Removes every user setting that was set here. */
export async function restoreUserSettings(): Promise<void> {
  for (const id of changed) await setUserSetting(id, undefined);
  changed.clear();
}

const runtime = tls as typeof tls & {
  getCACertificates?(type: 'default'): string[];
  setDefaultCACertificates?(certificates: readonly string[]): void;
};

/**
 * Has the gateway's certificate accepted. A runtime that can be told so trusts its authority from now on, as one that was
 * started with NODE_EXTRA_CA_CERTS does; for an older one (Node before 22.19) the person turns `http.proxyStrictSSL` off,
 * as behind a proxy that looks into what passes. Returns what takes the trust back.
 */
export async function trustGateway(): Promise<() => void> {
  const { getCACertificates, setDefaultCACertificates } = runtime;
  if (!getCACertificates || !setDefaultCACertificates) {
    await setUserSetting('http.proxyStrictSSL', false);
    return () => {};
  }
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, authority.cert]);
  return () => setDefaultCACertificates(before);
}

const variables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** Takes the proxy of the machine that the tests run on out of this process's environment. Returns what puts it back. */
export function forgetProxyVariables(): () => void {
  const before = variables.map((name) => [name, process.env[name]] as const);
  for (const name of variables) delete process.env[name];
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
