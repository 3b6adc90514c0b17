import { type Disposable, type TreeView, window } from 'vscode';
import { viewIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { viewNames } from '../../words/organizationNames';
import { nameOrganization } from '../shared/nameOrganization';
import type { ProjectsNode } from '../shared/nodes';
import type { ProjectsTree } from './projectsTree';

/** How often ages in rows are checked while the view is visible, in milliseconds. */
const ageRefreshMs = 60_000;

/** The By Project view around its tree. */
export class ProjectsView implements Disposable {
  readonly #view: TreeView<ProjectsNode>;
  readonly #subscription: Disposable;
  readonly #title: Disposable;
  #ageTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tree: ProjectsTree,
    current: CurrentOrganization,
  ) {
    this.#view = window.createTreeView(viewIds.projects, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#subscription = this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible));
    this.#title = nameOrganization(this.#view, viewNames.projects, current);
    this.#watchAges(this.#view.visible);
  }

  /** The view's name, with the label of the organization. */
  get title(): string | undefined {
    return this.#view.title;
  }

  /** The selected rows, in the order of selection. */
  get selection(): readonly ProjectsNode[] {
    return this.#view.selection;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    this.#subscription.dispose();
    this.#title.dispose();
    this.#view.dispose();
  }

  /** Keeps ages in rows current, which VS Code doesn't. */
  #watchAges(visible: boolean): void {
    clearInterval(this.#ageTimer);
    if (!visible) return;
    this.tree.redrawAged();
    this.#ageTimer = setInterval(() => this.tree.redrawAged(), ageRefreshMs);
    this.#ageTimer.unref();
  }
}
