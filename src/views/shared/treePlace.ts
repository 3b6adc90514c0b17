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

/** How long after a command its rows may disappear and still take the focus along, in milliseconds. */
const redrawMs = 3000;
const revealDelayMs = 10;

/**
 * Moves selection and focus of a tree to the next row when their rows disappear. The focus is moved only if the person
 * acted on these rows by a command and did nothing in an editor or terminal since, so that no one loses the keyboard.
 */
export class TreePlace<N extends AnyNode> implements Disposable {
  readonly #places: RowPlaces<N>;
  readonly #reveals: DebouncedRefresh;
  readonly #subscriptions: readonly Disposable[];
  #watch: Disposable | undefined;
  #isFocusElsewhere = false;
  #timer: NodeJS.Timeout | undefined;

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
      tree.onDidClear(() => this.#places.clear()),
    ];
  }

  /** Sets rows that the tree gives to VS Code. */
  load({ parent, rows }: LoadedRows<N>): void {
    if (this.#places.load(parent, rows)) this.#reveals.schedule();
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
