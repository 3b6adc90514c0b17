import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import { viewIds } from '../../ids';
import { viewNames } from '../../words/organizationNames';
import { nameOrganization } from '../shared/nameOrganization';
import type { HistoryDependencies, HistoryTree } from './historyTree';
import type { HistoryNode } from './nodes';

/** The History view with its selection. Its tree is loaded when the view is first shown. */
export class HistoryView implements TreeDataProvider<HistoryNode>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<HistoryNode>;
  readonly #title: Disposable;
  #opening: Promise<HistoryTree> | undefined;
  #tree: HistoryTree | undefined;

  constructor(private readonly dependencies: HistoryDependencies) {
    this.#view = window.createTreeView(viewIds.history, { treeDataProvider: this, canSelectMany: true });
    const view: { message?: string | undefined } = this.#view;
    // The message is of the organization that was shown before.
    const clearMessage = (): void => {
      view.message = undefined;
    };
    this.#title = nameOrganization(this.#view, viewNames.history, dependencies.current, clearMessage);
  }

  /** Loads the tree with its rows, filters and histories. Sends no request. */
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

  /** Whether a value is a row of this view, and not one that only looks like it. */
  isRow(value: unknown): value is HistoryNode {
    return this.#tree?.isRow(value) ?? false;
  }

  getTreeItem(node: HistoryNode): TreeItem {
    // VS Code calls `getChildren` first, which loads the tree.
    if (!this.#tree) throw new Error('There is no row to draw.');
    return this.#tree.getTreeItem(node);
  }

  resolveTreeItem(item: TreeItem, node: HistoryNode): TreeItem {
    return this.#tree?.resolveTreeItem(item, node) ?? item;
  }

  /** The selected rows, in the order of selection. */
  get selection(): readonly HistoryNode[] {
    return this.#view.selection;
  }

  /** The view's name, with the label of the organization. */
  get title(): string | undefined {
    return this.#view.title;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  dispose(): void {
    this.#tree?.dispose();
    this.#title.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
