import type { SecretStorage } from 'vscode';
import { type KeyKind, KeyringError, type KeyringProblem } from './keyringError';

/** A key and the one origin it may be sent to. */
export interface SavedKey {
  readonly key: string;
  /** Where the key was checked before it was saved, such as `https://api.openai.com`. */
  readonly origin: string;
  /** Random, made when the key is first saved: tells it from other keys and reveals nothing. */
  readonly id?: string;
  /** What the API called the key's organization when it was checked, if it did. */
  readonly organization?: string;
}

/** Reads what is saved under a name, or undefined when there is nothing. Rejects with `KeyringError`, as all do here. */
export async function readKey(
  secrets: SecretStorage,
  name: string,
  kind: KeyKind,
): Promise<SavedKey | undefined> {
  const text = await orKeyringError('read', kind, secrets.get(name));
  if (text === undefined) return undefined;
  const saved = parsed(text);
  if (!saved) throw new KeyringError('damaged', kind);
  return saved;
}

/** Saves the key and reads it back, because some keyrings lose what they accept. */
export async function saveKey(
  secrets: SecretStorage,
  name: string,
  kind: KeyKind,
  { key, origin, id, organization }: SavedKey,
): Promise<void> {
  const text = JSON.stringify({ key, origin, id, organization });
  await orKeyringError('save', kind, secrets.store(name, text), key);
  const kept = await readKey(secrets, name, kind);
  if (kept?.key !== key || kept.origin !== origin) throw new KeyringError('notKept', kind);
}

export async function removeKey(secrets: SecretStorage, name: string, kind: KeyKind): Promise<void> {
  await orKeyringError('remove', kind, secrets.delete(name));
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

/** `secret` is taken out of the message of the secret storage. */
async function orKeyringError<T>(
  problem: KeyringProblem,
  kind: KeyKind,
  work: Thenable<T>,
  secret?: string,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new KeyringError(problem, kind, secret ? message.replaceAll(secret, '(key)') : message);
  }
}
