import type { Goal } from '../goals';
import { largeInWords } from '../large/inWords';
import type { LoadResult } from '../loading/loads';
import type { MatrixFigure } from '../matrix/measure';
import type { RequestCount } from '../requests/count';
import type { TimingRow } from '../timing/rows';
import type { Report } from './report';
import { table } from './table';

const rounded = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const share = (value: number) => value.toFixed(2);
/** Finely enough that what was just not met does not look as if it were. */
const fineShare = (value: number) => value.toFixed(3);
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);

/** A report for people to read. */
export function inWords({
  timings,
  requests,
  loads,
  large,
  matrix,
  goals,
  failures,
  versions,
  cpus,
  load,
  seconds,
}: Report): string {
  const machine = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.join(', ')}; ${cpus} CPUs; ${seconds.toFixed(0)} s`,
    ...(load > cpus ? [busyMachine(load, cpus)] : []),
    timingTable(timings),
    requestTable(requests),
    loadTable(loads),
    large ? largeInWords(large) : 'A large organization was not measured.',
    matrix ? matrixTable(matrix) : 'The page of the access matrix was not measured.',
    goalTable(goals),
    failures.map((failure) => `FAILED: ${failure}`).join('\n') || 'Same answers, and no request too many.',
  ].join('\n\n');
}

function busyMachine(load: number, cpus: number): string {
  return `CAUTION: others kept this machine busy (load ${load.toFixed(1)} on ${cpus} CPUs). The times say little.`;
}

function timingTable(rows: readonly TimingRow[]): string {
  return table(
    ['Time (median of the rounds)', 'server', '', 'ms', 'items/s', 'requests', '× SDK'],
    rows.map(({ contest, latency, contender, ms, itemsPerSecond, requests, ratio }, index) => {
      const isFirst = rows[index - 1]?.contest !== contest || rows[index - 1]?.latency !== latency;
      const what = isFirst ? [contest, `${latency} ms`] : ['', ''];
      const isAlone = rows.filter((row) => row.contest === contest && row.latency === latency).length === 1;
      return [...what, contender, rounded(ms), itemsPerSecond, requests, isAlone ? '' : share(ratio)];
    }),
  );
}

function requestTable(counts: readonly RequestCount[]): string {
  const counted = table(
    ['Requests for a task', 'ours', 'SDK at its best', 'SDK by default'],
    counts.map(({ title, ours, sdk, sdkByDefault, defaultKnowsLess }) => {
      return [title, ours, sdk, `${sdkByDefault}${defaultKnowsLess ? '*' : ''}`];
    }),
  );
  return `${counted}\n* and has ten permissions then instead of a hundred`;
}

function loadTable(loads: readonly LoadResult[]): string {
  return table(
    ['Loading, minified, in a cold process', 'KB', 'ms', 'first page, ms'],
    loads.map(({ title, bytes, load, firstPage }) => [
      title,
      kilobytes(bytes),
      rounded(load),
      firstPage === undefined ? '' : rounded(firstPage),
    ]),
  );
}

function matrixTable(figures: readonly MatrixFigure[]): string {
  return table(
    ['The access matrix, 200 × 500, in Chromium without a GPU', '', ''],
    figures.map(({ title, value, unit }) => [title, rounded(value), unit]),
  );
}

function goalTable(goals: readonly Goal[]): string {
  return table(
    ['Goal', 'at most', 'measured', 'bare undici', 'waiting alone', '', 'in rounds'],
    goals.map(({ title, atMost, unit, measured, undici, waits, rounds, met }) => [
      title,
      `${atMost} ${unit}`,
      unit !== '× SDK' ? measured.toFixed(1) : fineShare(measured),
      undici === undefined ? '' : fineShare(undici),
      waits ? fineShare(waits) : '',
      met ? 'met' : waits !== undefined && waits > atMost ? 'NOT MET, nor can it be' : 'NOT MET',
      rounds ? `${rounds[0]} of ${rounds[1]}` : '',
    ]),
  );
}
