import Agent from 'undici/lib/dispatcher/agent.js';
import type { FallbackReport, NetworkSettings } from '../network';
import type { Transport, TransportFailure, TransportRequest, TransportResponse } from '../transport';
import { connector } from './connect';
import { dispatch } from './dispatch';
import { fetchVerifies, mayFetch } from './fallback';
import { sendByFetch } from './hostFetch';

export interface UndiciTransportOptions {
  /** Connections to one origin at the same time. Default: 16. */
  connections?: number | undefined;
  /** Time limit for opening a connection, and for a proxy to do so, in milliseconds. Default: 10 000. */
  connectTimeout?: number | undefined;
  /** Largest body that is read, in bytes. Default: 16 MiB. */
  maxBodySize?: number | undefined;
  /**
   * The network as the editor has it. A function is asked for each request, so that a change takes effect with the next.
   * Default: everything is reached directly.
   */
  network?: NetworkSettings | (() => NetworkSettings) | undefined;
  /** The host's own. Default: `globalThis.fetch`, as it is when it is needed. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Called when an origin is left to the host's own `fetch`. */
  onFallback?: ((report: FallbackReport) => void) | undefined;
}

const mebibyte = 2 ** 20;

/** What belongs to one state of the network settings. */
interface Route {
  readonly name: string;
  readonly settings: NetworkSettings;
  readonly agent: Agent;
  /** Origins that the host's own `fetch` reaches and undici does not. */
  readonly byFetch: Set<string>;
}

/**
 * The default transport: undici over keep-alive connections of its own. Loaded on the first request only, as a bundle
 * of its own.
 *
 * The time limit for headers and body is the client's, for the whole attempt; only connecting has one here, so that a
 * host that does not answer is told apart early and a POST to it is known not to have been sent.
 *
 * What undici cannot reach because a PAC file, Kerberos or a SOCKS proxy is in the way may still be reached by the
 * host's own `fetch`. It is tried when no connection could be made (see {@link mayFetch} for when it is not); an origin
 * that it reaches is left to it from then on.
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const { connections = 16, connectTimeout = 10_000, maxBodySize = 16 * mebibyte, network = {} } = options;
  const underWay = new Set<Promise<TransportResponse>>();
  let route: Route | undefined;

  const current = (): Route => {
    const settings = typeof network === 'function' ? network() : network;
    const name = JSON.stringify(settings);
    if (route?.name === name) return route;
    // Requests under way end on the connections that they have.
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
    return route;
  };

  async function send(request: TransportRequest): Promise<TransportResponse> {
    const { settings, agent, byFetch } = current();
    const fetch = options.fetch ?? globalThis.fetch;
    const { origin, hostname } = new URL(request.url);
    if (byFetch.has(origin) && fetchVerifies()) return sendByFetch(fetch, request, maxBodySize);
    try {
      return await dispatch(agent, request);
    } catch (failure) {
      const { sent, code } = failure as TransportFailure;
      if (sent !== false || request.signal.aborted || !fetch || !mayFetch(hostname, code, settings))
        throw failure;
      const answer = await sendByFetch(fetch, request, maxBodySize).catch((error: TransportFailure) => {
        // The first failure says more, but must not hide that a change may have been sent the second time.
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
      // What is left are connections: idle ones, and such as nobody waits for any more.
      await route?.agent.destroy();
    },
  };
}
