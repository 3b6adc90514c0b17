import type { SecretStorage } from 'vscode';
import { names } from '../text/order';
import { readSecret, removeSecret, storeSecret } from './boundKey';
import { type KeyKind, KeyringError } from './keyringError';
import { type ProjectKeyEntry, parseProjectKeys } from './projectKeyEntry';
import { adminKeyName, parseAdminKeyName, parseProjectKeyName, projectKeyName } from './secretNames';

/** What is needed to set up an organization again. Contains no part of a key. */
export interface OrganizationAbout {
  readonly name: string;
  readonly baseUrl: string;
}

/** The saved keys of an organization, on this computer. Contains no part of a key. */
export interface OrganizationKeys {
  /** The ID of the organization's profile. */
  readonly profile: string;
  /** Absent when it is not known, as for keys that an older version saved. */
  readonly about?: OrganizationAbout;
  readonly hasAdminKey: boolean;
  /** Sorted by label. */
  readonly projectKeys: readonly ProjectKeyEntry[];
}

/** The stored entry of an organization. */
interface IndexEntry {
  readonly about?: OrganizationAbout;
  readonly hasAdminKey: boolean;
  readonly projectKeys: readonly ProjectKeyEntry[];
}

interface KeyIndexRecord {
  readonly organizations: ReadonlyMap<string, IndexEntry>;
  /** Random IDs of admin keys that a person removed, the latest last. */
  readonly removed: readonly string[];
}

/** Loads the index on first use: activation doesn't need it. */
export type LoadKeyIndex = () => Promise<KeyIndex>;

const indexName = 'checkpointPermissions.index';
const nothing: IndexEntry = { hasAdminKey: false, projectKeys: [] };
const mostRemoved = 100;
const mostTries = 5;

/**
 * Which keys are in the secret storage, as one more secret. State and files belong to one profile of VS Code, the
 * secrets to all of them, so only what lies beside the secrets can list them. An entry counts while its secret exists.
 * Where the storage lists its names (VS Code 1.105 and later), keys without an entry are found, too. Contains no part of
 * a key. All functions reject with `KeyringError`.
 */
export class KeyIndex {
  #lastChange: Promise<unknown> = Promise.resolve();
  /** What this window wrote, by profile: another window may overwrite it with what it read before. */
  readonly #written = new Map<string, IndexEntry>();

  constructor(private readonly secrets: SecretStorage) {
    // Never disposed of, because it lives as long as the extension.
    secrets.onDidChange(({ key }) => {
      if (key === indexName && this.#written.size > 0) void this.#restoreOwn().catch(() => undefined);
    });
  }

  /** The saved keys of all organizations, sorted by name. */
  async list(): Promise<OrganizationKeys[]> {
    const { organizations } = await this.#read();
    const found = new Map(organizations);
    const existing = (await this.#allNames()) ?? (await this.#existing(organizations));
    for (const [profile, entry] of found) found.set(profile, onlyExisting(profile, entry, existing));
    for (const name of existing) addByName(found, name);
    return [...found]
      .filter(([, entry]) => hasKeys(entry))
      .map(([profile, { about, hasAdminKey, projectKeys }]) => ({
        profile,
        ...(about && { about }),
        hasAdminKey,
        projectKeys: [...projectKeys].sort((one, other) => names.compare(one.label, other.label)),
      }))
      .sort((one, other) => names.compare(one.about?.name ?? '', other.about?.name ?? ''));
  }

  /** The saved keys of one organization. */
  async of(profile: string): Promise<OrganizationKeys> {
    const found = (await this.list()).find((each) => each.profile === profile);
    return found ?? { profile, hasAdminKey: false, projectKeys: [] };
  }

  /** Whether a person removed the admin key with this random ID, in any profile of VS Code. */
  async wasRemoved(id: string): Promise<boolean> {
    return (await this.#read()).removed.includes(id);
  }

  /** Adds an admin key. `about` is what is shown for its organization. */
  addAdminKey(profile: string, about: OrganizationAbout | undefined): Promise<void> {
    return this.#change('admin API key', profile, (entry) => ({
      ...entry,
      ...(about && { about }),
      hasAdminKey: true,
    }));
  }

  /** Notes that a person removes the admin key with this ID, so that no window reports it as lost. */
  noteRemoval(id: string): Promise<void> {
    return this.#enqueue(async () => {
      const index = await this.#read();
      const removed = [...index.removed.filter((each) => each !== id), id].slice(-mostRemoved);
      await this.#store({ ...index, removed }, 'admin API key', 'remove');
    });
  }

  dropAdminKey(profile: string): Promise<void> {
    return this.#change('admin API key', profile, (entry) => ({ ...entry, hasAdminKey: false }));
  }

  addProjectKey(profile: string, added: ProjectKeyEntry): Promise<void> {
    return this.#change('project API key', profile, (entry) => ({
      ...entry,
      projectKeys: [...entry.projectKeys.filter(({ project }) => project !== added.project), added],
    }));
  }

  dropProjectKey(profile: string, project: string): Promise<void> {
    return this.#change('project API key', profile, (entry) => ({
      ...entry,
      projectKeys: entry.projectKeys.filter((each) => each.project !== project),
    }));
  }

  /**
   * Removes every secret of the extension, this index last. Another profile of VS Code can't tell a key that is removed
   * this way from one that was lost.
   */
  removeAll(): Promise<void> {
    return this.#enqueue(async () => {
      const { organizations } = await this.#read();
      const names = (await this.#allNames()) ?? (await this.#existing(organizations));
      for (const name of names)
        if (name !== indexName) await removeSecret(this.secrets, name, 'admin API key');
      await removeSecret(this.secrets, indexName, 'admin API key');
      this.#written.clear();
    });
  }

  /** Updates the name and the base URL of an organization that has keys. */
  async describe(profile: string, about: OrganizationAbout): Promise<void> {
    await this.#change('admin API key', profile, (entry) => (hasKeys(entry) ? { ...entry, about } : entry));
  }

  /** Runs changes one after the other, each on the stored index, and reads it back. */
  #change(kind: KeyKind, profile: string, change: (entry: IndexEntry) => IndexEntry): Promise<void> {
    return this.#enqueue(async () => {
      for (let tries = 1; ; tries += 1) {
        const index = await this.#read();
        const before = index.organizations.get(profile) ?? nothing;
        const after = change(before);
        this.#written.set(profile, after);
        if (isSame(before, after)) return;
        await this.#store(withEntry(index, profile, after), kind, 'save');
        const stored = (await this.#read()).organizations.get(profile) ?? nothing;
        // Another window may have stored what it read before.
        if (isSame(change(stored), stored)) return;
        if (tries === mostTries) throw new KeyringError('notKept', kind);
      }
    });
  }

  /** Adds what another window overwrote. The secrets decide, so that nothing comes back that was removed. */
  #restoreOwn(): Promise<void> {
    return this.#enqueue(async () => {
      const index = await this.#read();
      let repaired = index;
      for (const [profile, written] of this.#written) {
        const entry = index.organizations.get(profile) ?? nothing;
        const merged = await this.#merge(profile, entry, written);
        if (!isSame(entry, merged)) repaired = withEntry(repaired, profile, merged);
        this.#written.set(profile, merged);
      }
      if (repaired !== index) await this.#store(repaired, 'admin API key', 'save');
    });
  }

  async #merge(profile: string, entry: IndexEntry, written: IndexEntry): Promise<IndexEntry> {
    const hasAdminKey =
      entry.hasAdminKey || (written.hasAdminKey && (await this.#exists(adminKeyName(profile))));
    const known = new Set(entry.projectKeys.map(({ project }) => project));
    const projectKeys = [...entry.projectKeys];
    for (const each of written.projectKeys) {
      if (known.has(each.project)) continue;
      if (await this.#exists(projectKeyName(profile, each.project))) projectKeys.push(each);
    }
    const about = entry.about ?? written.about;
    return { ...(about && { about }), hasAdminKey, projectKeys };
  }

  async #exists(name: string): Promise<boolean> {
    return (await readSecret(this.secrets, name, 'admin API key')) !== undefined;
  }

  /** The names of all secrets; undefined where the storage can't list them. */
  async #allNames(): Promise<ReadonlySet<string> | undefined> {
    const { keys } = this.secrets as { keys?: () => PromiseLike<readonly string[]> };
    if (typeof keys !== 'function') return undefined;
    try {
      return new Set(await keys.call(this.secrets));
    } catch {
      return undefined;
    }
  }

  /** The names of the secrets that are in the index and exist. */
  async #existing(organizations: KeyIndexRecord['organizations']): Promise<ReadonlySet<string>> {
    const existing = new Set<string>();
    for (const [profile, { hasAdminKey, projectKeys }] of organizations) {
      const ofProjects = projectKeys.map(({ project }) => projectKeyName(profile, project));
      for (const name of hasAdminKey ? [adminKeyName(profile), ...ofProjects] : ofProjects)
        if (await this.#exists(name)) existing.add(name);
    }
    return existing;
  }

  async #read(): Promise<KeyIndexRecord> {
    return parseIndex(await readSecret(this.secrets, indexName, 'admin API key'));
  }

  async #store(index: KeyIndexRecord, kind: KeyKind, problem: 'save' | 'remove'): Promise<void> {
    const organizations = Object.fromEntries(index.organizations);
    const isEmpty = index.organizations.size === 0 && index.removed.length === 0;
    if (isEmpty) return removeSecret(this.secrets, indexName, kind);
    const text = JSON.stringify({ version: 1, organizations, removed: index.removed });
    await storeSecret(this.secrets, indexName, text, kind, problem);
  }

  #enqueue(change: () => Promise<void>): Promise<void> {
    const result = this.#lastChange.then(change);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

function hasKeys({ hasAdminKey, projectKeys }: IndexEntry): boolean {
  return hasAdminKey || projectKeys.length > 0;
}

function withEntry(index: KeyIndexRecord, profile: string, entry: IndexEntry): KeyIndexRecord {
  const organizations = new Map(index.organizations);
  if (hasKeys(entry)) organizations.set(profile, entry);
  else organizations.delete(profile);
  return { ...index, organizations };
}

function isSame(one: IndexEntry, other: IndexEntry): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable({ about, hasAdminKey, projectKeys }: IndexEntry): unknown {
  const projects = projectKeys.map(({ project, label }) => [project, label]).sort();
  return hasKeys({ hasAdminKey, projectKeys })
    ? [about?.name, about?.baseUrl, hasAdminKey, projects]
    : [hasAdminKey, projects];
}

function onlyExisting(profile: string, entry: IndexEntry, existing: ReadonlySet<string>): IndexEntry {
  return {
    ...entry,
    hasAdminKey: existing.has(adminKeyName(profile)),
    projectKeys: entry.projectKeys.filter(({ project }) => existing.has(projectKeyName(profile, project))),
  };
}

/** Adds the key with this name, if it is the name of one. */
function addByName(found: Map<string, IndexEntry>, name: string): void {
  const admin = parseAdminKeyName(name);
  if (admin !== undefined) found.set(admin, { ...(found.get(admin) ?? nothing), hasAdminKey: true });
  const key = parseProjectKeyName(name);
  if (!key) return;
  const entry = found.get(key.profile) ?? nothing;
  if (entry.projectKeys.some(({ project }) => project === key.project)) return;
  const projectKeys = [...entry.projectKeys, { project: key.project, label: key.project }];
  found.set(key.profile, { ...entry, projectKeys });
}

/** The stored index may come from another version or be damaged. Every usable entry is used. */
function parseIndex(text: string | undefined): KeyIndexRecord {
  const stored = parseJSON(text) as { organizations?: unknown; removed?: unknown } | null | undefined;
  const organizations = new Map<string, IndexEntry>();
  const entries = typeof stored?.organizations === 'object' ? (stored.organizations ?? {}) : {};
  for (const [profile, value] of Object.entries(entries)) {
    if (!isProfileId(profile)) continue;
    const { about, hasAdminKey, projectKeys } = (value ?? {}) as Partial<Record<keyof IndexEntry, unknown>>;
    const parsed = parseAbout(about);
    organizations.set(profile, {
      ...(parsed && { about: parsed }),
      hasAdminKey: hasAdminKey === true,
      projectKeys: parseProjectKeys(projectKeys),
    });
  }
  const removed = Array.isArray(stored?.removed) ? stored.removed : [];
  return { organizations, removed: removed.filter((id): id is string => typeof id === 'string') };
}

function parseJSON(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProfileId(id: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(id);
}

function parseAbout(about: unknown): OrganizationAbout | undefined {
  const { name, baseUrl } = (about ?? {}) as Partial<Record<keyof OrganizationAbout, unknown>>;
  return typeof name === 'string' && typeof baseUrl === 'string' ? { name, baseUrl } : undefined;
}
