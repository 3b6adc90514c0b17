import { type Disposable, env, Uri, ViewColumn, type Webview, type WebviewPanel, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { accessPageType, commandIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { pageMessageText, type TabId } from '../../protocol/accessPage';
import { plainText } from '../../text/plainText';
import { accessPageTitle, changesStayStaged } from '../../words/accessPage';
import { titleOfOrganization } from '../../words/organizationNames';
import { commandTitles } from '../../words/titles';
import { AcceptedInFiles } from '../accessFile/acceptedInFiles';
import type { PageActions } from './actions';
import { accessPageHtml } from './html';
import { PageSession } from './pageSession';

/** What a page is made with. */
export interface PageOptions {
  readonly current: CurrentOrganization;
  /** The extension's own folder. */
  readonly folder: Uri;
  readonly actionsOf: (organization: Organization) => PageActions;
  /** Runs a command of the extension. */
  readonly run: (command: string) => void;
}

/** What to show in a page. */
export interface Place {
  readonly tab?: TabId;
  /** The text of the page's search. */
  readonly search?: string;
  /** The filter of the tab. */
  readonly filter?: unknown;
}

/** Debounce of updates to the page, in milliseconds. */
const updateDelayMs = 30;

/** Before the title of a page with staged changes. */
const mark = '● ';

/** Creates the editor tab of an Access page. */
export function createPanel({ folder }: PageOptions): WebviewPanel {
  return window.createWebviewPanel(
    accessPageType,
    accessPageTitle,
    ViewColumn.Active,
    webviewOptions(folder),
  );
}

function webviewOptions(folder: Uri) {
  return {
    enableScripts: true,
    // The only command that the page may run: the extension can't run it when it doesn't answer.
    enableCommandUris: ['workbench.action.reloadWindow'],
    localResourceRoots: [Uri.joinPath(folder, 'dist'), Uri.joinPath(folder, 'media')],
  };
}

/** The Access page of one organization in an editor tab. It stays open while the window shows another organization. */
export class AccessPage implements Disposable {
  readonly session: PageSession;
  readonly #disposables: Disposable[];
  #staged: (() => void) | undefined;
  #files: { readonly of: Organization; readonly following: Disposable } | undefined;
  #isDisposed = false;

  /**
   * @param id the ID of the organization's profile or sample
   * @param isRestored the page was restored with its window: it loads nothing until a person asks
   */
  constructor(
    readonly id: string,
    private readonly panel: WebviewPanel,
    private readonly options: PageOptions,
    private readonly onDispose: () => void,
    isRestored = false,
  ) {
    const { current, folder, actionsOf, run } = options;
    const { webview } = panel;
    const media = Uri.joinPath(folder, 'media');
    webview.options = webviewOptions(folder);
    panel.iconPath = {
      light: Uri.joinPath(media, 'matrix-light.svg'),
      dark: Uri.joinPath(media, 'matrix-dark.svg'),
    };
    this.session = new PageSession(
      current.labelOf(id) ?? '',
      {
        post: (message) => void webview.postMessage(pageMessageText(message)),
        schedule: (act) => {
          const timer = setTimeout(act, updateDelayMs);
          return () => clearTimeout(timer);
        },
        actionsOf,
        switchOrganization: () => void this.#switch(),
        close: () => this.dispose(),
      },
      isRestored,
    );
    this.session.setVisible(panel.visible);
    this.#disposables = [
      webview.onDidReceiveMessage((message: unknown) => this.session.receive(message)),
      panel.onDidChangeViewState(() => this.session.setVisible(panel.visible)),
      panel.onDidDispose(() => this.#onClose(run)),
      current.onDidChange(() => void this.bind()),
      current.onDidRelabel(() => this.#relabel()),
    ];
    this.#relabel();
    const dist = Uri.joinPath(folder, 'dist');
    webview.html = accessPageHtml({
      script: addressOf(webview, dist, 'access-page.js'),
      style: addressOf(webview, dist, 'access-page.css'),
      source: webview.cspSource,
      language: env.language,
      organization: id,
    });
    void this.bind();
  }

  /** The title of the tab. */
  get title(): string {
    return this.panel.title;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  reveal(): void {
    this.panel.reveal(undefined, false);
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** Shows the organization of the page if the window shows it, or says that it doesn't. */
  async bind(): Promise<void> {
    const { current } = this.options;
    const isShown = current.shownId === this.id;
    if (!isShown) this.session.release('other');
    const active = isShown ? await current.get() : undefined;
    if (this.#isDisposed || !active) return;
    if (active.kind !== 'organization') return this.session.release('closed');
    const { organization } = active;
    if (organization.id !== this.id) return;
    this.#staged?.();
    this.#staged = organization.staged.onDidChange(() => this.#relabel());
    this.#relabel();
    this.#followFiles(organization);
    this.session.bind(organization);
    this.#relabel();
  }

  /** Findings that the access files of the workspace accept count no more while the page is open. */
  #followFiles(organization: Organization | undefined): void {
    if (this.#files?.of === organization) return;
    this.#files?.following.dispose();
    this.#files = organization && { of: organization, following: new AcceptedInFiles(organization) };
  }

  async #switch(): Promise<void> {
    const { current } = this.options;
    if (current.labelOf(this.id) !== undefined) await current.show(this.id);
    await this.bind();
  }

  /** The organization was renamed, or the number of staged changes is zero or no longer. */
  #relabel(): void {
    const label = this.options.current.labelOf(this.id) ?? this.session.organization?.name ?? '';
    this.session.rename(label);
    const title = titleOfOrganization(accessPageTitle, plainText(label, 60));
    const staged = this.session.organization?.staged.size ?? 0;
    const marked = staged > 0 ? `${mark}${title}` : title;
    if (marked !== this.panel.title) this.panel.title = marked;
  }

  #onClose(run: PageOptions['run']): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const staged = this.session.organization?.staged.size ?? 0;
    this.#staged?.();
    this.#followFiles(undefined);
    this.session.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
    this.onDispose();
    if (staged > 0) void this.#sayStaged(staged, run);
  }

  async #sayStaged(staged: number, run: PageOptions['run']): Promise<void> {
    const { openAccess } = commandTitles;
    const pressed = await window.showInformationMessage(changesStayStaged(staged), openAccess);
    if (pressed === openAccess) run(commandIds.openAccess);
  }
}

/** The title of a page without its mark. */
export function unmarked(title: string): string {
  return title.startsWith(mark) ? title.slice(mark.length) : title;
}

function addressOf(webview: Webview, folder: Uri, file: string): string {
  return webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
}
