import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import type { Report } from '../selection';
import { Explained } from './explained';
import type { RunningServer } from './launch';
import { stored, watchStoring } from './stored';

/** Options of a VS Code window whose extension host runs a test module. */
export interface TestWindow {
  server: RunningServer;
  context: BrowserContext;
  /** Folders of the extension and the workspace, and the module that exports `run()`. */
  extension: string;
  workspace: string;
  module: string;
  /** Whether a later window needs the stored state of this one. */
  keepsState: boolean;
  /** Prefix of the lines of the report. */
  linePrefix: string;
  /** Milliseconds after which a run counts as hung. */
  limit: number;
  /** Receives each line of the report. */
  print: (line: string) => void;
  /** Takes all other output of the workbench, for debugging. */
  log: (line: string) => void;
}

/**
 * Opens the window, runs the tests, and closes it.
 *
 * @returns the report's figures
 * @throws Explained without a report: the extension host (with exit code 0 from VS Code) or the server died,
 * the tests could not be loaded, or the limit was reached
 */
export async function runTestWindow(window: TestWindow): Promise<Report> {
  const { server, linePrefix } = window;
  const page = await window.context.newPage();
  await watchStoring(page);
  let report: Report | undefined;

  const take = (line: string) => {
    if (!line.startsWith(linePrefix)) return window.log(line);
    const text = line.slice(linePrefix.length);
    if (/^\{"passed":/.test(text)) report = JSON.parse(text);
    else window.print(text);
  };
  const exited = new Promise<'exit'>((resolve, reject) => {
    const exit = page.exposeFunction('codeAutomationExit', () => resolve('exit'));
    const log = page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
      for (const line of text.split('\n')) take(line);
    });
    Promise.all([exit, log])
      .then(() => page.goto(addressOf(window)))
      .catch(reject);
  });
  const ending = await Promise.race([
    exited,
    server.ended.then(() => 'the VS Code server ended'),
    new Promise<string>((resolve) => page.once('crash', () => resolve('the browser page crashed'))),
    pause(window.limit, `the tests did not end within ${window.limit / 1000} s`, { ref: false }),
  ]);
  if (window.keepsState && ending === 'exit') await stored(page);
  await page.close();
  if (report && (ending === 'exit' || report.failed > 0)) return report;
  const cause = ending === 'exit' ? 'the extension host ended before the tests did' : ending;
  throw new Explained(`No summary of the tests: ${cause}.`);
}

function addressOf({ server, extension, workspace, module }: TestWindow): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(module)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams({
    tkn: server.token,
    folder: workspace,
    payload: JSON.stringify(payload),
  });
  return `${server.origin}?${query}`;
}
