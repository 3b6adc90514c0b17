import { type Disposable, type TreeView, window } from 'vscode';
import { setContext } from '../../editor/contextKeys';
import { viewIds } from '../../ids';
import type { HistoryTree } from './historyTree';
import type { HistoryNode } from './nodes';

/** The view around the history: what it says about itself, and what is selected. */
export class HistoryView implements Disposable {
  readonly #view: TreeView<HistoryNode>;
  readonly #disposables: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #filtering = false;

  constructor(private readonly tree: HistoryTree) {
    this.#view = window.createTreeView(viewIds.history, { treeDataProvider: tree, canSelectMany: true });
    this.#disposables = [
      this.#view,
      tree.onDidDraw(() => this.#describe()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible)),
    ];
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly HistoryNode[] {
    return this.#view.selection;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  /** Shows the view's progress bar until the work ends. */
  whileLoading<T>(work: () => Promise<T>): Thenable<T> {
    return window.withProgress({ location: { viewId: viewIds.history } }, work);
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #describe(): void {
    const view: { message?: string | undefined } = this.#view;
    view.message = this.tree.message();
    const { organization } = this.tree.shown ?? {};
    const filter = organization ? this.tree.filterOf(organization) : {};
    const filtering = Object.values(filter).some((value) => value !== undefined);
    if (filtering === this.#filtering) return;
    this.#filtering = filtering;
    void setContext('checkpointPermissions.historyFilter', filtering ? 'some' : 'none');
  }

  /** Ages in words grow old themselves: while it is seen they are drawn anew each minute, as nothing is asked by it. */
  #watchAges(visible: boolean): void {
    clearInterval(this.#timer);
    if (!visible) return;
    this.#timer = setInterval(() => this.tree.redraw(), 60_000);
    this.#timer.unref();
  }
}
