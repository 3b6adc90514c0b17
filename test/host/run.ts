// `node out/test/host/run.js [--oldest] [--grep pattern] [--limit seconds]`: runs the host tests in the extension host
// of a real VS Code. Needs dist/ and out/, which it doesn't build.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import {
  phasesFolder,
  type Report,
  type Restarts,
  type Selection,
  selectionVariable,
  startsOf,
} from './selection';
import { originalPositions } from './stacks';
import { startSurvivor } from './survivor';
import { launchChromium } from './vscode/chromium';
import { Explained } from './vscode/explained';
import { launch } from './vscode/launch';
import { failuresFolder, projectRoot } from './vscode/paths';
import { type Run, runCommand } from './vscode/run';
import { say, secondsSince } from './vscode/say';
import { obtainServer, type Server } from './vscode/server';
import { runTestWindow } from './vscode/testWindow';

const { values: asked } = parseArgs({
  options: {
    oldest: { type: 'boolean', default: false },
    grep: { type: 'string' },
    limit: { type: 'string', default: '600' },
  },
});

/** Tests that share stored data: VS Code is restarted for each element, on the same data. */
interface Suite {
  name: string;
  phases: string[][];
}

/**
 * All `*.test.js` below this folder are one suite with one phase. A folder `phases/<name>/` is a suite with a phase for
 * each test file (`1-….test.js`, `2-….test.js`). Each phase has a new server, extension host and window. Phases share
 * the data folder, the port and the browser's profile. A file with several starts (see `startsOf`) is several phases,
 * with an organization that outlives them.
 */
async function suites(): Promise<Suite[]> {
  const files = (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => file.split(/[\\/]/));
  const inPhases = files.filter(([folder]) => folder === phasesFolder);
  const path = (parts: string[]) => join(__dirname, ...parts);
  const names = [...new Set(inPhases.map(([, name]) => String(name)))];
  return [
    { name: 'host', phases: [files.filter((file) => !inPhases.includes(file)).map(path)] },
    ...names.map((name) => ({
      name,
      phases: inPhases
        .filter((file) => file[1] === name)
        .flatMap((file) => Array<string[]>(startsOf(path(file))).fill([path(file)])),
    })),
  ].filter(({ phases }) => phases.some((files) => files.length > 0));
}

async function main(run: Run): Promise<number> {
  if (!existsSync(join(projectRoot, 'dist/extension.js')))
    throw new Explained('There is no dist/extension.js: build the extension first (npm run build).');
  const start = performance.now();
  const server = await obtainServer(asked.oldest ? 'oldest' : 'current');
  const browser = await launchChromium(run);
  say(`Host tests in VS Code ${server.version}`);
  await rm(failuresFolder('host'), { recursive: true, force: true });
  await mkdir(join(run.folder, 'workspace'));

  const total: Report = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of await suites()) {
    // Each context is a new browser profile.
    const context = await browser.newContext();
    for await (const report of runPhases(suite, { run, server, context })) {
      total.passed += report.passed;
      total.failed += report.failed;
      total.skipped += report.skipped;
    }
    await context.close();
  }
  const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
  console.log(
    `Host tests in VS Code ${server.version}: ${total.passed} passed, ${total.failed} failed${skipped} (${secondsSince(start)})`,
  );
  if (total.passed + total.failed === 0) throw new Explained('No host test was run.');
  return total.failed > 0 ? 1 : 0;
}

/** Runs the phases of a suite in sequence, each in a new VS Code on the same data, port and profile. */
async function* runPhases(
  { name, phases }: Suite,
  { run, server, context }: { run: Run; server: Server; context: BrowserContext },
): AsyncGenerator<Report> {
  let port: number | undefined;
  const survivor = startsOf(phases[0]?.[0] ?? '') > 1 ? await startSurvivor() : undefined;
  if (survivor) run.atEnd(() => survivor.stop());
  for (const [index, files] of phases.entries()) {
    const restarts = survivor && {
      baseURL: survivor.baseURL,
      control: survivor.control,
      start: index + 1,
      starts: phases.length,
      lastWords: join(run.folder, `${name}-${index + 1}`),
    };
    const selection: Selection = {
      files,
      ...(restarts && { restarts }),
      ...(asked.grep && { grep: asked.grep }),
      linePrefix: '│',
      colors: process.stdout.isTTY === true,
    };
    const env = { [selectionVariable]: JSON.stringify(selection) };
    const running = await launch({ server, run, data: name, testDriver: true, env, ...(port && { port }) });
    port = running.port;
    const log: string[] = [];
    try {
      yield await runTestWindow({
        server: running,
        context,
        extension: projectRoot,
        workspace: join(run.folder, 'workspace'),
        module: join(__dirname, 'index.js'),
        keepsState: index < phases.length - 1,
        linePrefix: selection.linePrefix,
        limit: Number(asked.limit) * 1000,
        print: (line) => console.log(originalPositions(line)),
        log: (line) => log.push(line),
      });
    } catch (error) {
      const report = restarts && (await lastWordsOf(restarts));
      if (report) {
        yield report;
        await running.stop();
        continue;
      }
      const title = phases.length > 1 ? `${name}, start ${index + 1}` : name;
      const file = await keep(title, [...log, '', 'The server printed:', running.output()]);
      console.error(`${title}: ${(error as Error).message} The workbench's log is in ${file}`);
      yield { passed: 0, failed: 1, skipped: 0 };
    }
    await running.stop();
  }
}

/** The report of tests that ended their own extension host; undefined when they wrote none. */
async function lastWordsOf({ lastWords }: Restarts): Promise<Report | undefined> {
  const written = await readFile(lastWords, 'utf8').catch(() => undefined);
  return written === undefined ? undefined : JSON.parse(written);
}

async function keep(name: string, lines: string[]): Promise<string> {
  await mkdir(failuresFolder('host'), { recursive: true });
  const file = join(failuresFolder('host'), `${name.replaceAll(/\W+/g, '-')}.log`);
  await writeFile(file, lines.join('\n'));
  return file;
}

void runCommand(main);
