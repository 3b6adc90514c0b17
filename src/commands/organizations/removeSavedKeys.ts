import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { OrganizationKeys } from '../../credentials/keyIndex';
import { askInDialog, pickSeveral } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import {
  chooseSavedKeysToRemove,
  keptWithoutSavedKeys,
  keyTitles,
  noSavedKey,
  organizationOfKeys,
  removeSavedKeysQuestion,
  savedKeyInPicker,
  savedKeysRemoved,
} from '../../words/keys';
import { buttons } from '../../words/titles';
import type { Command, Services } from '../shared/services';

/** A picker row of a key; without `project` it is the admin key. Separators have no profile. */
type KeyItem = QuickPickItem & { readonly profile?: string; readonly project?: string };

/**
 * Removes any of the keys that are saved on this computer, also those of organizations that this profile of VS Code
 * doesn't have. The keys stay valid, which the question says.
 */
export const removeSavedKeys: Command = async (services) => {
  const { keyIndex, profiles, keys, projectKeys, log } = services;
  profiles.reload();
  const saved = await (await keyIndex()).list();
  if (saved.length === 0) {
    void window.showInformationMessage(noSavedKey);
    return;
  }
  const picked = await pickSeveral(
    saved.flatMap((each) => itemsOf(services, each)),
    {
      title: keyTitles.removeSavedKeys,
      placeHolder: chooseSavedKeysToRemove,
      ignoreFocusOut: true,
      matchOnDescription: true,
    },
  );
  const chosen = picked?.filter(({ profile }) => profile !== undefined) ?? [];
  if (chosen.length === 0) return;
  const question = removeSavedKeysQuestion(chosen.length);
  if ((await askInDialog(question, keptWithoutSavedKeys, buttons.remove)) !== buttons.remove) return;
  for (const { profile = '', project } of chosen) {
    if (project === undefined) await keys.remove(profile);
    else await projectKeys.remove(profile, project);
  }
  const words = savedKeysRemoved(chosen.length);
  log.info(words);
  window.setStatusBarMessage(`$(check) ${words}`, 5000);
};

function itemsOf({ profiles }: Services, saved: OrganizationKeys): KeyItem[] {
  const { profile, about, hasAdminKey, projectKeys } = saved;
  const here = profiles.find(profile);
  const name = organizationOfKeys(here ? profiles.label(here) : about?.name, here !== undefined);
  const rows: KeyItem[] = [{ label: name, kind: QuickPickItemKind.Separator }];
  if (hasAdminKey) rows.push({ label: savedKeyInPicker(undefined), description: name, profile });
  for (const { project, label } of projectKeys) {
    const description = [escapeForMessage(project, 100), name].join(' · ');
    rows.push({ label: savedKeyInPicker(label), description, profile, project });
  }
  return rows;
}
