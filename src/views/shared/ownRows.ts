/**
 * The row objects that a tree has made. Commands can be called with any value, by tasks, links and other extensions, so
 * they act on these objects only: what another object says of itself is not believed.
 */
export class OwnRows<Row extends object> {
  readonly #rows = new WeakSet<object>();

  /** Remembers rows, and returns them. */
  add<Rows extends readonly (Row | undefined)[]>(rows: Rows): Rows {
    for (const row of rows) if (row) this.#rows.add(row);
    return rows;
  }

  /** Whether a value is a row of the tree. Touches none of its properties. */
  has(value: unknown): value is Row {
    return typeof value === 'object' && value !== null && this.#rows.has(value);
  }
}
