import { Agent, request } from 'undici';
import type { PermissionDeleted, PermissionList } from '../../../src/openai';
import { adminAPIKey, type Peer } from './peer';

/** undici and nothing else: no check, no retry, no error. What a client costs is what it takes beyond this. */
export function undici(baseURL: string): Peer {
  const dispatcher = new Agent({ connections: 16, pipelining: 1 });
  const headers = { authorization: `Bearer ${adminAPIKey}`, accept: 'application/json' };
  const path = (checkpoint: string) => `${baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions`;
  return {
    async list(checkpoint, limit) {
      const read = [];
      for (let after = '', hasMore = true; hasMore; ) {
        const url = `${path(checkpoint)}?limit=${limit}${after && `&after=${after}`}`;
        const { body } = await request(url, { dispatcher, headers });
        const page = (await body.json()) as PermissionList;
        read.push(...page.data);
        hasMore = page.has_more;
        after = page.last_id ?? '';
      }
      return read;
    },
    async revoke(checkpoint, id) {
      const url = `${path(checkpoint)}/${id}`;
      const { body } = await request(url, { method: 'DELETE', dispatcher, headers });
      return ((await body.json()) as PermissionDeleted).id;
    },
  };
}
