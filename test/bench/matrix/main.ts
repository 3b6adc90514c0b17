// `node out/test/bench/matrix/main.js`: measures the page of the access matrix in Chromium and prints figures as JSON.
import { launchChromium } from '../../host/vscode/chromium';
import { runCommand } from '../../host/vscode/run';
import { measureMatrix } from './measure';

void runCommand(async (run) => {
  const browser = await launchChromium(run);
  console.log(JSON.stringify(await measureMatrix(browser)));
  return 0;
});
