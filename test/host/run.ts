// `node out/test/host/run.js [--oldest] [--grep pattern] [--shuffle | --seed number] [--limit seconds] [file.test.js …]`:
// runs the host tests in the extension host of a real VS Code. Needs dist/ and out/, which it doesn't build.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { type Report, type Selection, selectionVariable, shuffled, startsOf } from './selection';
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

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    oldest: { type: 'boolean', default: false },
    grep: { type: 'string' },
    shuffle: { type: 'boolean', default: false },
    seed: { type: 'string' },
    limit: { type: 'string', default: '900' },
  },
});

/** The files to run: the given ones, or all. */
async function testFiles(): Promise<string[]> {
  if (positionals.length > 0) return positionals.map((file) => resolve(file));
  const files = await readdir(__dirname, { recursive: true });
  return files
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => join(__dirname, file));
}

/** The seed of the order of files, when they are shuffled. */
function seedAsked(): number | undefined {
  if (asked.seed !== undefined) return Number(asked.seed);
  return asked.shuffle ? randomInt(1_000_000) : undefined;
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

  const seed = seedAsked();
  if (seed !== undefined) say(`Shuffled: --seed ${seed} repeats this order`);
  const total: Report = { passed: 0, failed: 0, skipped: 0 };
  const starts = startsOf(
    await testFiles(),
    seed === undefined ? undefined : (files) => shuffled(files, seed),
  );
  for await (const report of runStarts(starts, { run, server, browser })) {
    total.passed += report.passed;
    total.failed += report.failed;
    total.skipped += report.skipped;
  }
  const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
  console.log(
    `Host tests in VS Code ${server.version}: ${total.passed} passed, ${total.failed} failed${skipped} (${secondsSince(start)})`,
  );
  if (total.passed + total.failed === 0) throw new Explained('No host test was run.');
  return total.failed > 0 ? 1 : 0;
}

/** Starts VS Code once for each element, on the same data, port and browser profile. */
async function* runStarts(
  starts: readonly string[][][],
  { run, server, browser }: { run: Run; server: Server; browser: Browser },
): AsyncGenerator<Report> {
  let port: number | undefined;
  // Each context is a new browser profile.
  const context = await browser.newContext();
  const survivor = await startSurvivor();
  run.atEnd(() => survivor.stop());
  for (const [index, groups] of starts.entries()) {
    const lastWords = join(run.folder, `start-${index + 1}`);
    const selection: Selection = {
      groups,
      ending: { baseURL: survivor.baseURL, control: survivor.control, lastWords },
      ...(asked.grep && { grep: asked.grep }),
      linePrefix: '│',
      colors: process.stdout.isTTY === true,
    };
    const env = { [selectionVariable]: JSON.stringify(selection) };
    const running = await launch({ server, run, testDriver: true, env, ...(port && { port }) });
    port = running.port;
    const log: string[] = [];
    try {
      yield await runTestWindow({
        server: running,
        context,
        extension: projectRoot,
        workspace: join(run.folder, 'workspace'),
        module: join(__dirname, 'index.js'),
        keepsState: index < starts.length - 1,
        linePrefix: selection.linePrefix,
        limit: Number(asked.limit) * 1000,
        print: (line) => console.log(originalPositions(line)),
        log: (line) => log.push(line),
      });
    } catch (error) {
      const report = await lastWordsOf(lastWords);
      if (report) {
        yield report;
      } else {
        const title = `host, start ${index + 1}`;
        const file = await keep(title, [...log, '', 'The server printed:', running.output()]);
        console.error(`${title}: ${(error as Error).message} The workbench's log is in ${file}`);
        yield { passed: 0, failed: 1, skipped: 0 };
      }
    }
    await running.stop();
  }
}

/** The report of tests that ended their own extension host; undefined when they wrote none. */
async function lastWordsOf(lastWords: string): Promise<Report | undefined> {
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
