import { Disposable, type Event, type TreeView, window } from 'vscode';
import { DebouncedRefresh } from '../../editor/debouncedRefresh';
import { type AnyNode, itemId } from './nodes';
import { RowPlaces } from './rowPlaces';

/** Rows that a tree gave to VS Code; without `parent` those at the root. */
export interface LoadedRows<N> {
  readonly parent?: N | undefined;
  readonly rows: readonly N[];
}

/** What keeping the place needs of a tree. */
export interface PlacedTree<N> {
  /** Fires when the rows of another organization follow. */
  readonly onDidClear: Event<void>;
  getParent(node: N): N | undefined;
  isElsewhere(node: N): boolean;
  /** Runs a reveal while the tree isn't redrawn. */
  whileStill(reveal: () => PromiseLike<void>): Promise<void>;
}

/** Rows that a change made, by the item ID of the row above them. */
export type AwaitedRows = ReadonlyMap<string, ReadonlySet<string>>;

/** How long after a command its rows may appear or disappear and still take the focus along, in milliseconds. */
const redrawMs = 3000;
const revealDelayMs = 10;

/**
 * Moves selection and focus of a tree to the next row when their rows disappear, and to rows that a change made. VS Code
 * lets an extension select one row only. The focus is moved only if the person
 * acted on these rows by a command and did nothing in an editor or terminal since, so that no one loses the keyboard.
 */
export class TreePlace<N extends AnyNode> implements Disposable {
  readonly #places: RowPlaces<N>;
  readonly #reveals: DebouncedRefresh;
  readonly #subscriptions: readonly Disposable[];
  #watch: Disposable | undefined;
  #isFocusElsewhere = false;
  #timer: NodeJS.Timeout | undefined;
  #awaited: AwaitedRows = new Map();
  #awaitedTimer: NodeJS.Timeout | undefined;
  /** The item IDs of the rows that a person folded. */
  readonly #folded = new Set<string>();

  constructor(
    private readonly view: TreeView<N>,
    private readonly tree: PlacedTree<N>,
  ) {
    this.#places = new RowPlaces<N>({
      idOf: itemId,
      parentOf: (node) => tree.getParent(node),
      isElsewhere: (node) => tree.isElsewhere(node),
    });
    this.#reveals = new DebouncedRefresh(() => void this.#reveal().catch(() => undefined), revealDelayMs);
    this.#subscriptions = [
      view.onDidChangeSelection(({ selection }) => this.#places.select(selection)),
      view.onDidCollapseElement(({ element }) => this.#folded.add(itemId(element))),
      view.onDidExpandElement(({ element }) => this.#folded.delete(itemId(element))),
      tree.onDidClear(() => {
        this.#places.clear();
        this.#awaited = new Map();
        this.#folded.clear();
      }),
    ];
  }

  /** Sets rows that the tree gives to VS Code. */
  load({ parent, rows }: LoadedRows<N>): void {
    if (this.#places.load(parent, rows)) this.#reveals.schedule();
    if (parent) this.#goToAwaited(itemId(parent), rows);
  }

  /** Selects and reveals the first of these rows that is below an unfolded row, now or when it is drawn. */
  awaitRows(awaited: AwaitedRows): void {
    clearTimeout(this.#awaitedTimer);
    this.#awaited = awaited;
    this.#awaitedTimer = setTimeout(() => {
      this.#awaited = new Map();
    }, redrawMs);
    for (const parent of awaited.keys()) this.#goToAwaited(parent, this.#places.below(parent));
  }

  #goToAwaited(parent: string, rows: readonly N[]): void {
    const ids = this.#awaited.get(parent);
    const row = ids && rows.find((each) => ids.has(itemId(each)));
    if (!row || this.#isFolded(row)) return;
    this.#awaited = new Map();
    this.#places.goTo(row);
    this.#reveals.schedule();
  }

  #isFolded(row: N): boolean {
    for (let at = this.tree.getParent(row); at !== undefined; at = this.tree.getParent(at))
      if (this.#folded.has(itemId(at))) return true;
    return false;
  }

  /** Notes the rows that a command acts on, until it ends and its changes are drawn. */
  async whileActingOn(nodes: readonly N[], act: () => Promise<void>): Promise<void> {
    if (nodes.length === 0) return act();
    this.#release();
    this.#places.actOn(nodes);
    this.#isFocusElsewhere = false;
    const leave = (): void => {
      this.#isFocusElsewhere = true;
    };
    const watch = Disposable.from(
      window.onDidChangeActiveTextEditor(leave),
      window.onDidChangeActiveTerminal(leave),
      // Without a kind, it was no one's keyboard or mouse.
      window.onDidChangeTextEditorSelection(({ kind }) => kind !== undefined && leave()),
    );
    this.#watch = watch;
    try {
      await act();
    } finally {
      if (this.#watch === watch) this.#timer = setTimeout(() => this.#release(), redrawMs);
    }
  }

  dispose(): void {
    this.#release();
    clearTimeout(this.#awaitedTimer);
    this.#reveals.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#places.actOn([]);
  }

  async #reveal(): Promise<void> {
    // A hidden view would be opened. Its rows are selected anew anyway when it is shown.
    if (!this.view.visible) return void this.#places.take();
    await this.tree.whileStill(async () => {
      const next = this.#places.take();
      if (!next || !this.view.visible) return;
      const focus = next.hadFocus && !this.#isFocusElsewhere;
      await this.view.reveal(next.node, { select: true, focus, expand: false });
    });
  }
}
