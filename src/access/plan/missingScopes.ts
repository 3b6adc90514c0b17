import { APIError } from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import { missingScopeAge } from '../thresholds';

interface ScopeRefusal {
  readonly scopes: readonly string[];
  readonly at: number;
}

/**
 * The checkpoints for which the API refused a change because the key in use is missing a scope. Another key has
 * another instance. Not stored over a restart: a refusal counts for minutes only, and after a restart the key may
 * have its scope.
 */
export class MissingScopes {
  readonly #refused = new Map<string, ScopeRefusal>();

  constructor(private readonly now: () => number = steadyNow) {}

  /** The scopes missing in the last recent refusal. Empty if none is known. */
  of(checkpoint: string): readonly string[] {
    const refused = this.#refused.get(checkpoint);
    return refused && Math.abs(this.now() - refused.at) < missingScopeAge ? refused.scopes : [];
  }

  /**
   * Learns from the error of a change; undefined if the API accepted it. An accepted change shows that the key may
   * write, so all refusals are forgotten.
   */
  learn(checkpoint: string, error: unknown): void {
    // Only a missing write scope means that nothing can be changed.
    const missing = error instanceof APIError ? error.missingScopes : [];
    const scopes = missing.filter((scope) => scope.endsWith('.write'));
    if (scopes.length > 0) this.#refused.set(checkpoint, { scopes, at: this.now() });
    else if (error === undefined) this.#refused.clear();
  }
}
