import { bundleTitles } from './loading/bundles';
import type { LoadResult } from './loading/loads';
import { AT_ONCE, LIST, names, PAGE, REVOKES } from './timing/contests';
import type { TimingRow } from './timing/rows';

/** What was aimed at, beside what came of it. */
export interface Goal {
  readonly title: string;
  readonly atMost: number;
  readonly unit: '× SDK' | 'KB' | 'ms';
  readonly measured: number;
  /** What undici alone takes for the same, page by page: no client over it can do better in the same way. */
  readonly undici?: number;
  /** The least that can be had: what it takes to wait for the server's answers, with all else taking no time. */
  readonly waits?: number;
  /** Of the rounds of a timing, those in which it was met, and all. Tells how much chance there was in it. */
  readonly rounds?: readonly [met: number, all: number];
  readonly met: boolean;
}

interface TimedGoal {
  readonly title: string;
  readonly contest: RegExp;
  readonly latency: number;
  readonly contender: string;
  readonly atMost: number;
  /** How many answers have to be waited for one after the other, whoever it is that asks. */
  readonly inARow: number;
}

const pages = LIST / PAGE;
const revokes = Math.ceil(REVOKES / AT_ONCE);

const timed: readonly TimedGoal[] = [
  { title: 'Iterate list', contest: /^Read/, latency: 0, contender: names.list, atMost: 0.5, inARow: pages },
  { title: 'Revokes', contest: /^Revoke/, latency: 0, contender: names.revoke, atMost: 0.7, inARow: revokes },
  {
    title: 'Revokes',
    contest: /^Revoke/,
    latency: 20,
    contender: names.revoke,
    atMost: 0.7,
    inARow: revokes,
  },
];

const LAZY_BUNDLE_KB = 330;

export function goalsOf(rows: readonly TimingRow[], loads: readonly LoadResult[]): Goal[] {
  const times = timed.map(({ title, contest, latency, contender, atMost, inARow }): Goal => {
    const of = (name: string) =>
      rows.find((row) => contest.test(row.contest) && row.latency === latency && row.contender === name);
    const measured = of(contender)?.ratio ?? Number.NaN;
    const undici = of(names.undici)?.ratio ?? Number.NaN;
    const ratios = of(contender)?.ratios ?? [];
    return {
      title: `${title}, ${latency} ms`,
      atMost,
      unit: '× SDK',
      measured,
      undici,
      waits: (inARow * latency) / (of(names.sdk)?.ms ?? Number.NaN),
      rounds: [ratios.filter((ratio) => ratio <= atMost).length, ratios.length],
      met: measured <= atMost,
    };
  });
  const bytes = loads.find(({ title }) => title === bundleTitles.transport)?.bytes ?? Number.NaN;
  const measured = bytes / 1000;
  const met = measured <= LAZY_BUNDLE_KB;
  return [...times, { title: 'Lazy bundle, minified', atMost: LAZY_BUNDLE_KB, unit: 'KB', measured, met }];
}
