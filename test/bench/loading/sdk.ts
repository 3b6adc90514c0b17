import { OpenAI } from 'openai';

/** The official SDK of today, which the bundle has in place of the older one; the fetch that it uses is Node's own. */
export async function firstPage(baseURL: string): Promise<number> {
  const client = new OpenAI({ adminAPIKey: 'test-admin-key', apiKey: 'unused', baseURL });
  return (await client.fineTuning.checkpoints.permissions.list('ft:a:b:c:d', { limit: 100 })).data.length;
}
