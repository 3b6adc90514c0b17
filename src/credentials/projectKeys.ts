import type { Disposable, SecretStorage } from 'vscode';
import { names } from '../text/order';
import { readKey, removeSecret, type SavedKey, saveKey } from './boundKey';
import type { LoadKeyIndex } from './keyIndex';
import { type ProjectKeyEntry, parseProjectKeys } from './projectKeyEntry';
import { parseProjectKeyName, projectKeyName } from './secretNames';

/** Storage of a profile's list of project keys, which has IDs and labels only. */
export type ProjectKeyList = (profile: string) => {
  read(): unknown;
  write(record: ProjectKeyRecord): PromiseLike<void>;
};

/** The stored list, with the version of the format. */
export interface ProjectKeyRecord {
  readonly version: 1;
  readonly keys: readonly ProjectKeyEntry[];
}

const kind = 'project API key';

/**
 * Project API keys in the secret storage: one for each project of a profile, each bound to an origin. A list of them is
 * in the state, where it can be read at once. It belongs to one profile of VS Code, so {@link refresh} adds what the
 * index beside the secrets has. Failures of the storage are thrown as `KeyringError`.
 */
export class ProjectKeys {
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly secrets: SecretStorage,
    private readonly lists: ProjectKeyList,
    private readonly index: LoadKeyIndex,
  ) {}

  /** The projects of a profile that have a key, sorted by label. Doesn't read the secret storage. */
  list(profile: string): ProjectKeyEntry[] {
    return this.#read(profile).sort((one, other) => names.compare(one.label, other.label));
  }

  /** Adds the keys that another profile of VS Code saved to the list. */
  refresh(profile: string): Promise<void> {
    return this.#enqueue(async () => {
      const listed = this.#read(profile);
      const known = new Set(listed.map(({ project }) => project));
      const added = (await (await this.index()).of(profile)).projectKeys.filter(
        ({ project }) => !known.has(project),
      );
      if (added.length > 0) await this.#write(profile, [...listed, ...added]);
    });
  }

  /** A project's key, or undefined when there is none. */
  get(profile: string, project: string): Promise<SavedKey | undefined> {
    return readKey(this.secrets, projectKeyName(profile, project), kind);
  }

  /** Saves or replaces a project's key. When that fails, the lists are restored. */
  set(profile: string, { project, label }: ProjectKeyEntry, { key, origin }: SavedKey): Promise<void> {
    return this.#enqueue(async () => {
      const before = this.#read(profile);
      const others = before.filter((entry) => entry.project !== project);
      const entry = { project, label: label.replaceAll(key, '(key)') };
      // The lists are written first, so that every saved key can be found and removed.
      await this.#write(profile, [...others, entry]);
      try {
        await (await this.index()).addProjectKey(profile, entry);
        await saveKey(this.secrets, projectKeyName(profile, project), kind, { key, origin });
      } catch (error) {
        await this.#undoSet(profile, project, before);
        throw error;
      }
    });
  }

  /** Removes a project's key. When that fails, the project stays in the lists. */
  remove(profile: string, project: string): Promise<void> {
    return this.#enqueue(() => this.#remove(profile, project));
  }

  /**
   * Removes all keys of a profile, also those that another profile of VS Code saved. Those removed before a failure stay
   * removed, the others stay in the lists.
   */
  removeAll(profile: string): Promise<void> {
    return this.#enqueue(async () => {
      const saved = [...this.#read(profile), ...(await (await this.index()).of(profile)).projectKeys];
      for (const project of new Set(saved.map((entry) => entry.project)))
        await this.#remove(profile, project);
    });
  }

  /** Calls the listener for each project whose key was saved or removed, in any window. */
  onDidChange(listener: (changed: { profile: string; project: string }) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      const changed = parseProjectKeyName(key);
      if (changed) listener(changed);
    });
  }

  async #undoSet(profile: string, project: string, before: readonly ProjectKeyEntry[]): Promise<void> {
    const replaced = before.find((entry) => entry.project === project);
    if (replaced) await (await this.index()).addProjectKey(profile, replaced).catch(() => undefined);
    else {
      // A keyring that stored another value than the key must not keep it.
      await removeSecret(this.secrets, projectKeyName(profile, project), kind).catch(() => undefined);
      await (await this.index()).dropProjectKey(profile, project).catch(() => undefined);
    }
    await this.#write(profile, before);
  }

  async #remove(profile: string, project: string): Promise<void> {
    await removeSecret(this.secrets, projectKeyName(profile, project), kind);
    await (await this.index()).dropProjectKey(profile, project);
    const listed = this.#read(profile);
    const remaining = listed.filter((entry) => entry.project !== project);
    if (remaining.length < listed.length) await this.#write(profile, remaining);
  }

  #read(profile: string): ProjectKeyEntry[] {
    const record = this.lists(profile).read() as Partial<ProjectKeyRecord> | null | undefined;
    return parseProjectKeys(record?.keys);
  }

  #write(profile: string, keys: readonly ProjectKeyEntry[]): PromiseLike<void> {
    return this.lists(profile).write({ version: 1, keys });
  }

  /** Runs changes one after the other, so that none is lost. */
  #enqueue(change: () => Promise<void>): Promise<void> {
    const result = this.#lastChange.then(change);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}
