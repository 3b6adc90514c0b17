import { commands, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { escapeForMessage } from '../../editor/plainText';
import { pickOne } from '../../editor/questions';
import { viewIds } from '../../ids';
import { samples } from '../../organizations/samples';
import type { Command } from '../shared/services';
import { addOrganization } from './addOrganization';
import { profileItem, savedProfiles } from './pickProfile';

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
  window.setStatusBarMessage(
    `$(check) Showing ${escapeForMessage(current.label || picked.label, 120)}`,
    5000,
  );

  async function isThere(id: string): Promise<boolean> {
    return (await savedProfiles(services)).some((profile) => profile.id === id);
  }
};

/** Shows the sample organization in place of a real one. Nothing real is touched. */
export const exploreSample: Command = async ({ current }) => {
  // What was changed in it lasts as long as it is shown, so it is not begun anew by looking at it again.
  if (!current.isSample) await current.chooseSample(true);
  await commands.executeCommand(`${viewIds.checkpoints}.focus`);
};

/** Goes back to what the saved key belongs to, or to the welcome. */
export const leaveSample: Command = async ({ current }) => {
  if (current.isSample) await current.chooseSample(false);
};
