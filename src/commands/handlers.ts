import { commands, window } from 'vscode';
import { explain, inWords } from '../access/explain';
import { KeyringError } from '../credentials/adminKeys';
import { inertText } from '../editor/plainText';
import { type commandIds, settingIds } from '../ids';
import { InsecureBaseURLError } from '../openai';
import { addCheckpoint } from './addCheckpoint';
import { copyCheckpointId, copyPermissionId, copyProjectId } from './copy';
import { grant } from './grant';
import { loadMore } from './loadMore';
import { refresh, refreshCheckpoint } from './refresh';
import { removeAdminKey } from './removeAdminKey';
import { removeFromList } from './removeFromList';
import { revoke } from './revoke';
import { exploreSample, leaveSample } from './sample';
import type { Command, Services } from './services';
import { setAdminKey } from './setAdminKey';

const handlers: Readonly<Record<keyof typeof commandIds, Command>> = {
  setAdminKey,
  removeAdminKey,
  exploreSample,
  leaveSample,
  addCheckpoint,
  removeFromList,
  refresh,
  refreshCheckpoint,
  loadMore,
  grant,
  revoke,
  copyPermissionId,
  copyProjectId,
  copyCheckpointId,
  showLog: async ({ log }) => log.show(),
};

/** Runs a command. What it throws is told to the person in words and goes no further. */
export async function run(
  name: keyof typeof commandIds,
  services: Services,
  target: unknown,
  selection: unknown,
): Promise<void> {
  try {
    await handlers[name](services, target, selection);
  } catch (error) {
    tell(services, error);
  }
}

function tell({ log }: Services, error: unknown): void {
  const own = error instanceof KeyringError || error instanceof InsecureBaseURLError;
  const words = own ? error.message : inWords(explain(error));
  log.error(words);
  const buttons = new Map<string, () => unknown>([
    ...(error instanceof InsecureBaseURLError ? ([['Open Settings', openBaseUrl]] as const) : []),
    ['Show Log', () => log.show()],
  ]);
  void window
    .showErrorMessage(inertText(words, 800), ...buttons.keys())
    .then((button) => button && buttons.get(button)?.());
}

function openBaseUrl(): Thenable<unknown> {
  return commands.executeCommand('workbench.action.openSettings', settingIds.baseUrl);
}
