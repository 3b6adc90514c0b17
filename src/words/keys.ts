import type { KeyKind } from '../credentials/keyringError';
import { sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { type Explanation, explanationInWords } from './errors';
import { quotedName } from './names';

// Asking for keys, saving and removing them. Names are escaped here.

/** The owner of a key. */
export type KeyOwner =
  /** `organization`: its name, if there are several. */
  | { readonly kind: 'admin API key'; readonly organization?: string }
  | { readonly kind: 'project API key'; readonly project: string };

export const keyTitles = {
  setAdminKey: 'Set Admin API Key',
  addProjectKeyProject: 'Add Project API Key (1/2)',
  addProjectKey: 'Add Project API Key (2/2)',
  removeProjectKey: 'Remove Project API Key',
  removeSavedKeys: 'Remove Saved Keys',
} as const;

export const keyPlaceholder: Readonly<Record<KeyKind, string>> = {
  'admin API key': 'Admin API key',
  'project API key': 'Project API key',
};

export function keyPrompt(owner: KeyOwner, origin: string): string {
  return sentences(
    pasteKey(owner),
    `It's checked at ${origin}, stored in VS Code's secret storage, and sent nowhere else.`,
  );
}

function pasteKey(owner: KeyOwner): string {
  if (owner.kind === 'project API key')
    return `Paste an API key of the project ${quotedName(owner.project)}.`;
  return owner.organization === undefined
    ? 'Paste an admin API key of your organization.'
    : `Paste an admin API key of ${quotedName(owner.organization)}.`;
}

/** For Enter while nothing is typed. */
export const keyMissing: Readonly<Record<KeyKind, string>> = {
  'admin API key': 'Nothing was entered. Paste an admin API key, or press Escape to cancel.',
  'project API key': 'Nothing was entered. Paste a project API key, or press Escape to cancel.',
};

/** For a text that no header can hold. */
export const noKey =
  "That's not a valid key: it contains spaces or unsupported characters. Copy only the key.";

/** For a valid key that does not look like one of its kind. */
export const unusualKey: Readonly<Record<KeyKind, string>> = {
  'admin API key': 'Admin API keys usually start with “sk-admin-”. Press Enter to check this key anyway.',
  'project API key':
    "This looks like an admin API key, which can't see inside a project. Press Enter to check it anyway.",
};

export const checkingKey: Readonly<Record<KeyKind, string>> = {
  'admin API key': 'Checking the admin API key',
  'project API key': 'Checking the project API key',
};

/** Why a check of a key has no result: the key may not read the list, or the API has no such list. */
export type NotVerified = 'notAllowed' | 'noSuchList';

/** The question after a check without a result. */
export function saveUnverifiedKey(owner: KeyOwner, why: NotVerified): string {
  if (owner.kind === 'project API key') return unverified.ofProject[why](quotedName(owner.project));
  return owner.organization === undefined
    ? unverified.ofTheOrganization[why]
    : unverified.ofOneOfSeveral[why](quotedName(owner.organization));
}

const unverified = {
  ofTheOrganization: {
    notAllowed: "Couldn't verify this key: it isn't allowed to list admin API keys. Save it anyway?",
    noSuchList: "Couldn't verify this key: the API has no list of admin API keys. Save it anyway?",
  },
  ofOneOfSeveral: {
    notAllowed: (name: string) =>
      `Couldn't verify this key of ${name}: it isn't allowed to list admin API keys. Save it anyway?`,
    noSuchList: (name: string) =>
      `Couldn't verify this key of ${name}: the API has no list of admin API keys. Save it anyway?`,
  },
  ofProject: {
    notAllowed: (name: string) =>
      `Couldn't verify this key of ${name}: it isn't allowed to list models. Save it anyway?`,
    noSuchList: (name: string) =>
      `Couldn't verify this key of ${name}: the API has no list of models. Save it anyway?`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<NotVerified, unknown>>>>;

const notSaved: Readonly<Record<KeyKind, string>> = {
  'admin API key': "The admin API key wasn't saved.",
  'project API key': "The project API key wasn't saved.",
};

/** A failed check of a key. */
export function keyNotSaved(kind: KeyKind, why: Explanation): string {
  return sentences(notSaved[kind], explanationInWords(why));
}

/** The outcome for a key when the organization was switched during the question. */
export const keyCheckedNotSaved = "The key was checked, but it wasn't saved.";

export const keyOfRemovedOrganization =
  "This organization was removed in another window, so the key wasn't saved.";

/** `organization`: its name, if there are several. */
export function adminKeySaved(origin: string, organization: string | undefined): string {
  return organization === undefined
    ? `Admin API key saved for ${origin}`
    : `Admin API key of ${quotedName(organization)} saved for ${origin}`;
}

export function projectKeySaved(project: string): string {
  return `The key of the project ${quotedName(project)} was saved. Find Checkpoints… can now find what its fine-tuning jobs created.`;
}

export const projectKeysOfSample =
  'The sample organization comes with keys for some of its projects. Find Checkpoints… uses them.';

/** `organization`: its name, if there are several. */
export function noAdminKeyToRemove(organization: string | undefined): string {
  return organization === undefined
    ? 'No admin API key is saved. Nothing was removed.'
    : `No admin API key is saved for ${quotedName(organization)}. Nothing was removed.`;
}

/** `organization`: its name, if there are several. `origin`: undefined if the key cannot be read. */
export function removeAdminKeyQuestion(organization: string | undefined, origin: string | undefined): string {
  if (organization === undefined)
    return origin === undefined
      ? 'Remove the saved admin API key?'
      : `Remove the saved admin API key for ${origin}?`;
  return origin === undefined
    ? `Remove the saved admin API key of ${quotedName(organization)}?`
    : `Remove the saved admin API key of ${quotedName(organization)} for ${origin}?`;
}

/** What stays after an admin key is removed. `projectKeys`: number of saved project keys. */
export function keptWithoutAdminKey(projectKeys: number): string {
  return sentences(
    'The key stays valid until you delete it in your OpenAI organization settings.',
    'Your checkpoint list and change history are kept. Use Remove Organization… to delete them, too.',
    projectKeys === 0
      ? ''
      : plural(
          projectKeys,
          '1 project API key stays saved. Use Remove Project API Key… to remove it.',
          (keys) => `${keys} project API keys stay saved. Use Remove Project API Key… to remove them.`,
        ),
  );
}

export const adminKeyRemoved = 'Admin API key removed';

export const noProjectKeyToRemove = 'No project API key is saved. Nothing was removed.';

export const chooseProjectKeysToRemove =
  'Select the projects whose keys you want to remove from this computer. The keys stay valid.';

export function projectKeysRemoved(count: number): string {
  return plural(count, 'Project API key removed', (keys) => `${keys} project API keys removed`);
}

/** The saved keys of an organization: at least one. */
export function savedKeysInWords(hasAdminKey: boolean, projectKeys: number): string {
  const ofProjects = plural(projectKeys, '1 project API key', (keys) => `${keys} project API keys`);
  if (projectKeys === 0) return 'Admin API key';
  return hasAdminKey ? `Admin API key and ${ofProjects}` : ofProjects;
}

/** The organization of saved keys. `isHere`: this profile of VS Code has it. `name`: undefined if it isn't known. */
export function organizationOfKeys(name: string | undefined, isHere: boolean): string {
  if (name === undefined) return 'Unknown organization';
  const escaped = escapeForMessage(name, 100);
  return isHere ? escaped : `${escaped} (not in this VS Code profile)`;
}

/** A picker row of a saved key. `project`: the name of its project; undefined for an admin key. */
export function savedKeyInPicker(project: string | undefined): string {
  return project === undefined ? 'Admin API key' : `Project API key of ${quotedName(project)}`;
}

export const noSavedKey = 'No API key is saved on this computer. Nothing was removed.';

export const chooseSavedKeysToRemove =
  'Select the keys to remove from this computer. They are removed for all VS Code profiles. The keys stay valid.';

export function removeSavedKeysQuestion(keys: number): string {
  return plural(
    keys,
    'Remove 1 saved API key from this computer?',
    (many) => `Remove ${many} saved API keys from this computer?`,
  );
}

export const keptWithoutSavedKeys = sentences(
  'The keys are removed for all VS Code profiles on this computer.',
  'They stay valid until you delete them in your OpenAI organization settings.',
  'Checkpoint lists and change histories are kept. Use Remove Organization… to delete them, too.',
);

export function savedKeysRemoved(count: number): string {
  return plural(count, 'API key removed', (keys) => `${keys} API keys removed`);
}
