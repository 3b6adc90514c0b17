import type { Disposable, SecretStorage } from 'vscode';

/** An admin API key and the one origin it may be sent to. */
export interface SavedKey {
  readonly key: string;
  /** Such as `https://api.openai.com`: where the key was checked when it was saved. */
  readonly origin: string;
}

/** The secret storage of the editor (the keyring of the system, as a rule) failed; the message carries its own words. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/**
 * Admin API keys in the editor's secret storage, one for each profile of an organization, each bound to an origin.
 * Nothing of a key is kept anywhere else. Every failure of the storage is thrown as a {@link KeyringError}.
 */
export class AdminKeys {
  constructor(private readonly secrets: SecretStorage) {}

  /** The saved key, or undefined when there is none. */
  async get(profile: string): Promise<SavedKey | undefined> {
    const text = await said('read the key', this.secrets.get(secretName(profile)));
    if (text === undefined) return undefined;
    const saved = parsed(text);
    if (!saved)
      throw new KeyringError('What is saved as the admin API key cannot be read. Set the key again.');
    return saved;
  }

  /** Saves the key and reads it back, because some keyrings lose what they accept. */
  async set(profile: string, saved: SavedKey): Promise<void> {
    await said('save the key', this.secrets.store(secretName(profile), JSON.stringify(saved)), saved.key);
    const kept = await this.get(profile);
    if (kept?.key !== saved.key || kept.origin !== saved.origin) {
      throw new KeyringError('The secret storage accepted the key but did not keep it.');
    }
  }

  async remove(profile: string): Promise<void> {
    await said('remove the key', this.secrets.delete(secretName(profile)));
  }

  /** Hears that a profile's key was saved or removed, in this window or in another one. */
  onDidChange(profile: string, listener: () => void): Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key === secretName(profile)) listener();
    });
  }
}

function secretName(profile: string): string {
  return `checkpointPermissions.adminKey.${profile}`;
}

function parsed(text: string): SavedKey | undefined {
  try {
    const { key, origin } = JSON.parse(text) as Partial<SavedKey>;
    return typeof key === 'string' && typeof origin === 'string' ? { key, origin } : undefined;
  } catch {
    // The parser's message would quote the text, which may be a key.
    return undefined;
  }
}

async function said<T>(doing: string, work: Thenable<T>, secret?: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const reason = secret ? words.replaceAll(secret, '(key)') : words;
    throw new KeyringError(`The secret storage of VS Code could not ${doing}: ${reason}`);
  }
}
