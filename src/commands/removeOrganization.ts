import { window } from 'vscode';
import { Catalog } from '../access/catalog';
import { inertText } from '../editor/plainText';
import { askInDialog } from '../editor/questions';
import { forgetKept, keptIn } from '../organizations/kept';
import { defaultProfile, type Profile } from '../organizations/profile';
import { count, someOf } from './names';
import { quoted } from './organizationNames';
import { pickProfile } from './pickProfile';
import { savedProfiles } from './savedProfiles';
import type { Command, Services } from './services';

/** Forgets an organization with its keys and its list, after saying what goes and that nobody's access changes. */
export const removeOrganization: Command = async (services) => {
  const profile = await pickProfile(services, {
    title: 'Remove Organization',
    placeHolder: 'Choose the organization to remove from VS Code; nobody’s access changes',
  });
  if (!profile) return;
  const label = quoted(services, profile);
  const remove = 'Remove';
  const button = await askInDialog(
    `Remove the organization ${label} from VS Code?`,
    await whatGoes(services, profile),
    remove,
  );
  if (button !== remove) return;
  await forget(services, profile);
  services.log.info('An organization was removed, with its keys and its list.');
  window.setStatusBarMessage(`$(check) Removed ${label} from VS Code`, 5000);
};

async function whatGoes({ keys, projectKeys, memories }: Services, profile: Profile): Promise<string> {
  const saved = await keys.get(profile.id).catch(() => 'unreadable' as const);
  const projects = projectKeys.list(profile.id).map(({ label }) => label);
  const { size } = new Catalog(keptIn(memories.everywhere, `catalog.${profile.id}`));
  const goes = [
    ...(saved ? [`its admin API key${saved === 'unreadable' ? '' : ` for ${inertText(saved.origin)}`}`] : []),
    ...(projects.length > 0 ? [`${count(projects.length, 'project API key')}: ${someOf(projects, 5)}`] : []),
    `its list of ${count(size, 'checkpoint')}`,
    profile.id === defaultProfile ? 'its name; the setting Base URL stays' : 'its name and its address',
  ];
  return [
    'Nobody’s access changes, and nothing is sent.',
    ['This is forgotten on this computer:', ...goes.map((each) => `• ${each}`)].join('\n'),
    'Keys stay valid: to end them, delete them in the settings of the organization.',
  ].join('\n\n');
}

/** The keys first: when the keyring fails, the organization is still there to be removed again. */
async function forget(services: Services, { id }: Profile): Promise<void> {
  const { keys, projectKeys, memories, profiles, choices, current } = services;
  const isShown = current.shownId === id;
  await projectKeys.removeAll(id);
  await keys.remove(id);
  await profiles.remove(id);
  await forgetKept(memories, id);
  await choices.filterBy({ id }, {});
  if (!isShown) return;
  const [next] = (await savedProfiles(services)).filter((profile) => profile.id !== id);
  await current.show(next?.id ?? defaultProfile);
}
