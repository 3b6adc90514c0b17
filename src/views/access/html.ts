import { randomBytes } from 'node:crypto';
import { tabIds } from '../../protocol/accessPage';
import { accessPageTitle, tabNames, accessPage as words } from '../../words/accessPage';
import { matrixMarkup } from './matrix/markup';

/** The URIs of the page's files, as its webview loads them, and the language of its dates. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The content security policy source of the webview's own resources (`Webview.cspSource`). */
  readonly source: string;
  /** The display language of the editor, a BCP 47 tag. */
  readonly language: string;
  /** The ID of the organization's profile, which the page keeps across a reload. */
  readonly organization: string;
}

/** Icons of the header. Drawn here, because the policy of the page allows no font and no picture. */
const searchIcon =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="6.5" cy="6.5" r="4"/><path d="m9.5 9.5 4 4"/></svg>';
const refreshIcon =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13.5 8a5.5 5.5 0 1 1-1.8-4.1M13.5 1.5v3.3h-3.3"/></svg>';

/**
 * The HTML of the Access page. Its data comes as messages. Its content security policy allows one script and one style
 * sheet of this extension, and nothing else.
 */
export function accessPageHtml({ script, style, source, language, organization }: PageParts): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  // The list of tabs gives its tabs and panels IDs of its own.
  const headers = tabIds.map(
    (id) =>
      `<vscode-tab-header slot="header" data-tab="${id}">${tabNames[id]}<vscode-badge id="count-${id}" variant="tab-header-counter" hidden></vscode-badge></vscode-tab-header>`,
  );
  const options = tabIds.map((id) => `<option value="${id}">${tabNames[id]}</option>`);
  const panels = tabIds.map(
    (id) =>
      `<vscode-tab-panel class="panel"><div id="panel-${id}" class="panel-body">${id === 'matrix' ? matrixMarkup : ''}</div></vscode-tab-panel>`,
  );
  return `<!DOCTYPE html>
<html lang="en" data-language="${language.replace(/[^\w-]/g, '')}" data-organization="${organization.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${accessPageTitle}</title>
<link rel="stylesheet" href="${style}">
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems":true}'>
<main>
<header id="top" class="bar top">
<h1 id="title"></h1>
<select id="tab-select" aria-label="${words.tabs}">${options.join('')}</select>
<button id="search-button" class="icon" type="button" aria-label="${words.search}" title="${words.search}">${searchIcon}</button>
<vscode-textfield id="search" type="search" placeholder="${words.search}" label="${words.search}"></vscode-textfield>
<span id="loading" class="progress"><span id="progress"></span>
<button id="stop" type="button" hidden data-needs-host>${words.stop}</button>
<button id="resume" type="button" hidden data-needs-host>${words.resume}</button></span>
<button id="refresh" class="icon" type="button" data-needs-host aria-label="${words.refresh}" title="${words.refresh}">${refreshIcon}</button>
</header>
<div id="silent" class="banner" role="alert" hidden><span id="silent-text"></span> <a href="command:workbench.action.reloadWindow">${words.reloadWindow}</a></div>
<div id="unused" class="banner" hidden><span id="unused-text" role="alert"></span>
<button id="switch" type="button" class="primary">${words.switchOrganization}</button>
<button id="close" type="button">${words.close}</button></div>
<vscode-tabs id="tabs" panel aria-label="${words.tabs}">
${headers.join('\n')}
${panels.join('\n')}
</vscode-tabs>
</main>
<p id="announced" class="unseen" role="status"></p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
