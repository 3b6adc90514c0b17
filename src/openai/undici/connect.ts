import tls from 'node:tls';
import buildConnector from 'undici/lib/core/connect.js';
import type { NetworkSettings } from '../network';
import { proxyAuthorizationOf, proxyOf } from './proxy';
import { openTunnel } from './tunnel';

/** The certificate authorities to trust, or undefined for those of the runtime. Where there are more, all are named. */
function authorities({ systemCertificates = true, ca = [] }: NetworkSettings): string[] | undefined {
  // Not in Node before 22.15; what the system trusts is then left to the host's own fetch.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  if (getCACertificates && systemCertificates)
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])];
  return ca.length ? [...(getCACertificates?.('default') ?? tls.rootCertificates), ...ca] : undefined;
}

/**
 * Makes connections as the editor's network settings have it, each time limited to `timeout` milliseconds.
 * Certificates of an origin that is reached directly are always verified.
 */
export function connector(settings: NetworkSettings, timeout: number): buildConnector.connector {
  let context: tls.SecureContext | undefined;
  let known = false;
  /** Made once, on the first secure connection: reading and parsing certificates takes a while. */
  const secureContext = () => {
    if (!known) {
      const ca = authorities(settings);
      if (ca) context = tls.createSecureContext({ ca });
      known = true;
    }
    return context;
  };
  const build = (rejectUnauthorized: boolean) => {
    const secure = secureContext();
    return buildConnector({ timeout, rejectUnauthorized, ...(secure && { secureContext: secure }) });
  };
  let plain: buildConnector.connector | undefined;
  let direct: buildConnector.connector | undefined;
  let tunnelled: buildConnector.connector | undefined;

  return (options, callback) => {
    const { protocol, hostname, port } = options;
    if (protocol !== 'https:') {
      plain ??= buildConnector({ timeout });
      return plain(options, callback);
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
