import type { Delivery } from '../peers/main';
import type { PeerName } from '../peers/peer';
import type { Peers } from '../peers/process';
import type { Server } from '../server/process';
import type { Work } from './work';

/** One way to do the work of a contest. */
export interface Contender {
  readonly title: string;
  readonly peer: PeerName;
  readonly work: Work;
}

/** The same work done by several, turn by turn on the same server, so that what slows the machine slows them all. */
export interface Contest {
  readonly title: string;
  /** Of the server's answers, in milliseconds. */
  readonly latency: number;
  readonly rounds: number;
  /** Rounds before the first that counts. */
  readonly warmUps: number;
  /** Each turn is the first thing that its process does. */
  readonly inNewProcesses?: boolean;
  /** The first of them is what the others are compared with. */
  readonly contenders: readonly Contender[];
}

/** One turn of one contender. */
export interface Turn {
  readonly ms: number;
  readonly items: number;
  /** Requests that the server counted. */
  readonly requests: number;
}

export interface ContestResult {
  readonly contest: Contest;
  /** Of each contender, one turn for each round. */
  readonly turns: ReadonlyMap<Contender, readonly Turn[]>;
}

/** Two contenders came to different results: then their times mean nothing. */
export class DifferentAnswers extends Error {}

/** Runs all rounds of a contest. @throws DifferentAnswers */
export async function hold(contest: Contest, server: Server, peers: Peers): Promise<ContestResult> {
  const turns = new Map<Contender, Turn[]>();
  for (let round = -contest.warmUps; round < contest.rounds; round += 1) {
    const digests = new Set<string>();
    for (const contender of inTurn(contest.contenders, round + contest.warmUps)) {
      if (contest.inNewProcesses) peers.end();
      const { delivery, requests } = await turn(contender, contest.latency, server, peers);
      digests.add(delivery.digest);
      if (round < 0) continue;
      const before = turns.get(contender) ?? [];
      turns.set(contender, [...before, { ms: delivery.ms, items: delivery.items, requests }]);
    }
    if (digests.size !== 1)
      throw new DifferentAnswers(`Answers differ: ${contest.title}, ${contest.latency} ms, round ${round}.`);
  }
  return { contest, turns };
}

/** The contender that began a round is last in the next, so that none always follows the same one. */
function inTurn(contenders: Contest['contenders'], round: number): Contender[] {
  const first = round % contenders.length;
  return [...contenders.slice(first), ...contenders.slice(0, first)];
}

async function turn(
  { peer, work }: Contender,
  latency: number,
  server: Server,
  peers: Peers,
): Promise<{ delivery: Delivery; requests: number }> {
  await server.seen();
  const delivery = await peers.order(peer, { baseURL: server.baseURL(latency), work });
  const { requests, deleted } = await server.seen();
  if (work.do === 'revoke' && new Set(deleted).size !== work.ids.length)
    throw new DifferentAnswers(`${deleted.length} of ${work.ids.length} permissions were deleted.`);
  return { delivery, requests };
}
