import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import { pickOne } from '../../editor/questions';
import { commandIds } from '../../ids';
import { defaultProfile, type Profile } from '../../organizations/profile';
import { hasStoredState } from '../../organizations/stateItem';
import { escapeForMessage } from '../../text/plainText';
import { noOrganizationYet, organizationInPicker } from '../../words/organizations';
import { commandTitles } from '../../words/titles';
import { showWithActions } from '../shared/errorReport';
import type { Services } from '../shared/services';

export interface ProfileItem extends QuickPickItem {
  readonly profile: Profile;
}

/** A picker row of an organization: its name, its host, and whether it is shown. */
export function profileItem({ current }: Pick<Services, 'current'>, profile: Profile): ProfileItem {
  const host = profile.host === profile.name ? undefined : profile.host;
  return {
    profile,
    label: escapeForMessage(profile.name, 100),
    description: organizationInPicker(host, profile.id === current.shownId),
    iconPath: new ThemeIcon('organization'),
  };
}

/**
 * Asks for an organization; the one that is shown is first. With only one, returns it without asking. Undefined when
 * canceled, or when there is none, after a message.
 */
export async function pickProfile(
  services: Services,
  question: { readonly title: string; readonly placeHolder: string },
): Promise<Profile | undefined> {
  const profiles = await savedProfiles(services);
  if (profiles.length === 0) {
    showWithActions(window.showInformationMessage, noOrganizationYet, [
      [commandTitles.setAdminKey, commandIds.setAdminKey],
      [commandTitles.addOrganization, commandIds.addOrganization],
    ]);
    return undefined;
  }
  if (profiles.length === 1) return profiles[0];
  const { shownId } = services.current;
  const inOrder = [
    ...profiles.filter(({ id }) => id === shownId),
    ...profiles.filter(({ id }) => id !== shownId),
  ];
  const items = inOrder.map((profile) => profileItem(services, profile));
  const picked = await pickOne(items, {
    ...question,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.profile;
}

/**
 * The organizations that the person has set up, reloaded because another window may have changed them. The default one
 * is included if it has a name, stored state or a key; a keyring that can't be read counts as a key.
 */
export async function savedProfiles({ profiles, keys, stores }: Services): Promise<readonly Profile[]> {
  profiles.reload();
  const isThere =
    profiles.isNamed(defaultProfile) ||
    hasStoredState(stores, defaultProfile) ||
    (await keys.get(defaultProfile).then(
      (saved) => saved !== undefined,
      () => true,
    ));
  return profiles.all.filter(({ id }) => id !== defaultProfile || isThere);
}
