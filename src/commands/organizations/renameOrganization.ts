import { window } from 'vscode';
import { defaultProfile } from '../../organizations/profile';
import {
  organizationQuestions,
  organizationRenamed,
  organizationTitles,
  removedElsewhere,
  renamePrompt,
} from '../../words/organizations';
import type { Command } from '../shared/services';
import { askName } from './askOrganization';
import { pickProfile } from './pickProfile';

/** Renames an organization, in VS Code only. */
export const renameOrganization: Command = async (services) => {
  const { profiles, keyIndex, log } = services;
  const profile = await pickProfile(services, {
    title: organizationTitles.rename,
    placeHolder: organizationQuestions.rename,
  });
  if (!profile) return;
  const isDefault = profile.id === defaultProfile;
  const name = await askName(services, {
    title: organizationTitles.rename,
    prompt: renamePrompt(isDefault ? profile.host : undefined),
    value: profile.name,
    ownId: profile.id,
    mayBeEmpty: isDefault,
  });
  if (name === undefined || name === profile.name) return;
  await profiles.rename(profile.id, name);
  const renamed = profiles.find(profile.id);
  if (renamed) {
    const { name: shown, baseUrl } = renamed;
    // Only other profiles of VS Code show the name in the index.
    await keyIndex()
      .then((index) => index.describe(renamed.id, { name: shown, baseUrl }))
      .catch((error) => log.error(String(error)));
  }
  if (!renamed) void window.showWarningMessage(removedElsewhere);
  else window.setStatusBarMessage(`$(check) ${organizationRenamed(renamed.name)}`, 5000);
};
