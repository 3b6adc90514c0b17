import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/** A secret storage in memory, which fails by `fault`. */
export class FakeSecrets implements SecretStorage {
  readonly kept = new Map<string, string>();
  /** The fault of the next calls: an error to throw, or `loses` to store nothing. */
  fault: { readonly on: 'get' | 'store' | 'delete'; readonly error: Error } | 'loses' | undefined;
  readonly #listeners = new Set<(event: SecretStorageChangeEvent) => unknown>();

  readonly onDidChange = (listener: (event: SecretStorageChangeEvent) => unknown) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  async get(key: string): Promise<string | undefined> {
    this.#mayFail('get');
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#mayFail('store');
    if (this.fault !== 'loses') this.kept.set(key, value);
    for (const listener of this.#listeners) listener({ key });
  }

  async delete(key: string): Promise<void> {
    this.#mayFail('delete');
    this.kept.delete(key);
    for (const listener of this.#listeners) listener({ key });
  }

  /** Exists since VS Code 1.105, so it must not be used. */
  keys(): Promise<string[]> {
    throw new Error('VS Code 1.100 has no such function.');
  }

  #mayFail(on: 'get' | 'store' | 'delete'): void {
    if (typeof this.fault === 'object' && this.fault.on === on) throw this.fault.error;
  }
}
