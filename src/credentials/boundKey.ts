import type { SecretStorage } from 'vscode';

/** A key and the one origin it may be sent to. */
export interface SavedKey {
  readonly key: string;
  /** Such as `https://api.openai.com`: where the key was checked when it was saved. */
  readonly origin: string;
  /** Tells it from other keys and says nothing of it: made at random when it is first saved. */
  readonly id?: string;
  /** What the server called the key's organization when it was checked, if it did. */
  readonly organization?: string;
}

/** The secret storage of the editor (the keyring of the system, as a rule) failed; the message carries its own words. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/** Reads what is saved under a name, or undefined when there is nothing. `what` names the kind of key in failures. */
export async function readKey(
  secrets: SecretStorage,
  name: string,
  what: string,
): Promise<SavedKey | undefined> {
  const text = await said('read the key', secrets.get(name));
  if (text === undefined) return undefined;
  const saved = parsed(text);
  if (!saved) throw new KeyringError(`What is saved as the ${what} cannot be read. Set the key again.`);
  return saved;
}

/** Saves the key and reads it back, because some keyrings lose what they accept. */
export async function saveKey(
  secrets: SecretStorage,
  name: string,
  what: string,
  { key, origin, id, organization }: SavedKey,
): Promise<void> {
  const text = JSON.stringify({ key, origin, id, organization });
  await said('save the key', secrets.store(name, text), key);
  const kept = await readKey(secrets, name, what);
  if (kept?.key !== key || kept.origin !== origin) {
    throw new KeyringError('The secret storage accepted the key but did not keep it.');
  }
}

export async function removeKey(secrets: SecretStorage, name: string): Promise<void> {
  await said('remove the key', secrets.delete(name));
}

function parsed(text: string): SavedKey | undefined {
  try {
    const { key, origin, id, organization } = JSON.parse(text) as Partial<Record<keyof SavedKey, unknown>>;
    if (typeof key !== 'string' || typeof origin !== 'string') return undefined;
    return {
      key,
      origin,
      ...(typeof id === 'string' && { id }),
      ...(typeof organization === 'string' && { organization }),
    };
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
