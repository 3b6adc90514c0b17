import { type Disposable, type TreeView, window } from 'vscode';
import { viewIds } from '../../ids';
import type { ProjectsNode } from '../shared/nodes';
import type { ProjectsTree } from './projectsTree';

/** How often ages are said anew while the view is in sight, in milliseconds. */
const ageRefreshMs = 60_000;

/** The view around the reverse tree. */
export class ProjectsView implements Disposable {
  readonly #view: TreeView<ProjectsNode>;
  readonly #subscription: Disposable;
  #ageTimer: NodeJS.Timeout | undefined;

  constructor(private readonly tree: ProjectsTree) {
    this.#view = window.createTreeView(viewIds.projects, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#subscription = this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible));
    this.#watchAges(this.#view.visible);
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly ProjectsNode[] {
    return this.#view.selection;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    this.#subscription.dispose();
    this.#view.dispose();
  }

  /** Ages in words grow old themselves, and VS Code does not draw rows again by itself. */
  #watchAges(visible: boolean): void {
    clearInterval(this.#ageTimer);
    if (!visible) return;
    this.tree.redrawAged();
    this.#ageTimer = setInterval(() => this.tree.redrawAged(), ageRefreshMs);
    this.#ageTimer.unref();
  }
}
