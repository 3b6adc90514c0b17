import { type Growth, mostGrowth } from '../growth/measure';
import type { JournalFigure } from './journal/measure';
import type { LargeResult } from './large/result';
import { type LoadResult, transportTitle } from './loading/loading';
import type { MatrixFigure } from './matrix/measure';
import { median } from './median';
import type { RequestCount } from './requests';
import type { Timing } from './timing/timing';
import { mostOfTool, type ToolFigures } from './tool/measure';

/** How the time of some work grows with its size. */
export interface GrowthResult extends Growth {
  readonly title: string;
  /** What the size counts. */
  readonly of: string;
}

/** The longest block of the extension host, in milliseconds, and the time of twice the size, in times of the size. */
const atMost = { block: 50, growth: mostGrowth };

/** All results of a run of the bench, written as JSON. */
export interface Report {
  readonly versions: Readonly<Record<string, string>>;
  readonly cpus: number;
  /** Load average of the last minute: the higher one of the start and the end. */
  readonly load: number;
  readonly seconds: number;
  readonly timings: readonly Timing[];
  readonly requests: readonly RequestCount[];
  readonly loads: readonly LoadResult[];
  readonly journal: readonly JournalFigure[] | undefined;
  readonly growths: readonly GrowthResult[];
  /** Undefined if VS Code is not available. */
  readonly large: LargeResult | undefined;
  /** The page of a matrix of 200 × 500; undefined if no browser is available. */
  readonly matrix: readonly MatrixFigure[] | undefined;
  /** The Permissions tab with 10,000 rows; undefined if no browser is available. */
  readonly permissions: readonly MatrixFigure[] | undefined;
  /** The packed command-line tool; undefined if it could not be measured. */
  readonly tool: ToolFigures | undefined;
}

/**
 * Unexpected requests. Their counts are exact, so they fail a run. Times do not, apart from the start of the command-line
 * tool, which is compared with that of Node.js in the same run.
 */
export function failuresOf({ timings, requests, tool }: Report): string[] {
  const tooMany = [
    ...timings.map(({ title, requests }) => ({ title, ...requests })),
    ...requests.map(({ title, ours, sdk, checks }) => ({ title, ours, sdk: sdk + checks })),
  ]
    .filter(({ ours, sdk }) => ours > sdk)
    .map(({ title, ours, sdk }) => `Too many requests (${ours}, SDK ${sdk}): ${title}.`);
  return [...tooMany, ...(tool ? failuresOfTool(tool) : ['The command-line tool was not measured.'])];
}

function failuresOfTool({ requests, pages, helpMs, emptyMs, tarball }: ToolFigures): string[] {
  const ratio = helpMs / emptyMs;
  return [
    ...(requests === pages ? [] : [`A plan took ${requests} requests, for ${pages} pages.`]),
    ...(ratio <= mostOfTool.startup ? [] : [`The help takes ${ratio.toFixed(2)} times as long as Node.js.`]),
    ...(tarball <= mostOfTool.tarball ? [] : [`The tool has ${tarball} bytes.`]),
  ];
}

const tenths = (value: number) => Number(value.toFixed(1));
const share = (value: number) => Number(value.toFixed(3));

/** Prints a report. */
export function print(report: Report): void {
  const {
    timings,
    requests,
    loads,
    journal,
    growths,
    large,
    matrix,
    permissions,
    tool,
    versions,
    cpus,
    load,
    seconds,
  } = report;
  const machine = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  console.log(`${machine.join(', ')}; ${cpus} CPUs; ${seconds.toFixed(0)} s`);
  if (load > cpus)
    console.log(`CAUTION: others keep this machine busy (load ${tenths(load)}): times say little.`);
  table(
    'Milliseconds, median of the rounds',
    timings.map(({ title, sdk, ours, ratio }) => [
      title,
      { SDK: tenths(median(sdk)), ours: tenths(median(ours)), '× SDK': share(ratio) },
    ]),
  );
  table(
    'Requests for a task',
    requests.map(({ title, ours, sdk, sdkByDefault, defaultKnowsLess }) => [
      title,
      {
        ours,
        'SDK at its best': sdk,
        'SDK by default': `${sdkByDefault}${defaultKnowsLess ? ', knows less' : ''}`,
      },
    ]),
  );
  table(
    'Loading, minified, in a cold process',
    loads.map(({ title, bytes, load, firstPage }) => [
      title,
      {
        KB: tenths(bytes / 1000),
        ms: tenths(load),
        ...(firstPage && { 'first page, ms': tenths(firstPage) }),
      },
    ]),
  );
  table(
    'The change history on this computer',
    (journal ?? []).map(({ title, ms, block }) => [
      title,
      { ms: tenths(ms), 'longest block, ms': tenths(block) },
    ]),
  );
  table(
    'Growth: time of the processor for a size, and for twice the size',
    growths.map(({ title, of, size, ms, twice, factor }) => [
      title,
      {
        size: `${size.toLocaleString('en')} ${of}`,
        ms: tenths(ms),
        'twice, ms': tenths(twice),
        '×': share(factor),
      },
    ]),
  );
  if (large) {
    const { vscode, checkpoints, steps, megabytes } = large;
    table(
      `${checkpoints} checkpoints, 2,000 projects, 10,000 permissions in VS Code ${vscode}: ${tenths(megabytes)} MB`,
      steps.map(({ title, ms, block, turn, ...counts }) => [
        title,
        {
          ms: tenths(ms),
          'longest block, ms': tenths(block),
          'longest turn, ms of the processor': tenths(turn),
          ...counts,
        },
      ]),
    );
  } else console.log('A large organization was not measured.');
  if (tool)
    table('The command-line tool, packed and installed', [
      ['The help', { ms: tenths(tool.helpMs), '× Node.js': share(tool.helpMs / tool.emptyMs) }],
      [
        'A plan of 200 checkpoints with 50 permissions each',
        { ms: tenths(tool.planMs), requests: tool.requests, pages: tool.pages },
      ],
      ['The tarball', { KB: tenths(tool.tarball / 1000) }],
    ]);
  if (matrix)
    table(
      'The access matrix, 200 × 500, in Chromium without a GPU',
      matrix.map(({ title, value, unit }) => [title, { value: tenths(value), unit }]),
    );
  else console.log('The page of the access matrix was not measured.');
  if (permissions)
    table(
      'The Permissions tab, 10,000 rows, in Chromium without a GPU',
      permissions.map(({ title, value, unit }) => [title, { value: tenths(value), unit }]),
    );
  else console.log('The Permissions tab was not measured.');
  table('Goals', goals(report));
}

/** The goal and the result. The number of rounds that met the goal shows the variance. */
function goals({ timings, loads, journal, growths, large, permissions = [] }: Report): Row[] {
  const bytes = loads.find(({ title }) => title === transportTitle)?.bytes ?? Number.NaN;
  const journalBlocks = journal?.map(({ block }) => block) ?? [];
  const goal = (title: string, atMost: number, measured: number, rounds = ''): Row => [
    title,
    { 'at most': atMost, measured: share(measured), '': measured <= atMost ? 'met' : 'NOT MET', rounds },
  ];
  return [
    ...timings.map(({ title, atMost, ratios, ratio }) => {
      const met = ratios.filter((each) => each <= atMost).length;
      return goal(`${title}, × SDK`, atMost, ratio, `${met} of ${ratios.length}`);
    }),
    goal('Bundle loaded with the first request, KB', 330, bytes / 1000),
    ...(journalBlocks.length > 0
      ? [goal('Longest block, change history on this computer, ms', 50, Math.max(...journalBlocks))]
      : []),
    ...growths.map(({ title, factor }) => goal(`${title}: twice the size, ×`, atMost.growth, factor)),
    // By the processor, as in the unit tests: what other programs do meanwhile is no fault of a step.
    ...(large?.steps ?? []).map(({ title, turn }) => goal(`${title}: longest turn, ms`, atMost.block, turn)),
    ...permissions.flatMap(({ title, value, atMost: most }) =>
      most === undefined ? [] : [goal(`Permissions tab: ${title}`, most, value)],
    ),
  ];
}

type Row = readonly [title: string, cells: Readonly<Record<string, string | number>>];

function table(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  console.table(Object.fromEntries(rows));
}
