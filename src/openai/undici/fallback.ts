import tls from 'node:tls';
import { isLoopback } from '../baseUrl';
import type { NetworkSettings } from '../network';
import { certificateCode, tlsCode, unknownAuthorityCode } from '../tlsCodes';

/**
 * Whether the host's own `fetch` verifies certificates. Any extension can disable that for the whole process
 * with this variable, and the key would go to any server. For undici, verification is set explicitly.
 */
export function fetchVerifies(): boolean {
  return process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0';
}

/**
 * Whether the host's own `fetch` may send a request that undici could not: a protocol that undici does not
 * support may be required. Never for loopback, with `http.proxySupport` off, or where the settings say so.
 *
 * An untrusted certificate does not qualify. The exception is a runtime that cannot list the system's
 * authorities (Node before 22.15) when an unknown authority is the cause, because `fetch` knows those
 * authorities.
 */
export function mayFetch(hostname: string, code: string | undefined, settings: NetworkSettings): boolean {
  if (isLoopback(hostname) || settings.proxySupport === 'off' || !fetchVerifies()) return false;
  if (settings.hostFetch === false) return false;
  const reason = (code ?? '').replace(/^PROXY_/, '');
  if (!certificateCode.test(reason) && !tlsCode.test(reason)) return true;
  const knowsSystem = 'getCACertificates' in tls || settings.systemCertificates === false;
  return !knowsSystem && unknownAuthorityCode.test(reason);
}
