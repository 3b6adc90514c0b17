/** Assigns a number to each ID, in the order of first use. */
export class Keys {
  readonly #keys = new Map<string, number>();
  readonly #ids: string[] = [];

  keyOf(id: string): number {
    const existing = this.#keys.get(id);
    if (existing !== undefined) return existing;
    this.#keys.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }

  /** The ID of a key; undefined for an unknown one. */
  idOf(key: number): string | undefined {
    return this.#ids[key];
  }

  /** The IDs of assigned keys. Ignores unknown keys. */
  idsOf(keys: readonly number[]): string[] {
    return keys.map((key) => this.#ids[key]).filter((id) => id !== undefined);
  }
}
