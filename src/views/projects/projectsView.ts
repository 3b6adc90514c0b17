import { type Disposable, type TreeView, window } from 'vscode';
import { setContext } from '../../editor/contextKeys';
import { viewIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { viewNames } from '../../words/organizationNames';
import { nameOrganization } from '../shared/nameOrganization';
import type { ProjectsNode } from '../shared/nodes';
import { setMessage } from '../shared/setMessage';
import type { AwaitedRows, TreePlace } from '../shared/treePlace';
import type { ProjectsTree } from './projectsTree';

/** How often ages in rows are checked while the view is visible, in milliseconds. */
const ageRefreshMs = 60_000;

/** The By Project view around its tree. */
export class ProjectsView implements Disposable {
  readonly #view: TreeView<ProjectsNode>;
  /** Made with the first rows, when its bundle is there. */
  #place: TreePlace<ProjectsNode> | undefined;
  readonly #subscriptions: readonly Disposable[];
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
    this.#subscriptions = [
      nameOrganization(this.#view, viewNames.projects, current, () => setMessage(this.#view, undefined)),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible)),
      tree.onDidLoadRows((loaded) => {
        this.#place ??= tree.bundle && new tree.bundle.TreePlace<ProjectsNode>(this.#view, tree);
        this.#place?.load(loaded);
        if (!loaded.parent) this.#update();
      }),
    ];
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

  /** The message above the rows. */
  get message(): string | undefined {
    return this.#view.message;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Keeps selection and focus at their place when the rows that a command acts on disappear. */
  whileActingOn(nodes: readonly ProjectsNode[], act: () => Promise<void>): Promise<void> {
    return this.#place ? this.#place.whileActingOn(nodes, act) : act();
  }

  /** Selects and reveals rows that a change made, where their parent is unfolded. */
  awaitRows(rows: AwaitedRows): void {
    this.#place?.awaitRows(rows);
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    this.#place?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#view.dispose();
  }

  #update(): void {
    const { message } = this.tree;
    setMessage(this.#view, message);
    void setContext('checkpointPermissions.projectsFilter', message === undefined ? 'none' : 'some');
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
