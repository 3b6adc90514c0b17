import { TabInputWebview, type WebviewPanel, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { accessPageType } from '../../ids';
import type { TabId } from '../../protocol/accessPage';
import { AccessPage, createPanel, type PageOptions, type Place, unmarked } from './panel';

/** The open Access pages of this window: one for each organization. */
export class PageRegistry {
  readonly #pages = new Map<string, AccessPage>();

  constructor(private readonly options: PageOptions) {}

  get pages(): readonly AccessPage[] {
    return [...this.#pages.values()];
  }

  /** Opens the page of an organization, or brings the open one to the front. */
  open(organization: Organization, place: Place = {}): AccessPage {
    const page = this.#pages.get(organization.id) ?? this.#replaceDead(organization.id);
    page.session.show(place);
    page.reveal();
    return page;
  }

  /** Takes over a page that VS Code restored with the window. */
  restore(panel: WebviewPanel, id: string): void {
    // The window may have been told to open the page before it restored it.
    if (this.#pages.has(id)) panel.dispose();
    else this.#create(id, panel, true);
  }

  /** Selects the next or previous tab of the page that has the focus. */
  move(by: 1 | -1): void {
    this.pages.find(({ isActive }) => isActive)?.session.move(by);
  }

  /** Passes a request to a tab of the page that has the focus, as if the page had sent it. */
  send(to: TabId, request: unknown): void {
    this.pages.find(({ isActive }) => isActive)?.session.receive({ to, request });
  }

  #create(id: string, panel: WebviewPanel, isRestored = false): AccessPage {
    const page = new AccessPage(id, panel, this.options, () => this.#pages.delete(id), isRestored);
    this.#pages.set(id, page);
    return page;
  }

  /**
   * Creates a page, and closes tabs of the same page that an extension host left when it ended: nothing in them would
   * respond.
   */
  #replaceDead(id: string): AccessPage {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    const others = tabs.filter(
      ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(accessPageType),
    );
    const page = this.#create(id, createPanel(this.options));
    const dead = others.filter(({ label }) => unmarked(label) === unmarked(page.title));
    if (dead.length > 0) void window.tabGroups.close(dead, true);
    return page;
  }
}
