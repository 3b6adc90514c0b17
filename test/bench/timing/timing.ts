import { join } from 'node:path';
import { Child } from '../child';
import { median } from '../median';
import {
  concurrency,
  type Delivery,
  listSize,
  type Order,
  type PeerName,
  pageSize,
  revokeCount,
  type Seen,
} from './work';

/** The same work by both clients, alternately on the same server, so that the load of the machine affects both. */
const contests = [
  {
    title: `Read ${listSize.toLocaleString('en')} permissions, ${pageSize} a page`,
    work: 'list',
    rounds: 31,
    /** Rounds before the first that counts. */
    warmUps: 10,
    /** Goal, as a share of the SDK's time. The API may allow 7 requests a minute, so not to be slower is enough. */
    atMost: 1,
  },
  {
    title: `Revoke ${revokeCount.toLocaleString('en')} permissions, ${concurrency} at a time`,
    work: 'revoke',
    rounds: 7,
    warmUps: 2,
    atMost: 0.7,
  },
] as const;

/** Result of a contest. Times are milliseconds, one for each round. */
export interface Timing {
  readonly title: string;
  readonly atMost: number;
  readonly sdk: readonly number[];
  readonly ours: readonly number[];
  /** Our time as a share of the SDK's, for each round. */
  readonly ratios: readonly number[];
  /** Median of the shares. */
  readonly ratio: number;
  /** Maximum number of requests of a round, counted by the server. */
  readonly requests: Readonly<Record<PeerName, number>>;
}

/** A server with the list that is timed: its base URL, and the process. */
export interface TimingServer {
  readonly baseURL: string;
  readonly child: Child<object, Seen>;
}

export async function startServer(): Promise<TimingServer> {
  const child = new Child<object, Seen>(join(__dirname, 'serverProcess.js'));
  return { baseURL: await child.hear<string>(), child };
}

export async function timeContests(server: TimingServer): Promise<Timing[]> {
  const peer = (name: PeerName) => new Child<Order, Delivery>(join(__dirname, 'peerProcess.js'), name);
  const peers = { sdk: peer('sdk'), ours: peer('ours') };
  try {
    const timings: Timing[] = [];
    for (const contest of contests) timings.push(await hold(contest, server, peers));
    return timings;
  } finally {
    for (const child of Object.values(peers)) child.end();
  }
}

/** Runs all rounds of a contest. @throws Error if the results differ, because their times mean nothing then. */
async function hold(
  { title, work, rounds, warmUps, atMost }: (typeof contests)[number],
  { baseURL, child: server }: TimingServer,
  peers: Readonly<Record<PeerName, Child<Order, Delivery>>>,
): Promise<Timing> {
  const times: Record<PeerName, number[]> = { sdk: [], ours: [] };
  const most: Record<PeerName, number> = { sdk: 0, ours: 0 };
  for (let round = -warmUps; round < rounds; round += 1) {
    const digests = new Set<string>();
    // The order alternates, so that neither client always comes second.
    for (const name of round % 2 === 0 ? (['sdk', 'ours'] as const) : (['ours', 'sdk'] as const)) {
      await server.ask({});
      const { ms, digest } = await peers[name].ask({ baseURL, work });
      const { requests, deleted } = await server.ask({});
      if (work === 'revoke' && deleted !== revokeCount)
        throw new Error(`${deleted} of ${revokeCount} permissions were deleted.`);
      digests.add(digest);
      most[name] = Math.max(most[name], requests);
      if (round >= 0) times[name].push(ms);
    }
    if (digests.size !== 1) throw new Error(`Answers differ: ${title}, round ${round}.`);
  }
  const ratios = times.ours.map((ms, round) => ms / (times.sdk[round] ?? Number.NaN));
  return { title, atMost, ...times, ratios, ratio: median(ratios), requests: most };
}
