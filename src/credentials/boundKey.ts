import type { SecretStorage } from 'vscode';
import { presentable, rememberKey } from '../text/redact';
import { type KeyKind, KeyringError, type KeyringProblem } from './keyringError';

/** A key and the only origin it may be sent to. */
export interface SavedKey {
  readonly key: string;
  /** The origin the key was verified at, such as `https://api.openai.com`. */
  readonly origin: string;
  /** A random ID, created when the key is first saved. It identifies the key without revealing it. */
  readonly id?: string;
  /** The organization that the API reported for the key, if it did. */
  readonly organization?: string;
}

/** Reads a saved key; undefined when there is none. All functions here reject with `KeyringError`. */
export async function readKey(
  secrets: SecretStorage,
  name: string,
  kind: KeyKind,
): Promise<SavedKey | undefined> {
  const text = await readSecret(secrets, name, kind);
  if (text === undefined) return undefined;
  const saved = parseSavedKey(text);
  if (!saved) throw new KeyringError('damaged', kind);
  rememberKey(saved.key);
  return saved;
}

/** Saves the key and reads it back, because some keyrings lose what they accept. */
export async function saveKey(
  secrets: SecretStorage,
  name: string,
  kind: KeyKind,
  { key, origin, id, organization }: SavedKey,
): Promise<void> {
  rememberKey(key);
  const text = JSON.stringify({ key, origin, id, organization });
  await asKeyringError('save', kind, () => secrets.store(name, text), key);
  const stored = await readKey(secrets, name, kind);
  if (stored?.key !== key || stored.origin !== origin) throw new KeyringError('notKept', kind);
}

/** Reads a secret of any contents; undefined when there is none. */
export function readSecret(secrets: SecretStorage, name: string, kind: KeyKind): Promise<string | undefined> {
  return asKeyringError('read', kind, () => secrets.get(name));
}

/** Stores a secret of any contents. `problem` is what is reported when that fails. */
export function storeSecret(
  secrets: SecretStorage,
  name: string,
  text: string,
  kind: KeyKind,
  problem: KeyringProblem,
): Promise<void> {
  return asKeyringError(problem, kind, () => secrets.store(name, text));
}

export function removeSecret(secrets: SecretStorage, name: string, kind: KeyKind): Promise<void> {
  return asKeyringError('remove', kind, () => secrets.delete(name));
}

function parseSavedKey(text: string): SavedKey | undefined {
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
    // The parser's error is dropped, because its message quotes the text, which may be a key.
    return undefined;
  }
}

/** Rethrows a failure of the secret storage as `KeyringError`, with `secret` removed from the message. */
async function asKeyringError<T>(
  problem: KeyringProblem,
  kind: KeyKind,
  work: () => Thenable<T>,
  secret?: string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new KeyringError(problem, kind, presentable(message, [secret]));
  }
}
