import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Memento, TabInputCustom, TabInputText, TabInputWebview, window } from 'vscode';
import { Catalog } from '../../access/catalog/catalog';
import { askInDialog } from '../../editor/questions';
import { accessPageType, detailsScheme } from '../../ids';
import { defaultProfile } from '../../organizations/profile';
import { samples } from '../../organizations/samples';
import { hasStoredState, stateItem } from '../../organizations/stateItem';
import { allRemoved, type KeptData, removeAllQuestion, removedWithAll } from '../../words/removeAll';
import { buttons } from '../../words/titles';
import type { Command, Services } from '../shared/services';

/**
 * Deletes everything that the extension keeps on this computer: what uninstalling leaves. One question lists it, and says
 * that no one's access changes. Sends no request.
 */
export const removeAllData: Command = async (services) => {
  services.profiles.reload();
  const detail = removedWithAll(await whatIsKept(services));
  if ((await askInDialog(removeAllQuestion, detail, buttons.removeAll)) !== buttons.removeAll) return;
  const applying = await removeAll(services);
  services.log.info('All keys and data were removed.');
  const show = applying === 0 ? window.showInformationMessage : window.showWarningMessage;
  void show(allRemoved(applying));
};

async function whatIsKept(services: Services): Promise<KeptData> {
  const { keyIndex, profiles, stores, journals } = services;
  const saved = await (await keyIndex()).list();
  const known = profiles.all.filter(({ id }) => id !== defaultProfile || hasStoredState(stores, id));
  return {
    adminKeys: saved.filter(({ hasAdminKey }) => hasAdminKey).length,
    projectKeys: saved.reduce((sum, { projectKeys }) => sum + projectKeys.length, 0),
    organizations: known.length,
    checkpoints: known.reduce(
      (sum, { id }) => sum + new Catalog(stateItem(stores.everywhere, `catalog.${id}`)).size,
      0,
    ),
    changes: (await journals.hasRecords())
      ? await (await journals.shared).readAll().then(
          ({ accounts, unreadable }) => accounts.length + unreadable,
          () => undefined,
        )
      : 0,
  };
}

/**
 * Deletes the keys first, which also stops plans in progress and closes the organizations in every window: what they
 * loaded is not kept again. When the keyring or the disk fails, the command can be repeated. Resolves to the number of
 * plans that another window is or may be applying.
 */
async function removeAll(services: Services): Promise<number> {
  const { current, keys, projectKeys, keyIndex, profiles, journals, memories, stores } = services;
  const index = await keyIndex();
  const saved = (await index.list()).map(({ profile }) => profile);
  const ids = new Set([...profiles.all.map(({ id }) => id), ...saved]);
  await closeEditors();
  for (const id of ids) {
    await projectKeys.removeAll(id);
    await keys.remove(id);
  }
  const applying = (await journals.hasRecords()) ? await (await journals.shared).forgetAll() : 0;
  for (const id of ids) await memories.remove(id);
  await removeFiles(services, applying > 0);
  for (const id of ids) await profiles.remove(id);
  await current.chooseSample(false);
  await current.show(defaultProfile);
  await resetChoices(services, ids);
  for (const memory of [stores.everywhere, stores.window]) await empty(memory);
  // Last: other windows ask it who removed the keys.
  await index.removeAll();
  return applying;
}

/** The pages of details and of Access show what is removed, and VS Code keeps which were open. */
async function closeEditors(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) =>
    input instanceof TabInputWebview
      ? input.viewType.endsWith(accessPageType)
      : (input instanceof TabInputCustom || input instanceof TabInputText) &&
        input.uri.scheme === detailsScheme,
  );
  if (ours.length > 0) await window.tabGroups.close(ours, true);
}

/** `isWriting`: a window still writes to the change history, which is removed when it is done. */
async function removeFiles({ journals, notices }: Services, isWriting: boolean): Promise<void> {
  const folder = dirname(notices);
  const all = { recursive: true, force: true } as const;
  if (!isWriting) return rm(folder, all);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path !== journals.folder) await rm(path, all);
  }
}

/** What the views remember in memory would be stored again with the next choice. */
async function resetChoices(
  { choices, projectsFilter }: Services,
  organizations: Iterable<string>,
): Promise<void> {
  await choices.arrangeBy({ grouping: 'flat', sort: 'added' });
  for (const id of [...organizations, ...samples.map((sample) => sample.id)]) {
    await choices.filterBy({ id }, {});
    await projectsFilter.filterBy({ id }, {});
  }
}

async function empty(memory: Memento): Promise<void> {
  for (const name of memory.keys()) await memory.update(name, undefined);
}
