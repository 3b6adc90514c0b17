import type { OpenAIAdmin, RequestOptions } from '../../openai';
import { Emitter, type Unsubscribe } from '../emitter';
import {
  type CheckedKey,
  checkedKey,
  checkOfRefusal,
  type ExpiryCheck,
  keysAtOnce,
  parseExpiryCheck,
} from './keyCheck';

/** Stores the last check of the key between sessions. `write` resolves once it is stored. */
export interface KeyCheckStorage {
  read(): unknown;
  write(check: ExpiryCheck): PromiseLike<void>;
}

/** A scope that a refused request named as missing. */
export interface MetScope {
  readonly scope: string;
  /** When it was last named, in milliseconds since 1970. */
  readonly at: number;
}

/** The most missing scopes that are kept, those met last: a server may name any. */
const mostScopes = 50;

/**
 * What is known of the admin API key in use: the last check of it, and the scopes that it was missing. Another key has
 * another instance. Only the check is stored. A scope may be added to a key, so what was met in an earlier session says
 * nothing.
 */
export class KeyHealth {
  readonly #changed = new Emitter<void>();
  readonly #scopes = new Map<string, number>();
  #check: ExpiryCheck | undefined;
  #role: string | undefined;
  #failure: { readonly at: number; readonly error: unknown } | undefined;

  constructor(
    private readonly client: Pick<OpenAIAdmin, 'admin' | 'isOwnKey' | 'onMissingScopes'>,
    private readonly now: () => number,
    private readonly storage?: KeyCheckStorage,
  ) {
    this.#check = parseExpiryCheck(storage?.read());
    client.onMissingScopes((scopes) => this.#meet(scopes));
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The last check, in any window or session. Undefined if the key was not checked since it was saved. */
  get check(): ExpiryCheck | undefined {
    return this.#check;
  }

  /** The role of the key's owner, if a check of this session told it. Any text. */
  get role(): string | undefined {
    return this.#role;
  }

  /** Why the last check of this session failed. Undefined if it didn't. */
  get failure(): { readonly at: number; readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** The missing scopes that were met in this session, the last first. */
  get missingScopes(): readonly MetScope[] {
    return [...this.#scopes].map(([scope, at]) => ({ scope, at })).reverse();
  }

  /**
   * Checks the key again with one request. Rejects with the error of a failed check, after which an earlier date still
   * counts.
   */
  async checkAgain(options?: RequestOptions): Promise<void> {
    await this.learn(await this.#ask(options));
  }

  async #ask(options: RequestOptions | undefined): Promise<CheckedKey> {
    try {
      const page = await this.client.admin.organization.adminAPIKeys.list({ limit: keysAtOnce }, options);
      return checkedKey(page, this.client, this.now());
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      const refused = checkOfRefusal(error, this.now());
      if (refused && typeof this.#check?.expires !== 'number') await this.learn(refused);
      this.#failure = { at: this.now(), error };
      this.#changed.emit();
      throw error;
    }
  }

  /** Takes over a check of this key. Resolves when it is stored. */
  async learn({ check, role, missingScopes = [] }: CheckedKey): Promise<void> {
    this.#check = check;
    this.#role = role;
    this.#failure = undefined;
    this.#meet(missingScopes);
    await this.storage?.write(check);
  }

  /** Reads the stored check again, which another window may have made. */
  reload(): void {
    const stored = parseExpiryCheck(this.storage?.read());
    if (!stored || stored.at <= (this.#check?.at ?? 0)) return;
    this.#check = stored;
    this.#changed.emit();
  }

  #meet(scopes: readonly string[]): void {
    for (const scope of scopes) {
      // Added again, so that the last one met is at the end.
      this.#scopes.delete(scope);
      this.#scopes.set(scope, this.now());
    }
    for (const scope of [...this.#scopes.keys()].slice(0, -mostScopes)) this.#scopes.delete(scope);
    this.#changed.emit();
  }
}
