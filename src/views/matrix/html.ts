import { randomBytes } from 'node:crypto';

/** Where a page's files are, as addresses that its webview may load. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** What the webview's own resources come from (`Webview.cspSource`). */
  readonly source: string;
}

/**
 * The page of the access matrix, without any of its data, which comes as messages. It loads one script and one style
 * sheet of this extension and nothing else; a policy sees to that.
 */
export function matrixHtml({ script, style, source }: PageFiles): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Access Matrix</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main>
<h1 id="title" class="unseen">Access matrix</h1>
<p id="announced" class="unseen" role="status"></p>
<div class="bar" role="group" aria-label="What is shown">
<input id="search-checkpoints" type="search" placeholder="Search checkpoints" aria-label="Search checkpoints by name or id" spellcheck="false">
<input id="search-projects" type="search" placeholder="Search projects" aria-label="Search projects by name or id" spellcheck="false">
<label>Checkpoints by <select id="sort-checkpoints"><option value="list">list order</option><option value="name">name</option><option value="count">most access</option><option value="end">end date</option></select></label>
<label>Projects by <select id="sort-projects"><option value="name">name</option><option value="count">most access</option></select></label>
<button id="transpose" type="button" aria-pressed="false">Transpose</button>
<button id="read-again" type="button">Read Again</button>
<span class="progress"><span id="progress"></span> <button id="stop" type="button" hidden>Cancel</button><button id="resume" type="button" hidden>Resume</button></span>
</div>
<p id="note" class="note" hidden></p>
<div id="grid" class="grid" role="grid" aria-multiselectable="true" aria-label="Access of projects to checkpoints"></div>
<p id="empty" class="empty" hidden></p>
<div class="about">
<p id="detail" class="detail"></p>
<div id="said" class="said" hidden><span id="said-text" role="alert"></span> <button id="said-read" type="button">Read Now</button></div>
</div>
<div class="bar foot">
<span class="part" role="group" aria-label="Staged changes">
<span id="staged" role="status"></span>
<button id="preview" type="button" class="primary" disabled>Preview…</button>
<button id="discard" type="button" disabled>Discard</button>
</span>
<span id="chosen" class="part chosen" role="group" aria-label="Selected cells">
<span id="chosen-text" role="status"></span>
<button id="stage-grant" type="button">Stage Grants</button>
<button id="stage-revoke" type="button">Stage Revokes</button>
<button id="unstage" type="button">Unstage</button>
</span>
</div>
<div id="legend" class="bar legend" role="group" aria-label="What the signs mean"></div>
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
