import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';

/** What an older VS Code has: it can't list the names of secrets. */
type OldSecretStorage = Omit<SecretStorage, 'keys'>;

/** A secret storage in memory, which fails by `fault`. */
export class FakeSecrets implements OldSecretStorage {
  readonly kept = new Map<string, string>();
  /** The fault of the next calls: an error to throw, or `loses` to store nothing. `name`: only for this secret. */
  fault:
    | { readonly on: 'get' | 'store' | 'delete'; readonly error: Error; readonly name?: string }
    | 'loses'
    | undefined;
  readonly #listeners = new Set<(event: SecretStorageChangeEvent) => unknown>();

  readonly onDidChange = (listener: (event: SecretStorageChangeEvent) => unknown) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  async get(key: string): Promise<string | undefined> {
    this.#mayFail('get', key);
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#mayFail('store', key);
    if (this.fault !== 'loses') this.kept.set(key, value);
    for (const listener of this.#listeners) listener({ key });
  }

  async delete(key: string): Promise<void> {
    this.#mayFail('delete', key);
    this.kept.delete(key);
    for (const listener of this.#listeners) listener({ key });
  }

  #mayFail(on: 'get' | 'store' | 'delete', key: string): void {
    if (typeof this.fault !== 'object' || this.fault.on !== on) return;
    if (this.fault.name === undefined || this.fault.name === key) throw this.fault.error;
  }
}

/** As {@link FakeSecrets}, and lists its names as VS Code does since 1.105. */
export class ListingSecrets extends FakeSecrets {
  async keys(): Promise<string[]> {
    return [...this.kept.keys()];
  }
}
