import type { FallbackReport, NetworkSettings } from '../../../../src/openai';
import { createUndiciTransport, type UndiciTransportOptions } from '../../../../src/openai/undici/transport';
import { createAuthority } from './certificates';
import { clientOf } from './client';

/** A host name that does not exist, so that only a proxy reaches it. */
export const gatewayHost = 'api.gateway.test';
/** Too long for a name, so that no name server is asked. */
export const nowhereHost = `${'a'.repeat(64)}.gateway.test`;
export const authority = createAuthority();
/** The certificate of {@link gatewayHost}. */
export const identity = authority.issue(gatewayHost);
export const grantBody = { project_ids: ['proj_a'] };

const refusesToFetch = (() => Promise.reject(new TypeError('net::ERR_NAME_NOT_RESOLVED'))) as typeof fetch;

/** A client of `https://api.gateway.test` that has to reach it as the network settings say. */
export function reaching(
  network: NetworkSettings | (() => NetworkSettings),
  more: UndiciTransportOptions = {},
  host = gatewayHost,
) {
  const fallbacks: FallbackReport[] = [];
  const transport = createUndiciTransport({
    network,
    fetch: refusesToFetch,
    onFallback: (report) => fallbacks.push(report),
    ...more,
  });
  const { client, reports } = clientOf(`https://${host}/v1`, { transport, maxRetries: 0 });
  return { permissions: client.fineTuning.checkpoints.permissions, reports, fallbacks };
}
