import { window } from 'vscode';
import { commandIds } from '../../ids';
import { defaultProfile } from '../../organizations/profile';
import { adminKeySaved, keyOfRemovedOrganization, keyTitles } from '../../words/keys';
import { openSettings } from '../shared/errorReport';
import { nameAmongSeveral, prefixWithProfile } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { askAdminKey, keepKeyCheck } from './askAdminKey';

/**
 * Asks for an admin API key of the shown organization, verifies it with the API, and saves it, bound to the origin of
 * the base URL.
 */
export const setAdminKey: Command = async (services) => {
  const { current, profiles, keys, log } = services;
  const { profile } = current;
  const organization = nameAmongSeveral(services, profile);
  const asked = await askAdminKey(services, {
    title: prefixWithProfile(services, profile, keyTitles.setAdminKey),
    owner: { kind: 'admin API key', ...(organization !== undefined && { organization }) },
    baseUrl: profile.baseUrl,
    tryAgain: commandIds.setAdminKey,
    correct: profile.id === defaultProfile ? [openSettings] : [],
  });
  if (!asked) return;
  const { saved, checked } = asked;

  profiles.reload();
  if (!profiles.find(profile.id)) {
    void window.showWarningMessage(keyOfRemovedOrganization);
    return;
  }
  const key = await keys.set(profile.id, saved, { name: profile.name, baseUrl: profile.baseUrl });
  if (current.isSample) await current.chooseSample(false);
  await keepKeyCheck(services, profile.id, key, checked);
  log.info(`The admin API key was saved for ${saved.origin}.`);
  const words = adminKeySaved(saved.origin, nameAmongSeveral(services, profile));
  window.setStatusBarMessage(`$(check) ${words}`, 5000);
};
