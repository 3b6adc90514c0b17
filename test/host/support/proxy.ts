import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import tls from 'node:tls';
import * as vscode from 'vscode';
import type { Emulator } from '../../emulator';
import { createAuthority } from '../../unit/openai/support/certificates';
import { proxyTo, type TestProxy } from '../../unit/openai/support/proxy';
import { atEnd, endAll } from '../../unit/openai/support/server';
import { type Stage, setSetting, useStage } from './extension';

/** A name with a label too long for DNS, so that it is reachable by a proxy only. */
export const host = `${'gateway'.repeat(10)}.test`;

const origin = `https://${host}`;
const authority = createAuthority();
const identity = authority.issue(host);
/** For the same name, from an untrusted authority. */
export const forged = createAuthority().issue(host);

export const credentials = { user: 'clerk@harbor.test', password: 'pässword of the proxy' };

/** The value of the header for basic authentication. */
export function basic({ user, password } = credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** A stage whose organization is reachable through a proxy only. */
export interface ProxiedStage extends Stage {
  /** Tunnels to the organization for clients with the {@link credentials}. No setting names it yet. */
  proxy: ListeningProxy;
  /** Shows the organization behind the proxy, with its key saved. */
  useGateway(): Promise<void>;
  /** Presents an untrusted certificate from now on. */
  distrustGateway(): Promise<void>;
}

/** Sets up such a stage before each test. Restores servers, user settings, trust and environment after it. */
export function useProxiedStage(permissions: number): ProxiedStage {
  let stopTrusting = () => {};
  let restoreVariables = () => {};
  // Runs before the hook of the stage, which throws for unused answers and would skip this one.
  afterEach(async () => {
    stopTrusting();
    restoreVariables();
    await restoreUserSettings();
    await stage.scene.forgetAll();
    await endAll();
  });
  const stage = useStage(permissions) as ProxiedStage;
  beforeEach(async () => {
    restoreVariables = forgetProxyVariables();
    stage.proxy = await listeningProxy(await secureGateway(stage.scene.emulator), credentials);
    stopTrusting = await trustGateway();
  });
  return Object.assign(stage, {
    async useGateway() {
      const { services, emulator } = stage.scene;
      await setSetting('baseUrl', `${origin}/v1`);
      const shown = new Promise<void>((resolve) => {
        const subscription = services.current.onDidChange(async () => {
          if ((await services.current.get()).kind !== 'organization') return;
          subscription.dispose();
          resolve();
        });
      });
      await services.keys.set('default', { key: emulator.adminAPIKey, origin });
      await shown;
    },
    async distrustGateway() {
      stopTrusting();
      await setUserSetting('http.proxyStrictSSL', undefined);
    },
  });
}

/** A TLS gateway on a loopback port, which serves an organization as `https://…` under {@link host}. */
export async function secureGateway({ origin }: Emulator, certificate = identity): Promise<string> {
  const sockets = new Set<Socket>();
  const server = tls.createServer(certificate, (socket) => {
    const inner = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.pipe(inner).pipe(socket);
    socket.on('error', () => inner.destroy());
    inner.on('error', () => socket.destroy());
  });
  // A client that does not trust the certificate disconnects.
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
  /** The value for `http.proxy`. */
  url(as?: typeof credentials): string;
  /** Every byte received, of requests and tunnels. */
  heard(): string;
}

/** A CONNECT proxy to one server, which records all bytes and responds 407 to other credentials. */
export async function listeningProxy(
  leadsTo: string,
  expected?: typeof credentials,
): Promise<ListeningProxy> {
  const heard: Buffer[] = [];
  const proxy = await proxyTo(leadsTo, (socket, request) => {
    heard.push(Buffer.from(`${request.method} ${request.url}\r\n${request.rawHeaders.join('\r\n')}\r\n`));
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    if (!expected || request.headers['proxy-authorization'] === basic(expected)) return false;
    const lines = ['HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="test"'];
    socket.end(`${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
    return true;
  });
  return Object.assign(proxy, {
    url: (as?: typeof credentials) => withCredentials(`http://127.0.0.1:${proxy.port}`, as),
    heard: () => Buffer.concat(heard).toString('latin1') + proxy.others.join('\n'),
  });
}

/** The URL of a proxy as in `http.proxy`. */
export function withCredentials(proxy: string, as: typeof credentials | undefined): string {
  const given = as && `${encodeURIComponent(as.user)}:${encodeURIComponent(as.password)}@`;
  return proxy.replace('//', `//${given ?? ''}`);
}

const changed = new Set<string>();

/** Sets a user setting by its full name; undefined removes it. */
export async function setUserSetting(id: string, value: unknown): Promise<void> {
  changed.add(id);
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}

async function restoreUserSettings(): Promise<void> {
  for (const id of changed) await setUserSetting(id, undefined);
  changed.clear();
}

const runtime = tls as typeof tls & {
  getCACertificates?(type: 'default'): string[];
  setDefaultCACertificates?(certificates: readonly string[]): void;
};

/**
 * Makes the gateway's certificate trusted. A recent runtime adds its authority, like NODE_EXTRA_CA_CERTS. For Node before
 * 22.19, `http.proxyStrictSSL` is turned off, as behind a proxy that inspects TLS. Returns a function that restores the
 * trusted authorities.
 */
async function trustGateway(): Promise<() => void> {
  const { getCACertificates, setDefaultCACertificates } = runtime;
  if (!getCACertificates || !setDefaultCACertificates) {
    await setUserSetting('http.proxyStrictSSL', false);
    return () => {};
  }
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, authority.cert]);
  return () => setDefaultCACertificates(before);
}

const variables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

/** Removes the machine's proxy from the environment of this process. Returns a function that restores it. */
function forgetProxyVariables(): () => void {
  const names = variables.flatMap((name) => [name, name.toUpperCase()]);
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
