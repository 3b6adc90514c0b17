import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { inertText } from '../editor/plainText';
import { pickOne } from '../editor/questions';
import { samples } from '../organizations/samples';
import { addOrganization } from './addOrganization';
import { profileItem } from './pickProfile';
import { savedProfiles } from './savedProfiles';
import type { Command } from './services';

/** What an entry of the picker does. */
type Entry = QuickPickItem & { readonly show?: string; readonly adds?: boolean };

/** Asks which organization this window is to show. What was known of the one before stays known; nothing is sent. */
export const switchOrganization: Command = async (services) => {
  const { current } = services;
  const profiles = await savedProfiles(services);
  const entries: Entry[] = [
    ...profiles.map((profile) => ({ ...profileItem(services, profile), show: profile.id })),
    { label: 'Samples', kind: QuickPickItemKind.Separator },
    ...samples.map(({ id, name }) => ({
      label: name,
      description: id === current.shownId ? 'sample organization · shown now' : 'sample organization',
      iconPath: new ThemeIcon('beaker'),
      show: id,
    })),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: 'Add Organization…', iconPath: new ThemeIcon('add'), adds: true },
  ];
  const picked = await pickOne(entries, {
    title: 'Switch Organization',
    placeHolder: 'Choose the organization that this window shows',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked?.adds) return addOrganization(services);
  if (picked?.show === undefined || picked.show === current.shownId) return;

  const removed = profiles.some(({ id }) => id === picked.show) && !(await isThere(picked.show));
  if (removed) {
    void window.showWarningMessage('This organization was removed meanwhile.');
    return;
  }
  await current.show(picked.show);
  window.setStatusBarMessage(`$(check) Showing ${inertText(current.label || picked.label, 120)}`, 5000);

  async function isThere(id: string): Promise<boolean> {
    return (await savedProfiles(services)).some((profile) => profile.id === id);
  }
};
