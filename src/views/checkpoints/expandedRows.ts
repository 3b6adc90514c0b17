import type { Memento } from 'vscode';

/**
 * The rows that are expanded in this window, by item ID, kept for the next session. VS Code expands rows of an earlier
 * session by itself, which is no wish to load them.
 */
export class ExpandedRows {
  #organization: string | undefined;
  /** VS Code removes the rows of another organization, so it restores those of the first one only. */
  #isFirst = true;
  #expanded = new Set<string>();
  /** Expanded in an earlier session, and not by the person since. */
  #restored = new Set<string>();
  /** Those of them that VS Code did expand by itself. */
  readonly #confirmed = new Set<string>();

  constructor(private readonly memory: Memento) {}

  /** Begins with the rows of an organization. Rows of the one before are collapsed. */
  show(organization: string | undefined): void {
    if (organization === this.#organization) return;
    this.#organization = organization;
    this.#expanded = new Set();
    this.#restored = new Set(organization !== undefined && this.#isFirst ? this.#stored(organization) : []);
    if (organization !== undefined) this.#isFirst = false;
  }

  has(id: string): boolean {
    return this.#expanded.has(id) || (this.#restored.has(id) && this.#confirmed.has(id));
  }

  /** Whether VS Code may have expanded a row by itself. */
  isRestored(id: string): boolean {
    return this.#restored.has(id);
  }

  /** VS Code asked for the rows below a row. */
  noteAsked(id: string): void {
    if (this.#restored.has(id)) this.#confirmed.add(id);
  }

  /** A person expanded a row. */
  add(id: string): void {
    this.#restored.delete(id);
    this.#expanded.add(id);
    this.#store();
  }

  delete(id: string): void {
    this.#restored.delete(id);
    this.#expanded.delete(id);
    this.#store();
  }

  #stored(organization: string): readonly string[] {
    const stored = this.memory.get<unknown>(keyOf(organization));
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  }

  #store(): void {
    if (this.#organization === undefined) return;
    const expanded = [...this.#restored, ...this.#expanded];
    void this.memory.update(keyOf(this.#organization), expanded.length > 0 ? expanded : undefined);
  }
}

/** Removed with the state of the profile, whose names end so. */
function keyOf(organization: string): string {
  return `expanded.${organization}`;
}
