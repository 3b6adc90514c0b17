import { commands } from 'vscode';
import { viewIds } from '../ids';
import type { Command } from './services';

/** Shows the sample organization in place of a real one. Nothing real is touched. */
export const exploreSample: Command = async ({ current }) => {
  // What was changed in it lasts as long as it is shown, so it is not begun anew by looking at it again.
  if (!current.isSample) await current.chooseSample(true);
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
};

/** Goes back to what the saved key belongs to, or to the welcome. */
export const leaveSample: Command = async ({ current }) => {
  if (current.isSample) await current.chooseSample(false);
};
