import { type Disposable, env, Uri, ViewColumn, type Webview, type WebviewPanel, window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { CurrentOrganization } from '../../organizations/current';
import { matrixClosedInWords, matrixTitle } from '../../words/matrix';
import { matrixHtml } from './html';
import { MatrixSession } from './session';

/** What an access matrix is opened with. */
export interface MatrixOptions {
  readonly organization: Organization;
  readonly current: CurrentOrganization;
  /** The extension's own folder. */
  readonly folder: Uri;
  /** Shows the plan of what is staged, and applies it if the person agrees. */
  readonly preview: () => Promise<void>;
}

/** How long changes are gathered before the page is told of them, in milliseconds. */
const updateDelayMs = 30;

/** The one matrix of a window. */
let shown: MatrixPanel | undefined;

/** Shows the access matrix of an organization as an editor tab, or brings the one that is open to the front. */
export function showMatrix(options: MatrixOptions): MatrixPanel {
  if (shown?.organization !== options.organization) {
    shown?.dispose();
    shown = new MatrixPanel(options);
  }
  shown.reveal();
  return shown;
}

/** The editor tab around an access matrix. It is closed when another organization comes to be shown. */
export class MatrixPanel implements Disposable {
  readonly organization: Organization;
  readonly #panel: WebviewPanel;
  readonly #session: MatrixSession;
  readonly #disposables: Disposable[];

  constructor({ organization, current, folder, preview }: MatrixOptions) {
    this.organization = organization;
    const dist = Uri.joinPath(folder, 'dist');
    const media = Uri.joinPath(folder, 'media');
    const title = matrixTitle(organization.isSample);
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
    ];
    webview.html = matrixHtml({
      script: addressOf(webview, dist, 'matrix-page.js'),
      style: addressOf(webview, dist, 'matrix-page.css'),
      source: webview.cspSource,
      language: env.language,
    });
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** What is shown of one organization must not stay beside what is shown of another. */
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

function addressOf(webview: Webview, folder: Uri, file: string): string {
  return webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
}
