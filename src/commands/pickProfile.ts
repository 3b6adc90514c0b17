import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import { inertText } from '../editor/plainText';
import { pickOne } from '../editor/questions';
import { commandIds } from '../ids';
import type { Profile } from '../organizations/profile';
import { tellWithButtons } from './messages';
import { savedProfiles } from './savedProfiles';
import type { Services } from './services';

export interface ProfileItem extends QuickPickItem {
  readonly profile: Profile;
}

/** An organization in a picker: its name, its host, and whether it is the one that is shown. */
export function profileItem({ current }: Pick<Services, 'current'>, profile: Profile): ProfileItem {
  const host = profile.host === profile.name ? '' : profile.host;
  return {
    profile,
    label: inertText(profile.name, 100),
    description: [inertText(host, 200), profile.id === current.shownId ? 'shown now' : '']
      .filter(Boolean)
      .join(' · '),
    iconPath: new ThemeIcon('organization'),
  };
}

/**
 * Asks which organization is meant, the one that is shown first; does not ask where there is only one. Undefined when
 * cancelled, or when there is none, which is said.
 */
export async function pickProfile(
  services: Services,
  question: { readonly title: string; readonly placeHolder: string },
): Promise<Profile | undefined> {
  const profiles = await savedProfiles(services);
  if (profiles.length === 0) {
    tellWithButtons(window.showInformationMessage, 'No organization is set up yet.', [
      ['Set Admin Key…', commandIds.setAdminKey],
      ['Add Organization…', commandIds.addOrganization],
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
