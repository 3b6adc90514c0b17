import { OpenAIAdmin } from '../../../../src/openai';
import { createUndiciTransport } from '../../../../src/openai/undici/transport';

/** Our client with all that its first request loads. */
export async function firstPage(baseURL: string, checkpoint: string): Promise<number> {
  const client = new OpenAIAdmin({
    adminAPIKey: 'test-admin-key',
    baseURL,
    transport: createUndiciTransport(),
  });
  return (await client.fineTuning.checkpoints.permissions.list(checkpoint, { limit: 100 })).data.length;
}
