import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import buildConnector from 'undici/lib/core/connect.js';
import { isLoopback } from '../baseUrl';
import type { NetworkSettings } from '../network';
import { lookupLoopback } from './loopback';
import { proxyAuthorizationOf, proxyOf } from './proxy';
import { openTunnel } from './tunnel';

/** The complete list of trusted certificate authorities, or undefined for the default of the runtime. */
function authorities({ systemCertificates = true, ca = [] }: NetworkSettings): string[] | undefined {
  // Missing in Node before 22.15. There, the host's own fetch handles system certificates.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  if (getCACertificates && systemCertificates)
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])];
  return ca.length ? [...(getCACertificates?.('default') ?? tls.rootCertificates), ...ca] : undefined;
}

/**
 * Opens connections by the network settings of the editor, each within `timeout` milliseconds. Certificates
 * of directly reached origins are always verified. Plain HTTP, and `localhost`, only ever lead to this machine.
 */
export function connector(settings: NetworkSettings, timeout: number): buildConnector.connector {
  let context: tls.SecureContext | undefined;
  let known = false;
  /** Created once, with the first TLS connection, because parsing certificates is slow. */
  const secureContext = () => {
    if (!known) {
      const ca = authorities(settings);
      if (ca) context = tls.createSecureContext({ ca });
      known = true;
    }
    return context;
  };
  const build = (rejectUnauthorized: boolean, options: { lookup?: LookupFunction } = {}) => {
    const secure = secureContext();
    return buildConnector({
      timeout,
      rejectUnauthorized,
      ...(secure && { secureContext: secure }),
      ...options,
    });
  };
  let plain: buildConnector.connector | undefined;
  let local: buildConnector.connector | undefined;
  let direct: buildConnector.connector | undefined;
  let tunnelled: buildConnector.connector | undefined;

  return (options, callback) => {
    const { protocol, hostname, port } = options;
    if (protocol !== 'https:') {
      plain ??= buildConnector({ timeout, lookup: lookupLoopback });
      return plain(options, callback);
    }
    if (isLoopback(hostname)) {
      local ??= build(true, { lookup: lookupLoopback });
      return local(options, callback);
    }
    const connect = async () => {
      const proxy = proxyOf(`https://${options.host}`, settings);
      if (!proxy) {
        direct ??= build(true);
        return direct(options, callback);
      }
      const strictSSL = settings.proxyStrictSSL ?? true;
      const host = hostname.includes(':') ? `[${hostname}]` : hostname;
      const authorization = proxyAuthorizationOf(proxy, settings);
      const secure = secureContext();
      const httpSocket = await openTunnel(`${host}:${port || 443}`, {
        proxy,
        authorization,
        timeout,
        strictSSL,
        secureContext: secure,
      });
      tunnelled ??= build(strictSSL);
      return tunnelled({ ...options, httpSocket }, callback);
    };
    connect().catch((error: Error) => callback(error, null));
    return undefined;
  };
}
