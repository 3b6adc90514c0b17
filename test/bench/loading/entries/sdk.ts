import { OpenAI } from 'openai';

/** The official SDK; the fetch that it uses is the runtime's own. */
export async function firstPage(baseURL: string, checkpoint: string): Promise<number> {
  const client = new OpenAI({ adminAPIKey: 'test-admin-key', apiKey: 'unused', baseURL });
  return (await client.fineTuning.checkpoints.permissions.list(checkpoint, { limit: 100 })).data.length;
}
