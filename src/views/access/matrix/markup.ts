import { sorts } from '../../../access/catalog/arrangement';
import { sortChoices } from '../../../words/checkpointList';
import { projectSortChoices, matrixPage as words } from '../../../words/matrix';

const checkpointSorts = sorts
  .map((sort) => `<option value="${sort}">${sortChoices[sort].label}</option>`)
  .join('');

const projectSorts = Object.entries(projectSortChoices)
  .map(([sort, label]) => `<option value="${sort}">${label}</option>`)
  .join('');

/** The HTML of the matrix tab. Its data comes as messages. */
export const matrixMarkup = `<div class="bar" role="group" aria-label="${words.view}">
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
</div>`;
