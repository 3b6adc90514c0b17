import { OpenAIAdmin } from '../../../src/openai';
import { adminAPIKey, type Peer } from './peer';

/** Our client with its usual transport, queue, retries and checks. */
export function ours(baseURL: string): Peer {
  const client = new OpenAIAdmin({ adminAPIKey, baseURL });
  const { permissions } = client.fineTuning.checkpoints;
  return {
    async list(checkpoint, limit) {
      const read = [];
      for await (const permission of permissions.list(checkpoint, { limit })) read.push(permission);
      return read;
    },
    async revoke(checkpoint, id) {
      return (await permissions.delete(id, { fine_tuned_model_checkpoint: checkpoint })).id;
    },
  };
}
