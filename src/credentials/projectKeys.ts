import type { Disposable, SecretStorage } from 'vscode';
import { names } from '../text/order';
import { readKey, removeKey, type SavedKey, saveKey } from './boundKey';

/** The project that a key is saved for. Contains no part of the key. */
export interface ProjectKeyEntry {
  /** The project's ID. */
  readonly project: string;
  /** The project's name when the key was saved, for display. */
  readonly label: string;
}

/** Storage of the index of a profile's project keys, which has IDs and labels only. */
export type ProjectKeyIndex = (profile: string) => {
  read(): unknown;
  write(record: ProjectKeyRecord): PromiseLike<void>;
};

/** The stored index, with the version of the format. */
export interface ProjectKeyRecord {
  readonly version: 1;
  readonly keys: readonly ProjectKeyEntry[];
}

const prefix = 'checkpointPermissions.projectKey.';
const kind = 'project API key';

/**
 * Project API keys in the secret storage: one for each project of a profile, each bound to an origin. Before VS Code
 * 1.105 the storage can't list its names, so an index does. Failures of the storage are thrown as `KeyringError`.
 */
export class ProjectKeys {
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly secrets: SecretStorage,
    private readonly index: ProjectKeyIndex,
  ) {}

  /** The projects of a profile that have a key, sorted by label. Doesn't read the secret storage. */
  list(profile: string): ProjectKeyEntry[] {
    return parseEntries(this.index(profile).read()).sort((one, other) =>
      names.compare(one.label, other.label),
    );
  }

  /** A project's key, or undefined when there is none. */
  get(profile: string, project: string): Promise<SavedKey | undefined> {
    return readKey(this.secrets, secretNameOf(profile, project), kind);
  }

  /** Saves or replaces a project's key. When that fails, the index is restored. */
  set(profile: string, { project, label }: ProjectKeyEntry, { key, origin }: SavedKey): Promise<void> {
    return this.#enqueue(async () => {
      const before = parseEntries(this.index(profile).read());
      const others = before.filter((entry) => entry.project !== project);
      const entry = { project, label: label.replaceAll(key, '(key)') };
      // The index is written first, so that every saved key can be found and removed.
      await this.index(profile).write({ version: 1, keys: [...others, entry] });
      try {
        await saveKey(this.secrets, secretNameOf(profile, project), kind, { key, origin });
      } catch (error) {
        // A keyring that stored another value than the key must not keep it.
        if (others.length === before.length)
          await removeKey(this.secrets, secretNameOf(profile, project), kind).catch(() => undefined);
        await this.index(profile).write({ version: 1, keys: before });
        throw error;
      }
    });
  }

  /** Removes a project's key. When that fails, the project stays in the index. */
  remove(profile: string, project: string): Promise<void> {
    return this.#enqueue(() => this.#remove(profile, project));
  }

  /** Removes all keys of a profile. Those removed before a failure stay removed, the others stay in the index. */
  removeAll(profile: string): Promise<void> {
    return this.#enqueue(async () => {
      for (const { project } of parseEntries(this.index(profile).read()))
        await this.#remove(profile, project);
    });
  }

  /** Calls the listener for each project whose key was saved or removed, in any window. */
  onDidChange(listener: (changed: { profile: string; project: string }) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      const [, profile, project] =
        /^([^.]+)\.(.+)$/s.exec(key.startsWith(prefix) ? key.slice(prefix.length) : '') ?? [];
      if (profile !== undefined && project !== undefined) listener({ profile, project });
    });
  }

  async #remove(profile: string, project: string): Promise<void> {
    await removeKey(this.secrets, secretNameOf(profile, project), kind);
    const remaining = parseEntries(this.index(profile).read()).filter((entry) => entry.project !== project);
    await this.index(profile).write({ version: 1, keys: remaining });
  }

  /** Runs changes one after the other, so that none is lost. */
  #enqueue(change: () => Promise<void>): Promise<void> {
    const result = this.#lastChange.then(change);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

/** The name of a key in the secret storage. Profile IDs have no dot, so the name can be parsed. */
function secretNameOf(profile: string, project: string): string {
  return `${prefix}${profile}.${project}`;
}

/** The stored index may come from another version or be damaged. Every entry with a project is used. */
function parseEntries(stored: unknown): ProjectKeyEntry[] {
  const keys = (stored as Partial<ProjectKeyRecord> | null | undefined)?.keys;
  if (!Array.isArray(keys)) return [];
  const entries = new Map<string, ProjectKeyEntry>();
  for (const entry of keys as (Partial<ProjectKeyEntry> | null)[]) {
    const { project, label } = entry ?? {};
    if (typeof project !== 'string' || project === '') continue;
    entries.set(project, { project, label: typeof label === 'string' && label !== '' ? label : project });
  }
  return [...entries.values()];
}
