import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transport } from '../openai/transport';
import { splitTarget } from './answers/exchange';
import type { SampleOrganization } from './organization';

/**
 * Carries requests to an organization in memory: no socket, no key that is worth anything.
 *
 * Rejects with the signal's reason when that is aborted before the answer (nothing has then happened in the
 * organization), and with code `ENOTFOUND` for any other address than the organization's own.
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
