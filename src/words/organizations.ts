import { firstOf, metadata, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { type Explanation, explanationInWords } from './errors';
import { quotedName } from './names';

// Selecting, adding, renaming and removing organizations, and why none is shown. Names are escaped here.

export const organizationTitles = {
  addName: 'Add Organization (1/3)',
  addBaseURL: 'Add Organization (2/3)',
  addKey: 'Add Organization (3/3)',
  rename: 'Rename Organization',
  remove: 'Remove Organization',
  addSaved: 'Add Saved Organizations',
  switch: 'Switch Organization',
} as const;

export const organizationQuestions = {
  name: 'Name for the organization in VS Code',
  nameExample: 'For example, Production',
  baseURL:
    'Base URL of the API for this organization. Change it only if you use a gateway. The key is sent nowhere else.',
  rename: 'Select the organization to rename',
  remove: "Select the organization to remove from VS Code. No one's access changes.",
  addSaved: 'Select the organizations to add. Their API keys are already saved on this computer.',
  switch: 'Select the organization to show in this window',
} as const;

/** `host`: shown in place of an empty name; undefined if a name is required. */
export function renamePrompt(host: string | undefined): string {
  return host === undefined
    ? 'The name is used only in VS Code.'
    : `The name is used only in VS Code. Leave it empty to show the host, ${escapeForMessage(host, 100)}.`;
}

export const nameMissing = 'Enter a name.';

export function nameTooLong(longest: number): string {
  return `Use at most ${longest} characters.`;
}

export const nameLooksLikeKey =
  "This looks like an API key. You'll enter the key later, in a field that hides it.";

export const nameTaken = 'Another organization has this name, so both are shown with their host.';

export const baseURLLooksLikeKey = 'The URL contains what looks like an API key. Remove it.';

export function organizationAdded(name: string): string {
  return `Organization ${escapeForMessage(name, 100)} added`;
}

/** Several organizations were added. `names` has at least one. */
export function organizationsAdded(names: readonly string[]): string {
  return plural(names.length, organizationAdded(names[0] ?? ''), (count) => `${count} organizations added`);
}

export const noSavedOrganization =
  'No API keys of other organizations are saved on this computer. Nothing was added.';

/** The picker row that offers organizations whose keys are saved on this computer. */
export function savedOrganizationsInPicker(count: number): string {
  return plural(
    count,
    'keys of 1 more organization are saved on this computer',
    (many) => `keys of ${many} more organizations are saved on this computer`,
  );
}

export function organizationRenamed(name: string): string {
  return `Renamed to ${escapeForMessage(name, 100)}`;
}

export function organizationRemoved(name: string): string {
  return `Removed ${quotedName(name)} from VS Code`;
}

export function organizationShown(name: string): string {
  return `Showing ${escapeForMessage(name, 120)}`;
}

export const removedElsewhere = 'This organization was removed in another window.';

export const noOrganizationYet =
  'No organization is set up yet. Set an admin API key or add an organization.';

export const sampleOrganizations = 'Sample organizations';

/** The description of an organization in a picker. `host` is undefined if the name has it. */
export function organizationInPicker(host: string | undefined, isShown: boolean): string {
  return metadata(host && escapeForMessage(host, 200), isShown ? 'shown now' : '');
}

export function sampleInPicker(isShown: boolean): string {
  return metadata('sample organization', isShown ? 'shown now' : '');
}

/** `organization`: its name, if there are several. */
export function noAdminKey(organization: string | undefined): string {
  return organization === undefined
    ? 'No admin API key is set. Set one, or open the sample organization.'
    : `No admin API key is set for ${quotedName(organization)}. Set one, or switch organizations.`;
}

/** The saved key is no longer there, though nobody removed it. `organization`: its name, if there are several. */
export function savedKeyGone(organization: string | undefined): string {
  return sentences(
    organization === undefined
      ? 'The saved admin API key is gone.'
      : `The saved admin API key of ${quotedName(organization)} is gone.`,
    "VS Code's secret storage no longer has it. This can happen without a system keyring, or in a browser with several tabs.",
    organization === undefined
      ? 'Set the key again, or open the sample organization.'
      : 'Set the key again, or switch organizations.',
  );
}

/** A saved key for another origin than that of the base URL. */
export interface KeyForOtherHost {
  readonly savedFor: string;
  readonly now: string;
  /** Its name, if there are several. */
  readonly organization?: string;
  /** The organization has its own base URL instead of the setting's. */
  readonly isAdded: boolean;
}

export function keyForOtherHost({ savedFor, now, organization, isAdded }: KeyForOtherHost): string {
  const [saved, current] = [escapeForMessage(savedFor), escapeForMessage(now)];
  const what =
    organization === undefined
      ? `The saved admin API key is for ${saved}, so it wasn't sent to ${current}.`
      : `The saved admin API key of ${quotedName(organization)} is for ${saved}, so it wasn't sent to ${current}.`;
  const next = isAdded
    ? `Set a key for ${current}, or switch organizations.`
    : `Set a key for ${current}, or change the Base URL setting.`;
  return sentences(what, next);
}

/** The organization was switched during a command. `outcome`: the result of the command, as a sentence. */
export function organizationSwitched(outcome?: string): string {
  return outcome === undefined
    ? 'You switched organizations or keys, so nothing was sent. Start again from the Checkpoints view.'
    : sentences('You switched organizations or keys.', outcome);
}

/** The change history of an organization to remove. */
export type HistoryToRemove =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'changes';
      readonly count: number;
      readonly interrupted: number;
      /** Changes that another window is or may be applying. */
      readonly applying: number;
    }
  | { readonly kind: 'unreadable'; readonly why: Explanation };

export interface OrganizationToRemove {
  readonly adminKey: 'none' | 'unreadable' | { readonly origin: string };
  /** The names of the projects that have keys. */
  readonly projectKeys: readonly string[];
  readonly checkpoints: number;
  readonly history: HistoryToRemove;
  readonly isAdded: boolean;
}

export function removeOrganizationQuestion(name: string): string {
  return `Remove the organization ${quotedName(name)} from VS Code?`;
}

/** What is deleted with an organization, and what is kept. */
export function removedWithOrganization(removed: OrganizationToRemove): string {
  const { adminKey, projectKeys, checkpoints, history, isAdded } = removed;
  const lines = [
    ...adminKeyLine(adminKey),
    ...projectKeysLine(projectKeys),
    checkpoints === 0
      ? 'Checkpoint list (empty)'
      : plural(
          checkpoints,
          'Checkpoint list (1 checkpoint)',
          (many) => `Checkpoint list (${many} checkpoints)`,
        ),
    ...historyLines(history),
    isAdded ? 'Name and base URL' : 'Name (the Base URL setting stays)',
  ];
  return [
    "No one's access changes, and nothing is sent.",
    ['This is deleted from this computer:', ...lines.map((line) => `• ${line}`)].join('\n'),
    history.kind === 'changes' ? 'To keep the history as a file, use Export Access… first.' : '',
    keysOfAllProfiles(removed),
    'Keys stay valid until you delete them in your OpenAI organization settings.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Keys belong to all profiles of VS Code, lists and history to one. */
function keysOfAllProfiles({ adminKey, projectKeys }: OrganizationToRemove): string {
  return adminKey === 'none' && projectKeys.length === 0
    ? ''
    : 'Keys are deleted for all VS Code profiles on this computer.';
}

function adminKeyLine(adminKey: OrganizationToRemove['adminKey']): string[] {
  if (adminKey === 'none') return [];
  return [
    adminKey === 'unreadable' ? 'Admin API key' : `Admin API key for ${escapeForMessage(adminKey.origin)}`,
  ];
}

const mostNamed = 5;

function projectKeysLine(projects: readonly string[]): string[] {
  if (projects.length === 0) return [];
  const names = firstOf(
    projects.slice(0, mostNamed).map((name) => escapeForMessage(name, 100)),
    projects.length,
  );
  return [
    plural(projects.length, `1 project API key: ${names}`, (keys) => `${keys} project API keys: ${names}`),
  ];
}

function historyLines(history: HistoryToRemove): string[] {
  if (history.kind === 'none') return [];
  if (history.kind === 'unreadable') {
    const why = escapeForMessage(explanationInWords(history.why), 200);
    return [`Change history, which can't be loaded now: ${why}`];
  }
  const { count, interrupted, applying } = history;
  const what = plural(
    count,
    "Change history (1 change, which can't be undone here afterward)",
    (changes) => `Change history (${changes} changes, which can't be undone here afterward)`,
  );
  return [
    what,
    ...(interrupted === 0
      ? []
      : [
          plural(
            interrupted,
            "1 interrupted change, which can't be resumed afterward",
            (changes) => `${changes} interrupted changes, which can't be resumed afterward`,
          ),
        ]),
    ...(applying === 0
      ? []
      : [
          plural(
            applying,
            '1 change that may be in progress in another window, which stops',
            (changes) => `${changes} changes that may be in progress in another window, which stop`,
          ),
        ]),
  ];
}

/** The changes of a removed organization that another window is or may be applying. */
export function stillApplying(changes: number): string {
  return plural(
    changes,
    '1 change may still be in progress in another window. Its record will be deleted when it finishes.',
    (many) =>
      `${many} changes may still be in progress in another window. Their records will be deleted when they finish.`,
  );
}
