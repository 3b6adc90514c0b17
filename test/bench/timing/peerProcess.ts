// `peerProcess.js ours` or `peerProcess.js sdk`: a client that does the timed work, as in its documentation. In its own
// process, because importing undici changes the dispatcher of the global fetch, and so the speed of the SDK. Each client
// collects only its own garbage, which is part of its cost.
import { createHash } from 'node:crypto';
import type { Permission } from '../../../src/openai';
import { checkpoint, concurrency, type Delivery, idOf, type Order, pageSize, revokeCount } from './work';

/** The methods that both clients have. */
interface Permissions {
  list(id: string, query: { limit: number }): AsyncIterable<Permission>;
  delete(id: string, params: { fine_tuned_model_checkpoint: string }): PromiseLike<{ readonly id: string }>;
}

async function open(baseURL: string): Promise<Permissions> {
  const options = { adminAPIKey: 'test-admin-key', baseURL };
  if (process.argv[2] === 'ours') {
    const { OpenAIAdmin } = await import('../../../src/openai/index.js');
    return new OpenAIAdmin(options).fineTuning.checkpoints.permissions;
  }
  const { officialSDK } = await import('../../host/vscode/sdk.js');
  const { OpenAI } = await officialSDK();
  return new OpenAI({ ...options, apiKey: 'unused' }).fineTuning.checkpoints.permissions;
}

/** Resolves to the result, one line for each permission, outside the timed part. */
async function perform(permissions: Permissions, work: Order['work']): Promise<() => readonly string[]> {
  if (work === 'list') {
    const read: Permission[] = [];
    for await (const permission of permissions.list(checkpoint, { limit: pageSize })) read.push(permission);
    return () => read.map((each) => [each.id, each.object, each.created_at, each.project_id].join(' '));
  }
  const left = Array.from({ length: revokeCount }, (_, index) => idOf('cp', index));
  const revoked: string[] = [];
  const revokeInTurn = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop())
      revoked.push((await permissions.delete(id, { fine_tuned_model_checkpoint: checkpoint })).id);
  };
  await Promise.all(Array.from({ length: concurrency }, revokeInTurn));
  return () => revoked.sort();
}

let permissions: Permissions | undefined;

async function deliver({ baseURL, work }: Order): Promise<Delivery> {
  permissions ??= await open(baseURL);
  const began = performance.now();
  const lines = await perform(permissions, work);
  const ms = performance.now() - began;
  return { ms, digest: createHash('sha256').update(lines().join('\n')).digest('hex') };
}

process.on('message', (order: Order) => {
  deliver(order).then(
    (delivery) => process.send?.(delivery),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
