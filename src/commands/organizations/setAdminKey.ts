import { window } from 'vscode';
import { commandIds } from '../../ids';
import { defaultProfile } from '../../organizations/profile';
import { openSettings } from '../shared/errorReport';
import { isOnlyOne, quoted, titledFor } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { askAdminKey } from './askAdminKey';

/**
 * Asks for an admin API key of the organization that is shown, has the server check it, and only then saves it, bound to
 * the origin it was checked at.
 */
export const setAdminKey: Command = async (services) => {
  const { current, profiles, keys, log } = services;
  const { profile } = current;
  const saved = await askAdminKey(services, {
    title: titledFor(services, profile, 'Set Admin Key'),
    whose: isOnlyOne(services) ? 'your organization' : quoted(services, profile),
    baseUrl: profile.baseUrl,
    tryAgain: commandIds.setAdminKey,
    correct: profile.id === defaultProfile ? [openSettings] : [],
  });
  if (!saved) return;

  profiles.reload();
  if (!profiles.find(profile.id)) {
    void window.showWarningMessage('The organization was removed meanwhile. The key was not saved.');
    return;
  }
  await keys.set(profile.id, saved);
  if (current.isSample) await current.chooseSample(false);
  log.info(`The admin API key was saved for ${saved.origin}.`);
  const of = isOnlyOne(services) ? '' : `, ${quoted(services, profile)}`;
  window.setStatusBarMessage(`$(check) Admin API key saved for ${saved.origin}${of}`, 5000);
};
