import tls from 'node:tls';
import { isLoopback } from '../baseUrl';
import type { NetworkSettings } from '../network';
import { certificateCode, tlsCode, unknownAuthorityCode } from '../tlsCodes';

/**
 * Whether the host's own `fetch` may be given the key at all: with this variable, which any extension can set for the
 * whole process, it would hand the key to whoever answers. undici is told to verify in so many words.
 */
export function fetchVerifies(): boolean {
  return process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0';
}

/**
 * Whether a request that undici could not get off may be left to the host's own `fetch`: where something that undici
 * does not speak may be in the way. Never for loopback, and not with `http.proxySupport` off.
 *
 * A certificate that is not trusted is no such thing. Only a runtime that does not tell us which authorities the system
 * trusts (Node before 22.15) has `fetch` asked, which knows them, and only where that can be why.
 */
export function mayFetch(hostname: string, code: string | undefined, settings: NetworkSettings): boolean {
  if (isLoopback(hostname) || settings.proxySupport === 'off' || !fetchVerifies()) return false;
  const reason = (code ?? '').replace(/^PROXY_/, '');
  if (!certificateCode.test(reason) && !tlsCode.test(reason)) return true;
  const knowsSystem = 'getCACertificates' in tls || settings.systemCertificates === false;
  return !knowsSystem && unknownAuthorityCode.test(reason);
}
