/** What a tree tells of its rows. */
export interface TreeShape<N> {
  /** Equal for two objects of one row. */
  idOf(node: N): string;
  parentOf(node: N): N | undefined;
  /** Whether a row that is gone from below its parent is elsewhere in the tree, for example after regrouping. */
  isElsewhere(node: N): boolean;
}

/** The row that takes the place of rows that disappeared. */
export interface NextPlace<N> {
  readonly node: N;
  /** The person acted on the rows that disappeared, so the keyboard was there. */
  readonly hadFocus: boolean;
}

/**
 * Remembers the place of the rows that a person works with. VS Code moves selection and focus to the first row of a tree
 * when their rows disappear. A list would go to the next sibling, else to the previous one, else to the parent.
 */
export class RowPlaces<N extends object> {
  /** The rows below each row that was loaded, by its ID; `''` for the root. */
  readonly #children = new Map<string, readonly N[]>();
  /** The rows that were loaded. */
  readonly #known = new WeakSet<N>();
  #selection: readonly N[] = [];
  #actedOn: readonly N[] = [];
  #next: NextPlace<N> | undefined;

  constructor(private readonly shape: TreeShape<N>) {}

  /** Sets the selection, as VS Code reports it. */
  select(nodes: readonly N[]): void {
    this.#selection = nodes;
  }

  /** Sets the rows that a command acts on; none when it is over. Others may call a command with objects of their own. */
  actOn(nodes: readonly N[]): void {
    this.#actedOn = nodes.filter((node) => this.#known.has(node));
  }

  /** Forgets all rows, for another organization. */
  clear(): void {
    this.#children.clear();
    this.#selection = [];
    this.#actedOn = [];
    this.#next = undefined;
  }

  /** Takes the row that {@link load} returned last, unless it was taken. */
  take(): NextPlace<N> | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }

  /** Sets the rows below a row, or at the root. Returns whether the person's rows are gone, so that another is next. */
  load(parent: N | undefined, after: readonly N[]): boolean {
    const { idOf } = this.shape;
    const key = parent === undefined ? '' : idOf(parent);
    const before = (this.#children.get(key) ?? []).map(idOf);
    this.#children.set(key, after);
    for (const node of after) this.#known.add(node);
    const remaining = new Map(after.map((node) => [idOf(node), node]));
    const gone = new Set(before.filter((id) => !remaining.has(id)));
    if (gone.size === 0) return false;
    const next = this.#next ? [this.#next.node] : [];
    const anchors = new Map<N, string>();
    for (const node of [...this.#actedOn, ...this.#selection, ...next]) {
      const anchor = this.#anchor(node, gone);
      if (anchor !== undefined) anchors.set(node, anchor);
    }
    for (const id of gone) this.#children.delete(id);
    if (anchors.size === 0) return false;
    const isGone = (node: N): boolean => anchors.has(node);
    const hadFocus = this.#actedOn.some(isGone) || (this.#next?.hadFocus === true && next.some(isGone));
    const wasSelected = this.#selection.some(isGone);
    this.#actedOn = this.#actedOn.filter((node) => !isGone(node));
    this.#selection = this.#selection.filter((node) => !isGone(node));
    // Several rows stay selected, as in any list.
    const [survivor, another] = wasSelected ? this.#selection : [];
    const node = survivor ?? successor(before, new Set(anchors.values()), remaining) ?? parent;
    this.#next = node === undefined || another !== undefined ? undefined : { node, hadFocus };
    return this.#next !== undefined;
  }

  /** The rows below a row, as they were loaded last, by its ID. */
  below(parent: string): readonly N[] {
    return this.#children.get(parent) ?? [];
  }

  /** Makes a row the next one, instead of any other. */
  goTo(node: N): void {
    this.#next = { node, hadFocus: this.#actedOn.length > 0 };
  }

  /** The ID of the row itself or of the row above it that is gone from the tree. */
  #anchor(node: N, gone: ReadonlySet<string>): string | undefined {
    for (let at: N | undefined = node; at !== undefined; at = this.shape.parentOf(at)) {
      const id = this.shape.idOf(at);
      if (gone.has(id)) return this.shape.isElsewhere(at) ? undefined : id;
    }
    return undefined;
  }
}

/** The first row below those that are gone, else the last one above them. */
function successor<N>(
  before: readonly string[],
  gone: ReadonlySet<string>,
  remaining: ReadonlyMap<string, N>,
): N | undefined {
  const indexes = before.flatMap((id, index) => (gone.has(id) ? [index] : []));
  const last = Math.max(...indexes);
  const next = before.slice(last + 1).find((id) => remaining.has(id));
  const id = next ?? before.slice(0, last).findLast((each) => remaining.has(each));
  return id === undefined ? undefined : remaining.get(id);
}
