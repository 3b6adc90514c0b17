import type { Goal } from '../goals';
import { table } from '../report/table';
import type { LargeResult } from './result';

/** So long the extension host may be kept from everything else, in milliseconds. */
const LONGEST_BLOCK = 50;

const tenths = (value: number) => value.toFixed(1);

/** For people to read. */
export function largeInWords({ vscode, checkpoints, steps, megabytes }: LargeResult): string {
  const rows = steps.map(({ title, ms, block, rows = '', requests = '' }) => [
    title,
    tenths(ms),
    tenths(block),
    rows,
    requests,
  ]);
  return [
    table(
      [
        `${checkpoints} checkpoints, 2,000 projects, 10,000 permissions`,
        'ms',
        'longest block, ms',
        'rows',
        'requests',
      ],
      rows,
    ),
    `In the extension host of VS Code ${vscode}, its own drawing included; all of it read takes ${tenths(megabytes)} MB.`,
  ].join('\n');
}

/** The goal that nothing may block for long, by what blocked longest. */
export function largeGoals({ steps }: LargeResult): Goal[] {
  const [longest] = [...steps].sort((one, other) => other.block - one.block);
  if (!longest) return [];
  return [
    {
      title: `Longest block, large organization (${longest.title})`,
      atMost: LONGEST_BLOCK,
      unit: 'ms',
      measured: longest.block,
      met: longest.block <= LONGEST_BLOCK,
    },
  ];
}
