import { window } from 'vscode';
import { askInDialog } from '../../editor/questions';
import {
  adminKeyRemoved,
  keptWithoutAdminKey,
  noAdminKeyToRemove,
  removeAdminKeyQuestion,
} from '../../words/keys';
import { buttons } from '../../words/titles';
import { nameAmongSeveral } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/**
 * Removes the admin API key of the shown organization from this computer, after a question. The key stays valid, which
 * the question says.
 */
export const removeAdminKey: Command = async (services) => {
  const { current, keys, projectKeys, log } = services;
  const { profile } = current;
  const organization = nameAmongSeveral(services, profile);
  const saved = await keys.get(profile.id).catch(() => 'unreadable' as const);
  if (!saved) {
    // Of a lost key, only the memory is left.
    if (await keys.isLost(profile.id)) {
      await keys.forget(profile.id);
      await current.reopen();
    }
    void window.showInformationMessage(noAdminKeyToRemove(organization));
    return;
  }
  await projectKeys.refresh(profile.id).catch(() => undefined);
  const button = await askInDialog(
    removeAdminKeyQuestion(organization, saved === 'unreadable' ? undefined : saved.origin),
    keptWithoutAdminKey(projectKeys.list(profile.id).length),
    buttons.remove,
  );
  if (button !== buttons.remove) return;
  await keys.remove(profile.id);
  log.info('The admin API key was removed.');
  window.setStatusBarMessage(`$(check) ${adminKeyRemoved}`, 5000);
};
