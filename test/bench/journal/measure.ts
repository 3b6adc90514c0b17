import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { mergeChanges } from '../../../src/access/evidence/history/merge';
import { Origins } from '../../../src/access/evidence/history/origins';
import { ownChanges } from '../../../src/access/evidence/history/ownChanges';
import { FileStorage } from '../../../src/access/journal/fileStorage';
import { Journal } from '../../../src/access/journal/journal';
import type { PlanWriter } from '../../../src/access/journal/planWriter';
import { planGrants } from '../../../src/access/plan/plan';
import { atOnce } from '../../../src/access/slices';

/** Cost of one thing that is done with the change history on this computer. */
export interface JournalFigure {
  readonly title: string;
  readonly ms: number;
  /** Longest block of the event loop, in milliseconds. */
  readonly block: number;
}

const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:bench:Bb1Ee2Nn';
const projects = (count: number) => Array.from({ length: count }, (_, index) => `proj_${index}`);
const details = { profile: 'bench', organization: 'Bench', names: {} };

/** Measures a folder with many records of an earlier version, and one record of a large plan. */
export async function measureJournal(records: number, steps: number): Promise<JournalFigure[]> {
  const folder = join(await mkdtemp(join(tmpdir(), 'bench-')), 'journal');
  await mkdir(folder);
  const figures: JournalFigure[] = [];
  const measure = async <T>(title: string, act: () => Promise<T>): Promise<T> => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    // What is measured right after it begins is missed.
    await pause(100);
    delay.enable();
    await pause(20);
    delay.reset();
    const began = performance.now();
    const result = await act();
    const ms = performance.now() - began;
    await pause(50);
    delay.disable();
    figures.push({ title, ms, block: delay.max / 1e6 });
    return result;
  };
  try {
    for (let index = 0; index < records; index += 1)
      await writeFile(join(folder, nameOf(index)), textOf(index));
    const journal = new Journal(new FileStorage(folder));
    const small = planGrants([checkpoint], ['proj_a']);
    const [count, many] = [records.toLocaleString('en'), steps.toLocaleString('en')];
    const first = await measure(`A new plan beside ${count} recorded ones`, () =>
      journal.begin({ ...details, plan: small }),
    );
    await first.end('applied');
    await measure(`Read ${count} recorded plans`, () => journal.read('bench'));
    await measure(`Find interrupted ones among ${count}`, () => journal.open('bench'));
    await rm(folder, { recursive: true });

    const plan = planGrants([checkpoint], projects(steps));
    const another = new Journal(new FileStorage(folder));
    await measure(`Record a plan of ${many} changes`, async () => {
      const entry = await another.begin({ ...details, plan });
      await apply(entry, plan.steps);
    });
    const { accounts } = await measure(`Read a plan of ${many} changes`, () => another.read('bench'));
    await measure(`Join ${many} changes with the audit log`, async () =>
      atOnce(mergeChanges([], atOnce(ownChanges(accounts, undefined)), new Origins())),
    );
    return figures;
  } finally {
    await rm(join(folder, '..'), { recursive: true, force: true });
  }
}

async function apply(entry: PlanWriter, steps: Parameters<PlanWriter['sending']>[0]): Promise<void> {
  await entry.sending(steps);
  await entry.answered(steps, { kind: 'accepted' });
  await entry.judged(steps.map((step) => ({ step, result: 'done', by: 'us' })));
  await entry.end('applied');
}

const start = Date.UTC(2026, 0, 1);

function nameOf(index: number): string {
  const time = new Date(start + index * 1000).toISOString().replaceAll(/[-:.]/g, '');
  return `${time}-${index.toString(16).padStart(8, '0')}.1.jsonl`;
}

function textOf(index: number): string {
  const { steps } = planGrants([checkpoint], ['proj_a', 'proj_b']);
  const session = { id: 'before', pid: 1 };
  return [
    {
      v: 1,
      kind: 'begun',
      ...details,
      title: 'Grant',
      by: 'bench',
      at: start + index * 1000,
      session,
      steps,
    },
    { kind: 'sending', at: start, steps: [0, 1] },
    { kind: 'answered', at: start, steps: [0, 1], answer: 'accepted' },
    { kind: 'ended', at: start, how: 'applied' },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}
