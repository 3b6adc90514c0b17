import { window } from 'vscode';
import { escapeForMessage } from '../../editor/plainText';
import { defaultProfile } from '../../organizations/profile';
import type { Command } from '../shared/services';
import { askName } from './askOrganization';
import { pickProfile } from './pickProfile';

/** Gives an organization another name, in VS Code only. */
export const renameOrganization: Command = async (services) => {
  const { profiles } = services;
  const profile = await pickProfile(services, {
    title: 'Rename Organization',
    placeHolder: 'Choose the organization to rename',
  });
  if (!profile) return;
  const isDefault = profile.id === defaultProfile;
  const name = await askName(services, {
    title: 'Rename Organization',
    prompt: `The name is shown here only.${isDefault ? ` Empty, it goes by its host, ${escapeForMessage(profile.host, 100)}.` : ''}`,
    value: profile.name,
    itself: profile.id,
    mayBeEmpty: isDefault,
  });
  if (name === undefined || name === profile.name) return;
  await profiles.rename(profile.id, name);
  const renamed = profiles.find(profile.id);
  if (!renamed) void window.showWarningMessage('The organization was removed meanwhile.');
  else window.setStatusBarMessage(`$(check) Renamed to ${escapeForMessage(renamed.name, 100)}`, 5000);
};
