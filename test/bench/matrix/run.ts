// `node out/test/bench/matrix/run.js`: measures the page of the access matrix in Chromium and prints figures as JSON.
import { launchChromium } from '../../host/vscode/chromium';
import { runCommand } from '../../host/vscode/run';
import { resultPrefix } from '../child';
import { measureMatrix } from './measure';

void runCommand(async (run) => {
  const browser = await launchChromium(run);
  console.log(`${resultPrefix}${JSON.stringify(await measureMatrix(browser))}`);
  return 0;
});
