import { window } from 'vscode';
import { Catalog } from '../../access/catalog/catalog';
import { explain, inWords } from '../../access/explain';
import { escapeForMessage } from '../../editor/plainText';
import { askInDialog } from '../../editor/questions';
import { defaultProfile, type Profile } from '../../organizations/profile';
import { forgetKept, stateItem } from '../../organizations/stateItem';
import { count, someOf } from '../shared/displayNames';
import { quoted } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { pickProfile, savedProfiles } from './pickProfile';

/**
 * Forgets an organization with its keys, its list and its journal, after saying what goes and that nobody's access
 * changes.
 */
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
  const stay = await forget(services, profile);
  services.log.info('An organization was removed, with its keys, its list and its journal.');
  if (stay === 0) window.setStatusBarMessage(`$(check) Removed ${label} from VS Code`, 5000);
  else void window.showWarningMessage(`Removed ${label} from VS Code. ${inUse(stay)}`);
};

/** `The record of 1 change goes later: …` */
function inUse(changes: number): string {
  const one = changes === 1;
  return `The ${one ? 'record' : 'records'} of ${count(changes, 'change')} ${one ? 'goes' : 'go'} as soon as the window that is applying ${one ? 'it' : 'them'} is done.`;
}

async function whatGoes(services: Services, profile: Profile): Promise<string> {
  const { keys, projectKeys, memories } = services;
  const saved = await keys.get(profile.id).catch(() => 'unreadable' as const);
  const projects = projectKeys.list(profile.id).map(({ label }) => label);
  const { size } = new Catalog(stateItem(memories.everywhere, `catalog.${profile.id}`));
  const goes = [
    ...(saved
      ? [`its admin API key${saved === 'unreadable' ? '' : ` for ${escapeForMessage(saved.origin)}`}`]
      : []),
    ...(projects.length > 0 ? [`${count(projects.length, 'project API key')}: ${someOf(projects, 5)}`] : []),
    `its list of ${count(size, 'checkpoint')}`,
    ...(await journalInWords(services, profile)),
    profile.id === defaultProfile ? 'its name; the setting Base URL stays' : 'its name and its address',
  ];
  return [
    'Nobody’s access changes, and nothing is sent.',
    ['This is forgotten on this computer:', ...goes.map((each) => `• ${each}`)].join('\n'),
    'Keys stay valid: to end them, delete them in the settings of the organization.',
  ].join('\n\n');
}

/** The journal is what tells and takes back what was done, so it is not to go unsaid. */
async function journalInWords({ journals }: Services, { id }: Profile): Promise<string[]> {
  if (!(await journals.isBegun())) return [];
  const journal = await journals.kept;
  try {
    const [all, interrupted, elsewhere] = await Promise.all([
      journal.accounts(id),
      journal.interrupted(id),
      journal.elsewhere(id),
    ]);
    if (all.length === 0) return [];
    const open = [
      interrupted.length > 0 ? `${interrupted.length} interrupted, not to be continued any more` : '',
      elsewhere.length > 0 ? `${elsewhere.length} being applied in another window, which stops` : '',
    ].filter(Boolean);
    const of = `its journal of ${count(all.length, 'change')}`;
    const which = open.length > 0 ? ` (${open.join('; ')})` : '';
    return [
      `${of}${which}: they cannot be undone from here any more. Export Access… keeps the history as a file`,
    ];
  } catch (error) {
    return [
      `its journal of changes, which cannot be read now (${escapeForMessage(inWords(explain(error)), 200)})`,
    ];
  }
}

/**
 * The keys first, which also stops what is being applied, and the list of organizations after the journal: when the
 * keyring or the disk fails, the organization is still there to be removed again. Resolves to how many changes are
 * being applied still.
 */
async function forget(services: Services, { id }: Profile): Promise<number> {
  const { keys, projectKeys, memories, journals, profiles, choices, current } = services;
  const isShown = current.shownId === id;
  await projectKeys.removeAll(id);
  await keys.remove(id);
  const stay = (await journals.isBegun()) ? await (await journals.kept).forget(id) : [];
  await profiles.remove(id);
  await forgetKept(memories, id);
  await choices.filterBy({ id }, {});
  if (!isShown) return stay.length;
  const [next] = (await savedProfiles(services)).filter((profile) => profile.id !== id);
  await current.show(next?.id ?? defaultProfile);
  return stay.length;
}
