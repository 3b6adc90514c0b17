import { window } from 'vscode';
import { commandIds } from '../../ids';
import { defaultProfile } from '../../organizations/profile';
import { adminKeySaved, keyOfRemovedOrganization, keyTitles } from '../../words/keys';
import { openSettings } from '../shared/errorReport';
import { nameAmongSeveral, prefixWithProfile } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { askAdminKey } from './askAdminKey';

/**
 * Asks for an admin API key of the shown organization, verifies it with the API, and saves it, bound to the origin of
 * the base URL.
 */
export const setAdminKey: Command = async (services) => {
  const { current, profiles, keys, log } = services;
  const { profile } = current;
  const organization = nameAmongSeveral(services, profile);
  const saved = await askAdminKey(services, {
    title: prefixWithProfile(services, profile, keyTitles.setAdminKey),
    owner: { kind: 'admin API key', ...(organization !== undefined && { organization }) },
    baseUrl: profile.baseUrl,
    tryAgain: commandIds.setAdminKey,
    correct: profile.id === defaultProfile ? [openSettings] : [],
  });
  if (!saved) return;

  profiles.reload();
  if (!profiles.find(profile.id)) {
    void window.showWarningMessage(keyOfRemovedOrganization);
    return;
  }
  await keys.set(profile.id, saved, { name: profile.name, baseUrl: profile.baseUrl });
  if (current.isSample) await current.chooseSample(false);
  log.info(`The admin API key was saved for ${saved.origin}.`);
  const words = adminKeySaved(saved.origin, nameAmongSeveral(services, profile));
  window.setStatusBarMessage(`$(check) ${words}`, 5000);
};
