import { createHash } from 'node:crypto';
import { perform, type Work } from '../timing/work';
import type { Peer, PeerName } from './peer';

/** A piece of work, and where. */
export interface Order {
  readonly baseURL: string;
  readonly work: Work;
}

/** How long it took, and what came of it. */
export interface Delivery {
  readonly ms: number;
  readonly items: number;
  /** Digest of everything that came of it. */
  readonly digest: string;
}

/**
 * A peer in a process of its own: importing undici changes which dispatcher the process's own fetch uses, and so how
 * fast the SDK is; and nobody shall collect somebody else's garbage. One's own is part of what one costs.
 */
async function open(name: PeerName): Promise<(baseURL: string) => Peer> {
  if (name === 'ours') return (await import('./ours.js')).ours;
  if (name === 'sdk') return (await import('./sdk.js')).sdk;
  return (await import('./undici.js')).undici;
}

const opened = open(process.argv[2] as PeerName);
const peers = new Map<string, Peer>();

async function deliver({ baseURL, work }: Order): Promise<Delivery> {
  const peer = peers.get(baseURL) ?? (await opened)(baseURL);
  peers.set(baseURL, peer);
  const began = performance.now();
  const lines = await perform(peer, work);
  const ms = performance.now() - began;
  const written = lines();
  return { ms, items: written.length, digest: createHash('sha256').update(written.join('\n')).digest('hex') };
}

process.on('message', (order: Order) => {
  deliver(order).then(
    (delivery) => process.send?.(delivery),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
