import { bundleTitles } from './loading/bundles';
import type { LoadResult } from './loading/loads';
import { names } from './timing/contests';
import type { TimingRow } from './timing/rows';

/** What was aimed at, beside what came of it. */
export interface Goal {
  readonly title: string;
  readonly atMost: number;
  readonly unit: '× SDK' | 'KB';
  readonly measured: number;
  readonly met: boolean;
}

interface TimedGoal {
  readonly title: string;
  readonly contest: RegExp;
  readonly latency: number;
  readonly contender: string;
  readonly atMost: number;
}

const timed: readonly TimedGoal[] = [
  { title: 'Iterate list', contest: /^Read/, latency: 0, contender: names.list, atMost: 0.5 },
  { title: 'all, first time', contest: /^Read/, latency: 0, contender: names.all, atMost: 0.4 },
  { title: 'all, first time', contest: /^Read/, latency: 20, contender: names.all, atMost: 0.5 },
  { title: 'all, again', contest: /^Read/, latency: 20, contender: names.allAgain, atMost: 0.15 },
  { title: 'Revokes', contest: /^Revoke/, latency: 0, contender: names.revoke, atMost: 0.7 },
  { title: 'Revokes', contest: /^Revoke/, latency: 20, contender: names.revoke, atMost: 0.7 },
];

const LAZY_BUNDLE_KB = 330;

export function goalsOf(rows: readonly TimingRow[], loads: readonly LoadResult[]): Goal[] {
  const times = timed.map(({ title, contest, latency, contender, atMost }): Goal => {
    const row = rows.find(
      (each) => contest.test(each.contest) && each.latency === latency && each.contender === contender,
    );
    return goal(`${title}, ${latency} ms`, '× SDK', atMost, row?.ratio ?? Number.NaN);
  });
  const lazy = loads.find(({ title }) => title === bundleTitles.transport);
  return [...times, goal('Lazy bundle, minified', 'KB', LAZY_BUNDLE_KB, (lazy?.bytes ?? Number.NaN) / 1000)];
}

function goal(title: string, unit: Goal['unit'], atMost: number, measured: number): Goal {
  return { title, atMost, unit, measured, met: measured <= atMost };
}
