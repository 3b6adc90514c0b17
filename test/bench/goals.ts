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
  /** What undici alone takes for the same, page by page: no client over it can do better in the same way. */
  readonly undici?: number;
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
    const of = (name: string) =>
      rows.find((row) => contest.test(row.contest) && row.latency === latency && row.contender === name)
        ?.ratio ?? Number.NaN;
    const measured = of(contender);
    const undici = of(names.undici);
    return {
      title: `${title}, ${latency} ms`,
      atMost,
      unit: '× SDK',
      measured,
      undici,
      met: measured <= atMost,
    };
  });
  const bytes = loads.find(({ title }) => title === bundleTitles.transport)?.bytes ?? Number.NaN;
  const measured = bytes / 1000;
  const met = measured <= LAZY_BUNDLE_KB;
  return [...times, { title: 'Lazy bundle, minified', atMost: LAZY_BUNDLE_KB, unit: 'KB', measured, met }];
}
