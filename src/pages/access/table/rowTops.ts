/** Height of a row with one line in CSS pixels, as in the style sheet. */
export const rowHeight = 26;

/** Height of each further line. */
const lineHeight = 18;

/** Where the rows of a table are, in CSS pixels from the top of the first. A row has one line, unless it is told. */
export class RowTops {
  /** The tops of all rows, and the end of the last; undefined while each has one line. */
  readonly #tops: readonly number[] | undefined;

  /** @param lines how many lines each row has; without it each has one */
  constructor(
    private readonly count: number,
    lines?: readonly number[],
  ) {
    if (!lines?.some((each) => each > 1)) return;
    const tops = [0];
    let top = 0;
    for (const each of lines) {
      top += rowHeight + (each - 1) * lineHeight;
      tops.push(top);
    }
    this.#tops = tops;
  }

  /** The top of a row, or for the number of rows, the height of all of them. */
  topOf(index: number): number {
    return this.#tops ? (this.#tops[index] ?? this.height) : index * rowHeight;
  }

  heightOf(index: number): number {
    return this.topOf(index + 1) - this.topOf(index);
  }

  get height(): number {
    return this.#tops?.at(-1) ?? this.count * rowHeight;
  }

  /** The row at a height. */
  indexAt(top: number): number {
    if (!this.#tops) return Math.floor(top / rowHeight);
    let [low, high] = [0, this.count];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.topOf(middle) <= top) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The rows that are a page of a height below and above a row: another one at least, if there is one. */
  pageFrom(index: number, height: number): { readonly down: number; readonly up: number } {
    const top = this.topOf(index);
    const above = this.indexAt(Math.max(0, top - height));
    const up = this.topOf(above) < top - height ? above + 1 : above;
    return {
      down: Math.min(this.count - 1, Math.max(index + 1, this.indexAt(top + height))),
      up: Math.max(0, Math.min(index - 1, up)),
    };
  }

  /** The scroll offset at which a row is wholly visible in a height; `from`, the current one, when it already is. */
  offsetTo(index: number, from: number, height: number): number {
    if (index < 0) return from;
    const top = this.topOf(index);
    return top < from ? top : Math.max(from, this.topOf(index + 1) - height);
  }
}
