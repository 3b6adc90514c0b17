import type { Disposable, SecretStorage } from 'vscode';
import { names } from '../text/order';
import { readKey, removeKey, type SavedKey, saveKey } from './boundKey';

/** Which project a key is saved for; nothing of the key itself. */
export interface ProjectKeyEntry {
  /** The project's id. */
  readonly project: string;
  /** The project's name, for people. */
  readonly label: string;
}

/** Where the index of a profile's project keys is stored. Holds IDs and labels only. */
export type ProjectKeyIndex = (profile: string) => {
  read(): unknown;
  write(record: ProjectKeyRecord): PromiseLike<void>;
};

/** The stored index, with a version so that a later one can read it. */
export interface ProjectKeyRecord {
  readonly version: 1;
  readonly keys: readonly ProjectKeyEntry[];
}

const prefix = 'checkpointPermissions.projectKey.';
const kind = 'project API key';

/**
 * Project API keys in the editor's secret storage: any number for each profile, one for each project, each bound to an
 * origin as an admin key is. Before VS Code 1.105, the storage cannot list its names, so an index beside it does. Every
 * failure of the storage is thrown as a `KeyringError`.
 */
export class ProjectKeys {
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly secrets: SecretStorage,
    private readonly index: ProjectKeyIndex,
  ) {}

  /** The projects of a profile that have a key, by label. Does not read the secret storage. */
  list(profile: string): ProjectKeyEntry[] {
    return entriesIn(this.index(profile).read()).sort((one, other) => names.compare(one.label, other.label));
  }

  /** A project's key, or undefined when there is none. */
  get(profile: string, project: string): Promise<SavedKey | undefined> {
    return readKey(this.secrets, secretNameOf(profile, project), kind);
  }

  /** Saves a project's key in place of the one it had. When that fails, the index is as it was. */
  set(profile: string, { project, label }: ProjectKeyEntry, { key, origin }: SavedKey): Promise<void> {
    return this.#inTurn(async () => {
      const before = entriesIn(this.index(profile).read());
      const others = before.filter((entry) => entry.project !== project);
      const entry = { project, label: label.replaceAll(key, '(key)') };
      // The index is written first, so that every saved key can be found and removed.
      await this.index(profile).write({ version: 1, keys: [...others, entry] });
      try {
        await saveKey(this.secrets, secretNameOf(profile, project), kind, { key, origin });
      } catch (error) {
        // A keyring that kept something else must not leave a key behind.
        if (others.length === before.length)
          await removeKey(this.secrets, secretNameOf(profile, project), kind).catch(() => undefined);
        await this.index(profile).write({ version: 1, keys: before });
        throw error;
      }
    });
  }

  /** Removes a project's key; the project stays in the index when that fails. */
  remove(profile: string, project: string): Promise<void> {
    return this.#inTurn(() => this.#remove(profile, project));
  }

  /** Removes all keys of a profile. Those removed before a failure stay removed, the others stay in the index. */
  removeAll(profile: string): Promise<void> {
    return this.#inTurn(async () => {
      for (const { project } of entriesIn(this.index(profile).read())) await this.#remove(profile, project);
    });
  }

  /** Fires for each project whose key was saved or removed, in any window. */
  onDidChange(listener: (changed: { profile: string; project: string }) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      const [, profile, project] =
        /^([^.]+)\.(.+)$/s.exec(key.startsWith(prefix) ? key.slice(prefix.length) : '') ?? [];
      if (profile !== undefined && project !== undefined) listener({ profile, project });
    });
  }

  async #remove(profile: string, project: string): Promise<void> {
    await removeKey(this.secrets, secretNameOf(profile, project), kind);
    const left = entriesIn(this.index(profile).read()).filter((entry) => entry.project !== project);
    await this.index(profile).write({ version: 1, keys: left });
  }

  /** Runs changes one after the other, so that none is lost. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const result = this.#lastChange.then(change);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

/** IDs of profiles have no dot, so the name tells which profile it belongs to. */
function secretNameOf(profile: string, project: string): string {
  return `${prefix}${profile}.${project}`;
}

/** The stored index may come from another version or be damaged. Every entry with a project is used. */
function entriesIn(kept: unknown): ProjectKeyEntry[] {
  const keys = (kept as Partial<ProjectKeyRecord> | null | undefined)?.keys;
  if (!Array.isArray(keys)) return [];
  const entries = new Map<string, ProjectKeyEntry>();
  for (const entry of keys as (Partial<ProjectKeyEntry> | null)[]) {
    const { project, label } = entry ?? {};
    if (typeof project !== 'string' || project === '') continue;
    entries.set(project, { project, label: typeof label === 'string' && label !== '' ? label : project });
  }
  return [...entries.values()];
}
