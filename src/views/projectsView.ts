import { type Disposable, type TreeView, window } from 'vscode';
import { viewIds } from '../ids';
import type { ProjectsNode } from './nodes';
import type { ProjectsTree } from './projectsTree';

/** The view around the reverse tree. */
export class ProjectsView implements Disposable {
  readonly #view: TreeView<ProjectsNode>;

  constructor(tree: ProjectsTree) {
    this.#view = window.createTreeView(viewIds.projects, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly ProjectsNode[] {
    return this.#view.selection;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  dispose(): void {
    this.#view.dispose();
  }
}
