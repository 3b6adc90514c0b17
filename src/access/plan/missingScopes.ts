import { APIError } from '../../openai';
import { missingScopeAge } from '../thresholds';

interface ScopeRefusal {
  readonly scopes: readonly string[];
  readonly at: number;
}

/**
 * For which checkpoints the server refused a change because the key lacks a scope. Of the key in use: another key is
 * another organization object, which knows nothing of it. Not kept over a restart on purpose: it counts for minutes
 * only, and who has just given the key its scope and starts anew must not be told the old refusal.
 */
export class MissingScopes {
  readonly #refused = new Map<string, ScopeRefusal>();

  constructor(private readonly now: () => number = Date.now) {}

  /** The scopes that were missing when the server last refused, a short time ago; empty when nothing is known. */
  of(checkpoint: string): readonly string[] {
    const refused = this.#refused.get(checkpoint);
    return refused && Math.abs(this.now() - refused.at) < missingScopeAge ? refused.scopes : [];
  }

  /**
   * Takes the outcome of a request for a change: its error, or undefined when the server accepted it. What was accepted
   * shows that the key may write, so it is as well to ask again wherever that was refused.
   */
  learn(checkpoint: string, error: unknown): void {
    // Only one for writing says that nothing can be changed, and not just that something else went wrong.
    const missing = error instanceof APIError ? error.missingScopes : [];
    const scopes = missing.filter((scope) => scope.endsWith('.write'));
    if (scopes.length > 0) this.#refused.set(checkpoint, { scopes, at: this.now() });
    else if (error === undefined) this.#refused.clear();
  }
}
