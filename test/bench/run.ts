import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { goalsOf } from './goals';
import { largeGoals } from './large/inWords';
import { measureLarge } from './large/measure';
import { buildBundles } from './loading/bundles';
import { coldLoads, type LoadResult } from './loading/loads';
import { matrixFigures } from './matrix/process';
import { Peers } from './peers/process';
import { inWords } from './report/print';
import { failuresOf, type Report } from './report/report';
import { countRequests } from './requests/count';
import { tasks } from './requests/tasks';
import { Server } from './server/process';
import { hold } from './timing/contest';
import { checkpointOf, contests, LIST } from './timing/contests';
import { rowsOf, type TimingRow } from './timing/rows';

const COLD_PROCESSES = 11;

/** As the project pins them. */
async function versions(): Promise<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  return { node: process.versions.node, openai: devDependencies.openai, undici: dependencies.undici };
}

async function loading(server: Server): Promise<LoadResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const bundles = await buildBundles(folder);
    return await coldLoads(bundles, COLD_PROCESSES, server.baseURL(0), checkpointOf(LIST));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function timing(server: Server, say: (text: string) => void): Promise<TimingRow[]> {
  const peers = new Peers();
  const rows: TimingRow[] = [];
  try {
    for (const contest of contests) {
      say(`${contest.title}, server ${contest.latency} ms`);
      rows.push(...rowsOf(await hold(contest, server, peers)));
    }
  } finally {
    peers.end();
  }
  return rows;
}

/** `node out/test/bench/run.js [--json FILE]`: prints tables and writes everything as JSON. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string', default: join('.vscode-test', 'bench.json') } },
  });
  const say = (text: string) => console.error(`… ${text}`);
  const load = () => loadavg()[0] ?? 0;
  const loadBefore = load();
  const began = performance.now();
  const server = new Server();
  try {
    await server.start();
    say('Loading');
    const loads = await loading(server);
    const timings = await timing(server, say);
    say('Requests for each task');
    const requests = [];
    for (const task of tasks) requests.push(await countRequests(task));
    say('A large organization in the extension host');
    const large = await measureLarge().catch((error: unknown) => void console.error(error));
    say('The page of the access matrix');
    const matrix = await matrixFigures().catch((error: unknown) => void console.error(error));
    const report: Report = {
      versions: await versions(),
      cpus: cpus().length,
      load: Math.max(loadBefore, load()),
      seconds: (performance.now() - began) / 1000,
      timings,
      requests,
      loads,
      ...(large && { large }),
      ...(matrix && { matrix }),
      goals: [...goalsOf(timings, loads), ...(large ? largeGoals(large) : [])],
      failures: failuresOf(timings, requests),
    };
    await mkdir(dirname(values.json), { recursive: true });
    await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
    console.log(`\n${inWords(report)}`);
    if (report.failures.length) process.exitCode = 1;
  } finally {
    server.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
