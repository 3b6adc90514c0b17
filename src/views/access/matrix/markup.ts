import { matrixPage as words } from '../../../words/matrix';

/** The HTML of the matrix tab. Its data comes as messages. */
export const matrixMarkup = `<div class="bar" role="group" aria-label="${words.view}">
<label>${words.sortCheckpoints} <select id="sort-checkpoints"><option value="list">${words.listOrder}</option><option value="name">${words.name}</option><option value="count">${words.mostAccess}</option><option value="end">${words.shutdownDate}</option></select></label>
<label>${words.sortProjects} <select id="sort-projects"><option value="name">${words.name}</option><option value="count">${words.mostAccess}</option></select></label>
<button id="transpose" type="button" aria-pressed="false">${words.swap}</button>
</div>
<p id="note" class="note" hidden></p>
<div id="grid" class="grid" role="grid" aria-multiselectable="true" aria-label="${words.grid}"></div>
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
<div id="legend" class="bar legend" role="group" aria-label="${words.legend}"></div>`;
