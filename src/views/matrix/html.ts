import { randomBytes } from 'node:crypto';
import { sorts } from '../../access/catalog/arrangement';
import { sortChoices } from '../../words/checkpointList';
import { projectSortChoices, matrixPage as words } from '../../words/matrix';

const checkpointSorts = sorts
  .map((sort) => `<option value="${sort}">${sortChoices[sort].label}</option>`)
  .join('');

const projectSorts = Object.entries(projectSortChoices)
  .map(([sort, label]) => `<option value="${sort}">${label}</option>`)
  .join('');

/** The URIs of the page's files, as its webview loads them, and the language of its dates. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The content security policy source of the webview's own resources (`Webview.cspSource`). */
  readonly source: string;
  /** The display language of the editor, a BCP 47 tag. */
  readonly language: string;
}

/**
 * The HTML of the access matrix. Its data comes as messages. Its content security policy allows one script and one
 * style sheet of this extension, and nothing else.
 */
export function matrixHtml({ script, style, source, language }: PageParts): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en" data-language="${language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main>
<h1 id="title" class="unseen">${words.title}</h1>
<p id="announced" class="unseen" role="status"></p>
<div class="bar">
<input id="search-checkpoints" type="search" placeholder="${words.searchCheckpoints}" aria-label="${words.searchCheckpointsBy}" spellcheck="false">
<button id="refresh" type="button">${words.refresh}</button>
<span class="progress"><span id="progress"></span> <button id="stop" type="button" hidden>${words.stop}</button><button id="resume" type="button" hidden>${words.resume}</button></span>
</div>
<div class="bar" role="group" aria-label="${words.view}">
<button id="view-button" type="button" popovertarget="view-options">${words.viewButton}</button>
<div id="view-options" class="view-options" popover>
<label>${words.sortCheckpoints} <select id="sort-checkpoints">${checkpointSorts}</select></label>
<label>${words.sortProjects} <select id="sort-projects">${projectSorts}</select></label>
<button id="transpose" type="button" aria-pressed="false">${words.swap}</button>
</div>
<span id="search-hides" class="search-hides" role="status"></span>
<button id="show-staged" type="button" hidden>${words.showStaged}</button>
<button id="help-button" class="help-button" type="button" popovertarget="help" aria-label="${words.help}" title="${words.help}">?</button>
</div>
<div id="help" class="help" popover autofocus tabindex="0" role="region" aria-label="${words.help}"></div>
<p id="note" class="note" hidden></p>
<div id="area" class="area">
<div id="grid" class="grid" role="grid" aria-multiselectable="true" aria-label="${words.grid}"></div>
</div>
<p id="empty" class="empty" hidden></p>
<div class="about">
<p id="detail" class="detail"></p>
<div id="said" class="said" hidden><span id="said-text" role="alert"></span> <button id="said-load" type="button" data-needs-host>${words.loadNow}</button></div>
</div>
<div class="bar foot">
<span class="part" role="group" aria-label="${words.stagedChanges}">
<span id="staged" role="status"></span>
<button id="preview" type="button" class="primary" disabled data-needs-host>${words.preview}</button>
<button id="discard" type="button" disabled data-needs-host>${words.discard}</button>
</span>
<span id="chosen" class="part chosen" role="group" aria-label="${words.selectedCells}">
<span id="chosen-text" role="status"></span>
<button id="stage-grant" type="button" data-needs-host>${words.stageGrants}</button>
<button id="stage-revoke" type="button" data-needs-host>${words.stageRevokes}</button>
<button id="unstage" type="button" data-needs-host>${words.unstage}</button>
</span>
</div>
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
