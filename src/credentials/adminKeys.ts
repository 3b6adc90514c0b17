import { randomUUID } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import { readKey, removeSecret, type SavedKey, saveKey } from './boundKey';
import type { LoadKeyIndex, OrganizationAbout } from './keyIndex';
import { adminKeyName, parseAdminKeyName } from './secretNames';

export type { SavedKey } from './boundKey';
export { KeyringError } from './keyringError';

const kind = 'admin API key';

/** The memory that a profile has a saved key, outside of the secret storage. Contains no part of the key. */
export type SavedKeyMemory = (profile: string) => {
  read(): unknown;
  write(value: SavedKeyNote | undefined): PromiseLike<void>;
};

/** The stored memory, with the version of the format. */
export interface SavedKeyNote {
  readonly version: 1;
  /** The random ID of the key; absent for keys of older versions, which had none. */
  readonly id?: string;
}

/**
 * Admin API keys in the secret storage, one for each profile, each bound to an origin. No part of a key is stored
 * elsewhere. Failures of the storage are thrown as `KeyringError`.
 *
 * A storage can lose a key: without a keyring at the next start, in a browser when another tab stores what it read
 * before. That a key was saved is remembered outside of it, so that a lost key is not taken for one that never was.
 */
export class AdminKeys {
  constructor(
    private readonly secrets: SecretStorage,
    private readonly index: LoadKeyIndex,
    private readonly memory: SavedKeyMemory,
  ) {}

  /** The saved key, or undefined when there is none. */
  get(profile: string): Promise<SavedKey | undefined> {
    return readKey(this.secrets, adminKeyName(profile), kind);
  }

  /** Whether a key was saved that no longer exists, though nobody removed it. */
  async isLost(profile: string): Promise<boolean> {
    const note = parseNote(this.memory(profile).read());
    if (!note || (await this.get(profile))) return false;
    if (note.id === undefined || !(await (await this.index()).wasRemoved(note.id))) return true;
    await this.forget(profile);
    return false;
  }

  /** Remembers that the key exists, as for one that another profile of VS Code saved. */
  async remember(profile: string, { id }: SavedKey): Promise<void> {
    const note = parseNote(this.memory(profile).read());
    if (!note || note.id !== id)
      await this.memory(profile).write({ version: 1, ...(id !== undefined && { id }) });
  }

  /** Forgets that a key was saved. */
  async forget(profile: string): Promise<void> {
    if (this.memory(profile).read() !== undefined) await this.memory(profile).write(undefined);
  }

  /**
   * Saves the key and reads it back, because some keyrings lose what they accept. A new key gets a new ID; saving the
   * same key again keeps its ID. Resolves to that ID. `about` is what the index says of the organization.
   */
  async set(profile: string, saved: SavedKey, about?: OrganizationAbout): Promise<string> {
    const before = await this.get(profile).catch(() => undefined);
    const isSame = before?.key === saved.key && before.origin === saved.origin;
    const id = (isSame ? before.id : undefined) ?? randomUUID();
    // The index is written first, so that every saved key can be found and removed.
    await (await this.index()).addAdminKey(profile, about);
    try {
      await saveKey(this.secrets, adminKeyName(profile), kind, { ...saved, id });
    } catch (error) {
      if (!before) await (await this.index()).dropAdminKey(profile).catch(() => undefined);
      throw error;
    }
    await this.memory(profile).write({ version: 1, id });
    return id;
  }

  /** Removes the key, and what is remembered of it in this profile of VS Code. */
  async remove(profile: string): Promise<void> {
    const saved = await this.get(profile).catch(() => 'unreadable' as const);
    const note = this.memory(profile).read();
    const before = parseNote(note);
    const id = saved === 'unreadable' ? before?.id : saved?.id;
    // First, so that no window reports the key as lost in between.
    if (id !== undefined) await (await this.index()).noteRemoval(id);
    await this.forget(profile);
    try {
      await removeSecret(this.secrets, adminKeyName(profile), kind);
    } catch (error) {
      // As it was, with the check of the key.
      if (before) await this.memory(profile).write(note as SavedKeyNote);
      throw error;
    }
    await (await this.index()).dropAdminKey(profile);
  }

  /** Calls the listener for each profile whose key was saved or removed, in any window. */
  onDidChange(listener: (profile: string) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      const profile = parseAdminKeyName(key);
      if (profile !== undefined) listener(profile);
    });
  }
}

function parseNote(stored: unknown): SavedKeyNote | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id } = stored as Partial<Record<keyof SavedKeyNote, unknown>>;
  return { version: 1, ...(typeof id === 'string' && { id }) };
}
