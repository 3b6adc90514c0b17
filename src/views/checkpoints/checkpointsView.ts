import { type Disposable, type TreeView, window } from 'vscode';
import { isFiltering } from '../../access/catalog/matchesFilter';
import { daysLeft } from '../../access/catalog/retirement';
import type { Organization } from '../../access/organization';
import { setContext } from '../../editor/contextKeys';
import { viewIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/current';
import { agesDigest, ago } from '../../text/dates';
import { plainText } from '../../text/plainText';
import { type CheckpointNode, itemId, type Node } from '../shared/nodes';
import type { CheckpointsTree } from './checkpointsTree';
import type { TreeChoices } from './treeChoices';

const viewName = 'Checkpoints';

/** The view around the tree: what it says about itself, what is selected, and how waiting shows. */
export class CheckpointsView implements Disposable {
  readonly #view: TreeView<Node>;
  readonly #disposables: Disposable[];
  #ageTimer: NodeJS.Timeout | undefined;
  /** The id of the organization that was described last. */
  #described: string | undefined;
  /** By the id of the item, as VS Code keeps it, because nodes are made anew with their organization. */
  readonly #expanded = new Set<string>();
  readonly #drawnAges = new Map<string, string>();
  /** What is to be said of the names of projects; empty when they could be read. */
  #namesNote = '';

  constructor(
    private readonly tree: CheckpointsTree,
    private readonly choices: TreeChoices,
    private readonly current: CurrentOrganization,
    private readonly now: () => number = Date.now,
  ) {
    this.#view = window.createTreeView(viewIds.checkpoints, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.#disposables = [
      this.#view,
      tree.onDidLoadRoot(() => this.#update()),
      tree.onDidChangeNames(() => this.#onNamesChange()),
      current.onDidRelabel(() => this.#update()),
      this.#view.onDidExpandElement(({ element }) => this.#expanded.add(itemId(element))),
      this.#view.onDidCollapseElement(({ element }) => this.#expanded.delete(itemId(element))),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watchAges(visible)),
    ];
    this.#watchAges(this.#view.visible);
  }

  /** What is selected now, in the order of selection. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  /** Whether the rows under a node are open to sight. */
  isExpanded(node: Node): boolean {
    return this.#expanded.has(itemId(node));
  }

  /** Shows the view's progress bar until the work ends; resolves and rejects as the work does. */
  whileLoading<T>(work: () => Promise<T>): Thenable<T> {
    return window.withProgress({ location: { viewId: viewIds.checkpoints } }, work);
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Unfolds a checkpoint and leaves selection and keyboard where they are. */
  async expand(node: CheckpointNode): Promise<void> {
    this.tree.flushRedraws();
    await this.#view.reveal(node, { select: false, focus: false, expand: true });
  }

  /** Brings a checkpoint into sight and selects it. */
  async reveal(node: CheckpointNode): Promise<void> {
    this.tree.flushRedraws();
    await this.#view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** The view's name with the organization that is shown. */
  get title(): string | undefined {
    return this.#view.title;
  }

  /** What the view says above its rows. */
  get message(): string | undefined {
    return this.#view.message;
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const organization = this.tree.organization;
    // VS Code folds what it has not shown meanwhile.
    if (organization?.id !== this.#described) this.#expanded.clear();
    this.#described = organization?.id;
    const label = plainText(this.current.label);
    // A view that is alone in its container has no description to be seen, so the title says which organization it is.
    this.#view.title = label === '' ? viewName : `${viewName} · ${label}`;
    this.#updateMessage();
    void this.#updateNamesNote();
    void this.#updateContextKeys(organization);
  }

  #updateMessage(): void {
    const view: { message?: string | undefined } = this.#view;
    // A narrow side bar cuts titles, so where there are several organizations it is said above the rows, too.
    const label = this.current.isOneOfSeveral ? plainText(this.current.label) : '';
    view.message = this.tree.messageFor(label, this.#namesNote);
  }

  #onNamesChange(): void {
    const organization = this.tree.organization;
    // Joins the request that is in flight.
    if (organization?.projectsStanding.isLoading) void this.whileLoading(() => organization.projects.read());
    // A filter names a project, too.
    this.#updateMessage();
    void this.#updateNamesNote();
  }

  /** Says when project names could not be loaded, and what to do. While they are loaded again that stays said. */
  async #updateNamesNote(): Promise<void> {
    const { organization } = this.tree;
    const { state, doubts = [] } = organization?.projectsStanding ?? {};
    let note = '';
    if (organization && (state === 'failed' || doubts.length > 0)) {
      const { projectNamesNote } = await import('../viewsBundle');
      if (organization !== this.tree.organization) return;
      note = plainText(projectNamesNote(organization.projectsStanding, this.now()));
    }
    if (note === this.#namesNote) return;
    this.#namesNote = note;
    this.#updateMessage();
  }

  async #updateContextKeys(organization: Organization | undefined): Promise<void> {
    const filter = organization && isFiltering(this.choices.filterOf(organization));
    await setContext('checkpointPermissions.filter', filter ? 'some' : 'none');
    await setContext('checkpointPermissions.grouping', this.choices.arrangement.grouping);
  }

  /**
   * Ages in words grow old themselves, and VS Code does not draw rows again by itself: they are drawn anew when the view
   * comes into sight, and while it is seen whenever their words have changed.
   */
  #watchAges(visible: boolean): void {
    clearInterval(this.#ageTimer);
    if (!visible) return;
    this.current.reloadProfiles();
    this.tree.organization?.catalog.reload();
    this.#redrawAged({ all: true });
    this.#ageTimer = setInterval(() => this.#redrawAged({ all: false }), 60_000);
    this.#ageTimer.unref();
  }

  #redrawAged({ all }: { readonly all: boolean }): void {
    void this.#updateNamesNote();
    const now = this.now();
    for (const node of this.tree.shown) {
      const { id } = node.checkpoint;
      const { listing } = node.organization.permissions.snapshot(id);
      const retirement = node.organization.endOf(id);
      // The rows of what is collapsed are made when it is expanded.
      const open = listing && this.isExpanded(node) ? listing.permissions : [];
      const ages = agesDigest(
        open.map(({ created_at }) => created_at * 1000),
        now,
      );
      const left = retirement && daysLeft(retirement, now);
      const words = [left, listing && ago(listing.readAt, now), ages].join();
      const before = this.#drawnAges.get(id);
      this.#drawnAges.set(id, words);
      // What was never read has only its end to tell, which was right when the row was drawn for the first time.
      if (listing ? all || before !== words : before !== undefined && before !== words) this.tree.redraw(id);
    }
  }
}
