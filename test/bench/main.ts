// Run by `run.ts`: prints tables and writes everything as JSON. Builds nothing: dist/ and out/ have to be there.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureDoublings } from '../growth/measure';
import { textWorks, works } from '../growth/works';
import { pieces } from '../host/vscode/pieces';
import { measured } from './child';
import type { JournalFigure } from './journal/measure';
import type { LargeResult } from './large/result';
import { measureLoading } from './loading/loading';
import type { MatrixFigure } from './matrix/measure';
import { failuresOf, type GrowthResult, print, type Report } from './report';
import { countRequests } from './requests';
import { startServer, timeContests } from './timing/timing';
import type { ToolFigures } from './tool/measure';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string', default: join('.vscode-test', 'bench.json') } },
  });
  const say = (text: string) => console.error(`… ${text}`);
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  const load = () => loadavg()[0] ?? 0;
  const loadBefore = load();
  const began = performance.now();
  const server = await startServer();
  say('Loading');
  const loads = await measureLoading(server.baseURL);
  say('Our client and the official SDK');
  const timings = await timeContests(server);
  server.child.end();
  say('Requests for each task');
  const requests = await countRequests();
  say('The change history on this computer');
  const journal = await measured<JournalFigure[]>(join(__dirname, 'journal', 'run.js'));
  say('How time grows with size');
  const growths: GrowthResult[] = [];
  for (const { title, of, from, prepare } of [...works, ...textWorks]) {
    const steps = await measureDoublings(prepare, from);
    growths.push({ title, of, ...(steps.at(-1) ?? steps[0]) });
  }
  say('A large organization in the extension host');
  const large = await measured<LargeResult>(join(__dirname, 'large', 'run.js'));
  say('The page of the access matrix');
  const matrix = await measured<MatrixFigure[]>(join(__dirname, 'matrix', 'run.js'));
  say('The Permissions tab');
  const permissions = await measured<MatrixFigure[]>(join(__dirname, 'permissions', 'run.js'));
  say('The command-line tool');
  const tool = await measured<ToolFigures>(join(__dirname, 'tool', 'run.js'));
  const report: Report = {
    versions: { node: process.versions.node, sdk: pieces.sdk.spec, undici: dependencies.undici },
    cpus: cpus().length,
    load: Math.max(loadBefore, load()),
    seconds: (performance.now() - began) / 1000,
    timings,
    requests,
    loads,
    journal,
    growths,
    large,
    matrix,
    permissions,
    tool,
  };
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  print(report);
  const failures = failuresOf(report);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
