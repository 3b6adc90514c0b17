import { type Disposable, env, Uri, ViewColumn, type Webview, type WebviewPanel, window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { plainText } from '../../text/plainText';
import { matrixClosedInWords, matrixPage } from '../../words/matrix';
import { titleOfOrganization } from '../../words/organizationNames';
import { matrixHtml } from './html';
import { MatrixSession } from './session';

export interface MatrixOptions {
  readonly organization: Organization;
  readonly current: CurrentOrganization;
  /** The extension's own folder. */
  readonly folder: Uri;
  /** Previews the plan of the staged changes, and applies it when confirmed. */
  readonly preview: () => Promise<void>;
}

/** Debounce of updates to the page, in milliseconds. */
const updateDelayMs = 30;

/** The matrix of this window, if open. */
let shown: MatrixPanel | undefined;

/** Opens the access matrix of an organization in an editor tab, or reveals the open one. */
export function showMatrix(options: MatrixOptions): MatrixPanel {
  if (shown?.organization !== options.organization) {
    shown?.dispose();
    shown = new MatrixPanel(options);
  }
  shown.reveal();
  return shown;
}

/** The editor tab of an access matrix. It closes when another organization is shown. */
export class MatrixPanel implements Disposable {
  readonly organization: Organization;
  readonly #panel: WebviewPanel;
  readonly #session: MatrixSession;
  readonly #disposables: Disposable[];

  constructor({ organization, current, folder, preview }: MatrixOptions) {
    this.organization = organization;
    const dist = Uri.joinPath(folder, 'dist');
    const media = Uri.joinPath(folder, 'media');
    const title = titleOf(current);
    this.#panel = window.createWebviewPanel('checkpointPermissions.matrix', title, ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [dist, media],
    });
    const { webview } = this.#panel;
    this.#panel.iconPath = {
      light: Uri.joinPath(media, 'matrix-light.svg'),
      dark: Uri.joinPath(media, 'matrix-dark.svg'),
    };
    this.#session = new MatrixSession(organization, {
      post: (message) => void webview.postMessage(message),
      preview,
      schedule: (act) => {
        const timer = setTimeout(act, updateDelayMs);
        return () => clearTimeout(timer);
      },
    });
    this.#session.setVisible(this.#panel.visible);
    this.#disposables = [
      webview.onDidReceiveMessage((message: unknown) => this.#session.receive(message)),
      this.#panel.onDidChangeViewState(() => this.#session.setVisible(this.#panel.visible)),
      this.#panel.onDidDispose(() => this.#onClose()),
      current.onDidChange(() => this.#onOrganizationChange()),
      current.onDidRelabel(() => this.#onRelabel(titleOf(current))),
    ];
    webview.html = matrixHtml({
      script: addressOf(webview, dist, 'matrix-page.js'),
      style: addressOf(webview, dist, 'matrix-page.css'),
      source: webview.cspSource,
      language: env.language,
    });
  }

  /** The title of the tab. */
  get title(): string {
    return this.#panel.title;
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** The organization was renamed, or another one was added or removed. */
  #onRelabel(title: string): void {
    if (title !== this.#panel.title) this.#panel.title = title;
    this.#session.sendName();
  }

  /** Closes the tab, so that one organization's access never shows beside another's. */
  #onOrganizationChange(): void {
    const { size } = this.organization.staged;
    this.dispose();
    if (size === 0) return;
    void window.showWarningMessage(matrixClosedInWords(size));
  }

  #onClose(): void {
    if (shown === this) shown = undefined;
    this.#session.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** The title of the tab, which stands beside tabs of other windows and organizations. */
function titleOf(current: CurrentOrganization): string {
  return titleOfOrganization(matrixPage.title, plainText(current.labelAmongSeveral, 60));
}

function addressOf(webview: Webview, folder: Uri, file: string): string {
  return webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
}
