import { window } from 'vscode';
import { askInDialog } from '../../editor/questions';
import { count } from '../shared/displayNames';
import { isOnlyOne, quoted } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/**
 * Removes the saved key of the organization that is shown from this computer, after asking. The key itself stays valid,
 * which is said.
 */
export const removeAdminKey: Command = async (services) => {
  const { current, keys, projectKeys, log } = services;
  const { profile } = current;
  const of = isOnlyOne(services) ? '' : ` of ${quoted(services, profile)}`;
  const saved = await keys.get(profile.id).catch(() => 'unreadable' as const);
  if (!saved) {
    void window.showInformationMessage(`No admin API key${of} is saved. Nothing was removed.`);
    return;
  }
  const remove = 'Remove';
  const from = saved === 'unreadable' ? '' : ` for ${saved.origin}`;
  const others = projectKeys.list(profile.id).length;
  const kept =
    others === 0
      ? ''
      : ` ${count(others, 'project API key')} ${others === 1 ? 'stays' : 'stay'} saved: Remove Project Key removes ${others === 1 ? 'it' : 'them'}.`;
  const button = await askInDialog(
    `Remove the saved admin API key${of}${from}?`,
    `It is removed from the secret storage of VS Code. The key stays valid: to end it, delete it in the settings of your organization. Your list of checkpoints and the journal of changes are kept: Remove Organization… removes them, too.${kept}`,
    remove,
  );
  if (button !== remove) return;
  await keys.remove(profile.id);
  log.info('The admin API key was removed.');
  window.setStatusBarMessage('$(check) Admin API key removed', 5000);
};
