import {
  type Disposable,
  EventEmitter,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import type { Organization } from '../../access/organization';
import type { CurrentOrganization } from '../../organizations/current';
import { type DetailsAddress, detailsScheme } from './subject';

/** How long changes are gathered before open documents are made anew, in milliseconds. */
const debounceMs = 100;

/** The read-only documents that show details. They follow what becomes known for as long as they are open. */
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
      this.#changed,
    ];
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const [{ detailsText }, current] = await Promise.all([import('../viewsBundle'), this.current.get()]);
    this.#setOrganization(current.kind === 'organization' ? current.organization : undefined);
    return detailsText(uri.query, current, this.now());
  }

  /** Opens a document, made anew if it is open already; resolves to its address once it tells what is known now. */
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
      // It may have been made anew by itself just before.
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
    const soon = (): void => this.#scheduleRefresh();
    this.#unsubscribe = organization
      ? [
          organization.permissions,
          organization.permissions.answers,
          organization.projects,
          organization.catalog,
        ].map((each) => each.onDidChange(soon))
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
