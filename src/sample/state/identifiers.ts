const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Generates IDs and numbers that look random and are the same in every run. mulberry32 repeats after 2^32 draws, so the
 * IDs of one instance are unique in practice. Not for secrets.
 */
export class Identifiers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.number() * below);
  }

  /** `prefix` and 24 characters, the form of `proj_…` and `cp_…` IDs. */
  id(prefix: string): string {
    let id = prefix;
    for (let length = 0; length < 24; length++) id += base62.charAt(this.below(base62.length));
    return id;
  }

  /** `some` of the items, in random order. */
  choose<T>(items: readonly T[], some: number): T[] {
    const pool = [...items];
    const chosen: T[] = [];
    while (chosen.length < some && pool.length > 0) {
      chosen.push(...pool.splice(this.below(pool.length), 1));
    }
    return chosen;
  }
}

/** The FNV-1a hash of a text, 32 bits. Values derived from an ID are the same each time. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(value, 0);
}

/** The pseudorandom number of `seed` at `index`. */
export function mix(seed: number, index: number): number {
  let mixed = (seed + Math.imul(index + 1, 0x6d2b79f5)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
