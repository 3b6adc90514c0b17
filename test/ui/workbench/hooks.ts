import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failuresFolder } from '../../host/vscode/paths';
import { endTest } from './gestures';
import { currentSession } from './session';
import { type WindowOptions, Workbench } from './workbench';

/**
 * Opens a window of VS Code before the first test of a `describe`, and closes it after the last. When a test fails, a
 * screenshot of the window and its log are saved in `.vscode-test/failures/ui/`.
 */
export function useWorkbench(options: WindowOptions = {}): Workbench {
  const workbench = new Workbench(options);
  before('open VS Code', () => {
    // What a hook of another suite did in vain was told as its failure.
    endTest('', false);
    return workbench.open();
  });
  afterEach('keep what a failure looked like', async function () {
    const { currentTest } = this;
    if (currentTest?.state === 'failed') await keepFailure(workbench, currentTest.fullTitle());
    endTest(currentTest?.fullTitle() ?? '', currentTest?.state === 'passed');
  });
  after('close VS Code', async function () {
    const suite = this.test?.parent;
    if (suite && !hasBegun(suite)) await keepFailure(workbench, suite.fullTitle());
    await workbench.close();
  });
  return workbench;
}

/** Whether any test was run: none is after a hook before them failed. */
function hasBegun({ tests, suites }: Mocha.Suite): boolean {
  return tests.some(({ state }) => state !== undefined) || suites.some(hasBegun);
}

async function keepFailure(workbench: Workbench, title: string): Promise<void> {
  const file = join(failuresFolder('ui'), title.replaceAll(/\W+/g, '-').slice(0, 100));
  await mkdir(failuresFolder('ui'), { recursive: true });
  await writeFile(
    `${file}.log`,
    `${workbench.log()}\n\nThe server printed:\n${currentSession().server().output()}`,
  );
  await workbench.screenshot(`${file}.png`, { keepMouse: true });
  for (const [index, page] of workbench.beside.entries())
    await page.screenshot({ path: `${file}-${index + 2}.png` });
  console.error(`      kept in ${file}.{png,log}`);
}
