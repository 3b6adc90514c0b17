import { OpenAIAdmin } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';

/** Our client with all that its first request loads. */
export async function firstPage(baseURL: string): Promise<number> {
  const transport = createUndiciTransport();
  const client = new OpenAIAdmin({ adminAPIKey: 'test-admin-key', baseURL, transport });
  return (await client.fineTuning.checkpoints.permissions.list('ft:a:b:c:d', { limit: 100 })).data.length;
}
