import { window } from 'vscode';
import { defaultProfile } from '../organizations/profile';
import type { Command } from './services';

/** Removes the saved key from this computer, after asking. The key itself stays valid, which is said. */
export const removeAdminKey: Command = async ({ keys, log }) => {
  const saved = await keys.get(defaultProfile).catch(() => 'unreadable' as const);
  if (!saved) {
    void window.showInformationMessage('No admin API key is saved. Nothing was removed.');
    return;
  }
  const remove = 'Remove';
  const from = saved === 'unreadable' ? '' : ` for ${saved.origin}`;
  const button = await window.showWarningMessage(
    `Remove the saved admin API key${from}?`,
    {
      modal: true,
      detail:
        'It is removed from the secret storage of VS Code. The key stays valid: to end it, delete it in the settings of your organization. Your list of checkpoints is kept.',
    },
    remove,
  );
  if (button !== remove) return;
  await keys.remove(defaultProfile);
  log.info('The admin API key was removed.');
  window.setStatusBarMessage('$(check) Admin API key removed', 5000);
};
