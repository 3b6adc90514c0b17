import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { pickOne } from '../../editor/questions';
import { samples } from '../../organizations/samples';
import {
  organizationQuestions,
  organizationShown,
  organizationTitles,
  removedElsewhere,
  sampleInPicker,
  sampleOrganizations,
  savedOrganizationsInPicker,
} from '../../words/organizations';
import { commandTitles } from '../../words/titles';
import type { Command } from '../shared/services';
import { addOrganization } from './addOrganization';
import { addSavedOrganizations, savedElsewhere } from './addSavedOrganizations';
import { profileItem, savedProfiles } from './pickProfile';

/** A picker row: `show` is the ID of a profile or sample; `run` is another command. */
type SwitchItem = QuickPickItem & { readonly show?: string; readonly run?: Command };

/** Asks which organization this window shows. Loaded lists of the one before stay loaded. Sends no request. */
export const switchOrganization: Command = async (services) => {
  const { current } = services;
  const profiles = await savedProfiles(services);
  // A keyring that can't be read must not keep a person from switching.
  const elsewhere = await savedElsewhere(services).catch(() => []);
  const entries: SwitchItem[] = [
    ...profiles.map((profile) => ({ ...profileItem(services, profile), show: profile.id })),
    { label: sampleOrganizations, kind: QuickPickItemKind.Separator },
    ...samples.map(({ id, name }) => ({
      label: name,
      description: sampleInPicker(id === current.shownId),
      iconPath: new ThemeIcon('beaker'),
      show: id,
    })),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: commandTitles.addOrganization, iconPath: new ThemeIcon('add'), run: addOrganization },
  ];
  if (elsewhere.length > 0)
    entries.push({
      label: commandTitles.addSavedOrganizations,
      description: savedOrganizationsInPicker(elsewhere.length),
      iconPath: new ThemeIcon('key'),
      run: addSavedOrganizations,
    });
  const picked = await pickOne(entries, {
    title: organizationTitles.switch,
    placeHolder: organizationQuestions.switch,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked?.run) return picked.run(services);
  if (picked?.show === undefined || picked.show === current.shownId) return;

  const removed = profiles.some(({ id }) => id === picked.show) && !(await isThere(picked.show));
  if (removed) {
    void window.showWarningMessage(removedElsewhere);
    return;
  }
  await current.show(picked.show);
  window.setStatusBarMessage(`$(check) ${organizationShown(current.label || picked.label)}`, 5000);

  async function isThere(id: string): Promise<boolean> {
    return (await savedProfiles(services)).some((profile) => profile.id === id);
  }
};

/** Shows the sample organization in place of the profile's. */
export const openSampleOrganization: Command = async ({ current, view }) => {
  // A second start would discard the changes made in the sample.
  if (!current.isSample) await current.chooseSample(true);
  await view.focusFirst();
};

/** Shows the profile's organization, or the welcome view if it has no key. */
export const closeSampleOrganization: Command = async ({ current }) => {
  if (current.isSample) await current.chooseSample(false);
};
