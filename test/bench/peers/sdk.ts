import { OpenAI } from 'openai';
import { adminAPIKey, type Peer } from './peer';

/** The official SDK as it comes. */
export function sdk(baseURL: string): Peer {
  const client = new OpenAI({ adminAPIKey, apiKey: 'unused', baseURL });
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
