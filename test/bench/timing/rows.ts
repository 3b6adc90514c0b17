import { median } from '../median';
import type { Contender, ContestResult, Turn } from './contest';

/** What a contender came to in a contest. */
export interface TimingRow {
  readonly contest: string;
  /** Milliseconds. */
  readonly latency: number;
  readonly contender: string;
  /** Median of the rounds, in milliseconds. */
  readonly ms: number;
  readonly rounds: readonly number[];
  readonly itemsPerSecond: number;
  readonly requests: number;
  /** Of each round: the time as a share of the first contender's in the same round. */
  readonly ratios: readonly number[];
  /** The median of them. */
  readonly ratio: number;
}

export function rowsOf({ contest, turns }: ContestResult): TimingRow[] {
  const [baseline] = contest.contenders;
  const ofBaseline = (baseline && turns.get(baseline)) ?? [];
  // In the order of the contest, not in that in which they had their turn.
  return contest.contenders.map((contender) => row(contender, turns.get(contender) ?? []));

  function row({ title }: Contender, own: readonly Turn[]): TimingRow {
    const ms = median(own.map((turn) => turn.ms));
    const ratios = own.map((turn, round) => turn.ms / (ofBaseline[round]?.ms ?? Number.NaN));
    return {
      contest: contest.title,
      latency: contest.latency,
      contender: title,
      ms,
      rounds: own.map((turn) => turn.ms),
      itemsPerSecond: Math.round((own[0]?.items ?? 0) / (ms / 1000)),
      requests: Math.max(...own.map((turn) => turn.requests)),
      ratios,
      ratio: median(ratios),
    };
  }
}
