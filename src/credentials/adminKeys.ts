import { randomUUID } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import { readKey, removeKey, type SavedKey, saveKey } from './boundKey';

export type { SavedKey } from './boundKey';
export { KeyringError } from './keyringError';

const prefix = 'checkpointPermissions.adminKey.';
const kind = 'admin API key';

/**
 * Admin API keys in the secret storage, one for each profile, each bound to an origin. No part of a key is stored
 * elsewhere. Failures of the storage are thrown as `KeyringError`.
 */
export class AdminKeys {
  constructor(private readonly secrets: SecretStorage) {}

  /** The saved key, or undefined when there is none. */
  get(profile: string): Promise<SavedKey | undefined> {
    return readKey(this.secrets, prefix + profile, kind);
  }

  /**
   * Saves the key and reads it back, because some keyrings lose what they accept. A new key gets a new ID; saving the
   * same key again keeps its ID.
   */
  async set(profile: string, saved: SavedKey): Promise<void> {
    const before = await this.get(profile).catch(() => undefined);
    const isSame = before?.key === saved.key && before.origin === saved.origin;
    const id = (isSame ? before.id : undefined) ?? randomUUID();
    await saveKey(this.secrets, prefix + profile, kind, { ...saved, id });
  }

  remove(profile: string): Promise<void> {
    return removeKey(this.secrets, prefix + profile, kind);
  }

  /** Calls the listener for each profile whose key was saved or removed, in any window. */
  onDidChange(listener: (profile: string) => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) listener(key.slice(prefix.length));
    });
  }
}
