import {
  type Disposable,
  EventEmitter,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import type { Organization } from '../../access/organization';
import { detailsScheme } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import type { DetailsAddress } from './subject';

/** Debounce of refreshes of open documents, in milliseconds. */
const debounceMs = 100;

/** The read-only documents of details. Open documents are refreshed when loaded data changes. */
export class DetailsDocuments implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable[];
  #organization: Organization | undefined;
  #unsubscribe: (() => void)[] = [];
  #debounceTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly current: CurrentOrganization,
    private readonly now: () => number = Date.now,
  ) {
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(detailsScheme, this),
      current.onDidChange(() => this.#scheduleRefresh()),
      current.onDidRelabel(() => this.#scheduleRefresh()),
      this.#changed,
    ];
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const [{ detailsText }, current] = await Promise.all([import('../viewsBundle'), this.current.get()]);
    this.#setOrganization(current.kind === 'organization' ? current.organization : undefined);
    return detailsText(uri.query, current, this.now(), (id) => this.current.labelOf(id));
  }

  /** Opens a document, or refreshes it if it is open. Resolves to its URI when its text is current. */
  async open(address: DetailsAddress): Promise<Uri> {
    const uri = Uri.from(address);
    const document = await workspace.openTextDocument(uri);
    if (document.getText() !== (await this.provideTextDocumentContent(uri))) await this.#refresh(document);
    return uri;
  }

  #refresh(document: TextDocument): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timeout);
        subscription.dispose();
        resolve();
      };
      const subscription = workspace.onDidChangeTextDocument(
        (event) => event.document === document && done(),
      );
      // Another refresh may have changed the text just before, so that no change event follows.
      const timeout = setTimeout(done, 1000);
      this.#changed.fire(document.uri);
    });
  }

  dispose(): void {
    this.#setOrganization(undefined);
    clearTimeout(this.#debounceTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #setOrganization(organization: Organization | undefined): void {
    if (organization === this.#organization) return;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#organization = organization;
    const refresh = (): void => this.#scheduleRefresh();
    this.#unsubscribe = organization
      ? [
          organization.permissions,
          organization.permissions.answers,
          organization.projects,
          organization.catalog,
          organization.owners,
          organization.keyHealth,
        ].map((each) => each.onDidChange(refresh))
      : [];
  }

  #scheduleRefresh(): void {
    this.#debounceTimer ??= setTimeout(() => {
      this.#debounceTimer = undefined;
      for (const { uri } of workspace.textDocuments) {
        if (uri.scheme === detailsScheme) this.#changed.fire(uri);
      }
    }, debounceMs);
  }
}
