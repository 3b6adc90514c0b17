const FEW = 128;

/**
 * Ids in the order in which they were added. Lists have thousands of them and each is looked up once, mostly in vain:
 * for that, a table that keeps a number of each takes a third of the time and the memory that a `Map` of strings does.
 */
export class SeenIds {
  /** Places counted from 1, by the id's number; 0 is free. Always at least half of them are. */
  #slots = new Int32Array(2 * FEW);
  #numbers = new Int32Array(FEW);
  readonly #ids: string[] = [];
  /** Not foreseeable, so that no server can choose ids that all get the same number. */
  readonly #seed = Math.random() * 2 ** 32;

  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.placeOf(id) !== undefined;
  }

  /** How many were added before this one, or undefined if it was not. */
  placeOf(id: string): number | undefined {
    const place = this.#slots[this.#slotOf(id, this.#numberOf(id))] ?? 0;
    return place ? place - 1 : undefined;
  }

  /** False if it is there already. */
  add(id: string): boolean {
    const number = this.#numberOf(id);
    const slot = this.#slotOf(id, number);
    if (this.#slots[slot]) return false;
    const place = this.#ids.push(id);
    this.#slots[slot] = place;
    this.#numbers[place - 1] = number;
    if (place === this.#numbers.length) this.#grow();
    return true;
  }

  #numberOf(id: string): number {
    let number = this.#seed | 0;
    for (let index = 0; index < id.length; index++)
      number = Math.imul(number ^ id.charCodeAt(index), 0x01000193);
    return number ^ (number >>> 15);
  }

  /** Where the id is, or the free slot where it belongs. */
  #slotOf(id: string, number: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = number & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot];
      if (!place || (this.#numbers[place - 1] === number && this.#ids[place - 1] === id)) return slot;
    }
  }

  #grow(): void {
    const numbers = new Int32Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    const slots = new Int32Array(2 * numbers.length);
    const mask = slots.length - 1;
    for (let place = 1; place <= this.#ids.length; place++) {
      let slot = (numbers[place - 1] as number) & mask;
      while (slots[slot]) slot = (slot + 1) & mask;
      slots[slot] = place;
    }
    this.#numbers = numbers;
    this.#slots = slots;
  }
}
