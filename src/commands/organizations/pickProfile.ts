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

/** An organization in a picker: its name, its host, and whether it is the one that is shown. */
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
 * Asks which organization is meant, the one that is shown first; does not ask where there is only one. Undefined when
 * canceled, or when there is none, which is said.
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
 * The organizations that the person has set up, with what another window has changed. The default one is among them when
 * anything of it is saved; a keyring that cannot tell counts as a yes.
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
