/** Numbers for ids, given out in the order in which they are asked for; each id keeps its own. */
export class Keys {
  readonly #keys = new Map<string, number>();
  readonly #ids: string[] = [];

  keyOf(id: string): number {
    const existing = this.#keys.get(id);
    if (existing !== undefined) return existing;
    this.#keys.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }

  /** The ids of keys that were given out; others are passed over. */
  idsOf(keys: readonly number[]): string[] {
    return keys.map((key) => this.#ids[key]).filter((id) => id !== undefined);
  }
}
