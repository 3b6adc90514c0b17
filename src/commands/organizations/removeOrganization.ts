import { window } from 'vscode';
import { Catalog } from '../../access/catalog/catalog';
import { askInDialog } from '../../editor/questions';
import { forgetNotices } from '../../organizations/noticeOfDay';
import { defaultProfile, type Profile } from '../../organizations/profile';
import { deleteStoredState, stateItem } from '../../organizations/stateItem';
import { sentences } from '../../text/lists';
import { explain } from '../../words/errors';
import {
  type HistoryToRemove,
  organizationQuestions,
  organizationRemoved,
  organizationTitles,
  removedWithOrganization,
  removeOrganizationQuestion,
  stillApplying,
} from '../../words/organizations';
import { buttons } from '../../words/titles';
import type { Command, Services } from '../shared/services';
import { pickProfile, savedProfiles } from './pickProfile';

/**
 * Deletes an organization from this computer, with its keys, its checkpoint list and its change history. The question
 * says what is deleted, and that no one's access changes.
 */
export const removeOrganization: Command = async (services) => {
  const profile = await pickProfile(services, {
    title: organizationTitles.remove,
    placeHolder: organizationQuestions.remove,
  });
  if (!profile) return;
  const name = services.profiles.label(profile);
  const button = await askInDialog(
    removeOrganizationQuestion(name),
    await describeRemoval(services, profile),
    buttons.remove,
  );
  if (button !== buttons.remove) return;
  const applying = await remove(services, profile);
  services.log.info(
    'An organization was removed, with its keys, its checkpoint list and its change history.',
  );
  const removed = organizationRemoved(name);
  if (applying === 0) window.setStatusBarMessage(`$(check) ${removed}`, 5000);
  else void window.showWarningMessage(sentences(`${removed}.`, stillApplying(applying)));
};

async function describeRemoval(services: Services, profile: Profile): Promise<string> {
  const { keys, projectKeys, stores } = services;
  const saved = await keys.get(profile.id).catch(() => 'unreadable' as const);
  await projectKeys.refresh(profile.id).catch(() => undefined);
  return removedWithOrganization({
    adminKey: saved ?? 'none',
    projectKeys: projectKeys.list(profile.id).map(({ label }) => label),
    checkpoints: new Catalog(stateItem(stores.everywhere, `catalog.${profile.id}`)).size,
    history: await historyOf(services, profile),
    isAdded: profile.id !== defaultProfile,
  });
}

async function historyOf({ journals }: Services, { id }: Profile): Promise<HistoryToRemove> {
  if (!(await journals.hasRecords())) return { kind: 'none' };
  const journal = await journals.shared;
  try {
    const { accounts } = await journal.read(id);
    if (accounts.length === 0) return { kind: 'none' };
    const { interrupted, busy, unsure } = await journal.open(id);
    return {
      kind: 'changes',
      count: accounts.length,
      interrupted: interrupted.length,
      applying: busy.length + unsure.length,
    };
  } catch (error) {
    return { kind: 'unreadable', why: explain(error) };
  }
}

/**
 * Deletes the keys first, which also stops a plan in progress, and the profile after the change history: when the
 * keyring or the disk fails, the command can be repeated. Resolves to the number of plans that another window is still
 * applying.
 */
async function remove(services: Services, { id }: Profile): Promise<number> {
  const { keys, projectKeys, stores, journals, memories, notices, profiles, choices, current } = services;
  const isShown = current.shownId === id;
  await projectKeys.removeAll(id);
  await keys.remove(id);
  const applying = (await journals.hasRecords()) ? await (await journals.shared).forget(id) : [];
  await memories.remove(id);
  await profiles.remove(id);
  await deleteStoredState(stores, id);
  await forgetNotices(notices, id);
  await choices.filterBy({ id }, {});
  if (!isShown) return applying.length;
  const [next] = (await savedProfiles(services)).filter((profile) => profile.id !== id);
  await current.show(next?.id ?? defaultProfile);
  return applying.length;
}
