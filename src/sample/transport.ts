import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transport } from '../openai/transport';
import { splitTarget } from './answers/exchange';
import type { SampleOrganization } from './organization';

/**
 * The transport of a sample organization: in memory, without a socket or a real key.
 *
 * Rejects with the reason of the signal when it aborts before the response; the organization is unchanged then. Rejects
 * with the code `ENOTFOUND` for the URL of another host.
 */
export function sampleTransport(organization: SampleOrganization): Transport {
  const origin = new URL(organization.baseURL).origin;
  return {
    async send({ method, url, headers, body = '', signal }) {
      signal.throwIfAborted();
      await nextTurn();
      signal.throwIfAborted();
      if (!url.startsWith(`${origin}/`)) {
        const error = new Error(`The sample organization answers at ${origin} only.`);
        throw Object.assign(error, { code: 'ENOTFOUND' });
      }
      return organization.answer({ method, ...splitTarget(url.slice(origin.length)), headers, body });
    },
  };
}
