// `node out/test/bench/permissions/run.js`: measures the Permissions tab in Chromium and prints figures as JSON.
import { launchChromium } from '../../host/vscode/chromium';
import { runCommand } from '../../host/vscode/run';
import { resultPrefix } from '../child';
import { measurePermissions } from './measure';

void runCommand(async (run) => {
  const browser = await launchChromium(run);
  console.log(`${resultPrefix}${JSON.stringify(await measurePermissions(browser))}`);
  return 0;
});
