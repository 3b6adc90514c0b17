import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import { viewIds } from '../../ids';
import type { HistoryDependencies, HistoryTree } from './historyTree';
import type { HistoryNode } from './nodes';

/** The view of the history: what selects and draws. Everything else is loaded when it is first looked at. */
export class HistoryView implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<HistoryNode>;
  #opening: Promise<HistoryTree> | undefined;
  #tree: HistoryTree | undefined;

  constructor(private readonly dependencies: HistoryDependencies) {
    this.#view = window.createTreeView(viewIds.history, { treeDataProvider: this, canSelectMany: true });
  }

  /** The rows, filters and histories behind it; reads nothing. */
  open(): Promise<HistoryTree> {
    this.#opening ??= import('../viewsBundle').then(({ HistoryTree }) => {
      this.#tree = new HistoryTree(this.dependencies, this.#view, () => this.#changed.fire());
      return this.#tree;
    });
    return this.#opening;
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    return node ? [] : (await this.open()).getChildren();
  }

  getTreeItem(node: HistoryNode): TreeItem {
    // Rows were made before any of them is drawn.
    if (!this.#tree) throw new Error('There is no row to draw.');
    return this.#tree.getTreeItem(node);
  }

  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    return this.#tree?.resolveTreeItem(item, node) ?? item;
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly HistoryNode[] {
    return this.#view.selection;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  dispose(): void {
    this.#tree?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
