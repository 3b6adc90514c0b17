import Agent from 'undici/lib/dispatcher/agent.js';
import type { FallbackReport, NetworkSettings } from '../network';
import type { Transport, TransportFailure, TransportRequest, TransportResponse } from '../transport';
import { connector } from './connect';
import { dispatch } from './dispatch';
import { fetchVerifies, mayFetch } from './fallback';
import { sendByFetch } from './hostFetch';
import { ignoredExceptions } from './proxy';

export interface UndiciTransportOptions {
  /** Concurrent connections to one origin. Default: 16. */
  connections?: number | undefined;
  /** Time limit to open a connection, in milliseconds. Also that of the proxy. Default: 10 000. */
  connectTimeout?: number | undefined;
  /**
   * Largest response body, in bytes, also once it is decompressed. Default: 8 MiB. A page of a list has some 100 kB, and usage
   * of a month 8 MiB if 700 pairs of a project and a model are used each day. A larger body would be parsed too long at once.
   */
  maxBodySize?: number | undefined;
  /**
   * Network settings of the editor. A function is called for each request, so that a change takes effect with
   * the next one. Default: direct connections.
   */
  network?: NetworkSettings | (() => NetworkSettings) | undefined;
  /** The host's own `fetch`. Default: `globalThis.fetch` at the time of the request. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Called when an origin falls back to the host's own `fetch`. */
  onFallback?: ((report: FallbackReport) => void) | undefined;
  /** Called with the exceptions from the proxy that are not understood, for each state of the network settings. */
  onIgnoredExceptions?: ((exceptions: readonly string[]) => void) | undefined;
}

const mebibyte = 2 ** 20;

/** The agent and the fallbacks for one state of the network settings. */
interface Route {
  readonly name: string;
  readonly settings: NetworkSettings;
  readonly agent: Agent;
  /** Origins that the host's own `fetch` reaches and undici does not. */
  readonly byFetch: Set<string>;
}

/**
 * The default transport: undici with keep-alive connections of its own. A separate bundle, loaded with the
 * first request.
 *
 * The client limits the time of a whole attempt. Only connecting has a limit here, so that an unreachable
 * host fails early and a POST to it counts as not sent.
 *
 * When no connection can be opened, the host's own `fetch` may reach the server through a PAC file, Kerberos
 * or a SOCKS proxy. It is tried under the conditions of {@link mayFetch}. An origin that it reaches is left
 * to it from then on.
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const { connections = 16, connectTimeout = 10_000, maxBodySize = 8 * mebibyte, network = {} } = options;
  const underWay = new Set<Promise<TransportResponse>>();
  let route: Route | undefined;

  const current = (): Route => {
    const settings = typeof network === 'function' ? network() : network;
    const name = JSON.stringify(settings);
    if (route?.name === name) return route;
    // In-flight requests end on their own connections.
    route?.agent.close().catch(() => {});
    const agent = new Agent({
      connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: maxBodySize,
      connect: connector(settings, connectTimeout),
    });
    route = { name, settings, agent, byFetch: new Set() };
    const ignored = ignoredExceptions(settings);
    if (ignored.length > 0) options.onIgnoredExceptions?.(ignored);
    return route;
  };

  async function send(request: TransportRequest): Promise<TransportResponse> {
    const { settings, agent, byFetch } = current();
    const fetch = options.fetch ?? globalThis.fetch;
    const { origin, hostname } = new URL(request.url);
    if (byFetch.has(origin) && fetchVerifies()) return sendByFetch(fetch, request, maxBodySize);
    try {
      return await dispatch(agent, request, maxBodySize);
    } catch (failure) {
      const { sent, code } = failure as TransportFailure;
      if (sent !== false || request.signal.aborted || !fetch || !mayFetch(hostname, code, settings))
        throw failure;
      const answer = await sendByFetch(fetch, request, maxBodySize).catch((error: TransportFailure) => {
        // The first failure is more precise, but must not hide that the second attempt may have sent a
        // change.
        throw request.method === 'GET' || error.sent === false ? failure : error;
      });
      byFetch.add(origin);
      options.onFallback?.({ origin, code });
      return answer;
    }
  }

  return {
    send(request) {
      const sending = send(request);
      const ended = () => underWay.delete(sending);
      underWay.add(sending);
      sending.then(ended, ended);
      return sending;
    },
    async close() {
      await Promise.allSettled(underWay);
      // Destroys the remaining connections: idle ones, and those of abandoned requests.
      await route?.agent.destroy();
    },
  };
}
