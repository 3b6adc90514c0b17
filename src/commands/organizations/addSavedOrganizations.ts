import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import type { OrganizationAbout, OrganizationKeys } from '../../credentials/keyIndex';
import { pickSeveral } from '../../editor/questions';
import { hostOf } from '../../organizations/profiles';
import { escapeForMessage } from '../../text/plainText';
import { savedKeysInWords } from '../../words/keys';
import {
  noSavedOrganization,
  organizationQuestions,
  organizationsAdded,
  organizationTitles,
} from '../../words/organizations';
import type { Command, Services } from '../shared/services';

/** An organization that can be set up again: its keys are saved, and its base URL is known. */
type SavedOrganization = OrganizationKeys & { readonly about: OrganizationAbout };

/** The organizations with saved keys that this profile of VS Code doesn't have. */
export async function savedElsewhere({
  keyIndex,
  profiles,
}: Pick<Services, 'keyIndex' | 'profiles'>): Promise<SavedOrganization[]> {
  profiles.reload();
  return (await (await keyIndex()).list()).filter(
    (saved): saved is SavedOrganization => saved.about !== undefined && !profiles.find(saved.profile),
  );
}

/**
 * Adds organizations whose keys another profile of VS Code saved. They get the same profile ID, and so the same keys.
 * Their checkpoint lists stay where they are. Sends no request.
 */
export const addSavedOrganizations: Command = async (services) => {
  const { profiles, current } = services;
  const saved = await savedElsewhere(services);
  if (saved.length === 0) {
    void window.showInformationMessage(noSavedOrganization);
    return;
  }
  const items = saved.map((organization) => itemOf(organization));
  const picked = await pickSeveral(items, {
    title: organizationTitles.addSaved,
    placeHolder: organizationQuestions.addSaved,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return;
  const { kind } = await current.get();
  for (const { organization } of picked)
    if (!profiles.find(organization.profile))
      await profiles.add({ id: organization.profile, ...organization.about });
  const [first] = picked;
  if (kind === 'none' && !current.isSample && first) await current.show(first.organization.profile);
  const words = organizationsAdded(picked.map(({ organization }) => organization.about.name));
  window.setStatusBarMessage(`$(check) ${words}`, 5000);
};

function itemOf(organization: SavedOrganization): QuickPickItem & { organization: SavedOrganization } {
  const { about, hasAdminKey, projectKeys } = organization;
  return {
    organization,
    label: escapeForMessage(about.name, 100),
    description: escapeForMessage(hostOf(about.baseUrl), 200),
    detail: savedKeysInWords(hasAdminKey, projectKeys.length),
    iconPath: new ThemeIcon('organization'),
    picked: true,
  };
}
