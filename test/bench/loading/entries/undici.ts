import { Agent, request } from 'undici';

/** All of undici, as its documentation says to import it. */
export async function firstPage(baseURL: string, checkpoint: string): Promise<number> {
  const url = `${baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions?limit=100`;
  const headers = { authorization: 'Bearer test-admin-key', accept: 'application/json' };
  const { body } = await request(url, { dispatcher: new Agent(), headers });
  return ((await body.json()) as { data: unknown[] }).data.length;
}
