import { OpenAI } from 'openai';

/** The current official SDK, which replaces the older one in the bundle. Uses the fetch of Node. */
export async function firstPage(baseURL: string): Promise<number> {
  const client = new OpenAI({ adminAPIKey: 'test-admin-key', apiKey: 'unused', baseURL });
  return (await client.fineTuning.checkpoints.permissions.list('ft:a:b:c:d', { limit: 100 })).data.length;
}
