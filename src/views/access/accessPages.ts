import { type Disposable, type WebviewPanel, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { accessPageType } from '../../ids';
import type { TabId } from '../../protocol/accessPage';
import type { PageRegistry } from './pageRegistry';
import type { PageOptions, Place } from './panel';

/** The Access pages of this window. The bundle of the page is loaded when the first one is opened or restored. */
export class AccessPages implements Disposable {
  readonly #serializer: Disposable;
  #registry: Promise<PageRegistry> | undefined;

  /** @param optionsOf loads what a page needs of the commands */
  constructor(private readonly optionsOf: () => Promise<PageOptions>) {
    this.#serializer = window.registerWebviewPanelSerializer(accessPageType, {
      deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
    });
  }

  /** Opens the page of an organization, or brings the open one to the front. */
  async open(organization: Organization, place?: Place): Promise<void> {
    (await this.registry()).open(organization, place);
  }

  /** Selects the next or previous tab of the page that has the focus. */
  async move(by: 1 | -1): Promise<void> {
    (await this.#registry)?.move(by);
  }

  /** Passes a request to a tab of the page that has the focus, as if the page had sent it. */
  async send(to: TabId, request: unknown): Promise<void> {
    (await this.#registry)?.send(to, request);
  }

  registry(): Promise<PageRegistry> {
    this.#registry ??= this.#load();
    return this.#registry;
  }

  dispose(): void {
    this.#serializer.dispose();
    void this.#registry?.then((registry) => {
      for (const page of registry.pages) page.dispose();
    });
  }

  async #load(): Promise<PageRegistry> {
    const [{ PageRegistry }, options] = await Promise.all([import('./pageRegistry'), this.optionsOf()]);
    return new PageRegistry(options);
  }

  async #restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const { organization } = (state ?? {}) as { readonly organization?: unknown };
    // A page without a state never showed anything.
    if (typeof organization !== 'string') return panel.dispose();
    (await this.registry()).restore(panel, organization);
  }
}
