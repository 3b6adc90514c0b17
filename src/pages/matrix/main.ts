// Page of the access matrix: shows the data that the extension sends as messages, and sends the person's actions back.
// All data that it shows comes from these messages.
import './matrix.css';
import type { PageUpdate, RefusedMessage } from '../../protocol/matrix';
import { setDisplayLanguage } from '../../text/language';
import { metadata } from '../../text/lists';
import { refusalsInWords, selectedInWords } from '../../words/matrix';
import { Controls } from './controls';
import { copied } from './copy';
import { byId } from './element';
import { Grid } from './grid';
import { onMessage, savedState, saveState, sendRequest } from './host';
import { MatrixLayout } from './layout';
import { MatrixModel } from './model';
import { handleMouse } from './mouse';
import type { ViewOptions } from './order';
import { preserveSelection } from './preserveSelection';
import {
  extendSelection,
  type GridPosition,
  type Selection,
  selectColumns,
  selectionAfterKey,
  selectionAt,
  selectRows,
  sizeOf,
} from './selection';
import { HeadingSplitters } from './splitters';

setDisplayLanguage(document.documentElement.dataset.language ?? '');

const cells = { rowHeight: 26, columnWidth: 30, blockColumns: 5 };

const model = new MatrixModel();
const saved = savedState();
let options: ViewOptions = saved.options;
let layout = new MatrixLayout(model, options);

const root = byId('grid');
const splitters = new HeadingSplitters(byId('area'), {
  get: () => grid.chosenHeadings,
  choose(chosen) {
    grid.chooseHeadings(chosen);
    saveCurrentState();
  },
});
const grid = new Grid(root, cells, {
  onSight: reportVisible,
  onSelect,
  onFit: (sizes) => splitters.show(sizes),
});
const controls = new Controls({
  changeOptions(change) {
    const isNewSearch = change.search !== undefined && change.search !== options.search;
    options = { ...options, ...(isNewSearch && { showsStaged: false }), ...change };
    // The scroll position means nothing after rows and columns are swapped.
    if (change.isTransposed !== undefined) root.scrollTo(0, 0);
    arrange(selectionAt(0, 0));
    controls.showOptions(options);
  },
  refresh: () => sendRequest({ type: 'refresh' }),
  stop: () => sendRequest({ type: 'stop' }),
  resume: () => sendRequest({ type: 'resume' }),
  preview: () => sendRequest({ type: 'preview' }),
  discard: () => sendRequest({ type: 'discard' }),
  stage,
  loadSelected() {
    const { range } = grid.selection;
    const incomplete = range
      ? layout.keysIn(range).checkpoints.filter((key) => !model.row(key).standing.isComplete)
      : [];
    sendRequest({ type: 'load', checkpoints: incomplete });
    controls.showMessage('', false);
    grid.focus();
  },
  showStaged() {
    options = { ...options, showsStaged: true };
    arrange(selectionAt(-1, -1));
    grid.focus();
  },
});

/**
 * Sorts and filters rows and columns. Keeps the selected cells selected; `fallback` replaces a selection that is gone.
 */
function arrange(fallback: Selection): void {
  const before = layout;
  layout = new MatrixLayout(model, options);
  const isNew = root.hidden || before.emptyText !== '';
  const selection = isNew ? grid.selection : preserveSelection(grid.selection, before.order, layout.order);
  byId('area').hidden = root.hidden = layout.emptyText !== '';
  controls.showEmpty(layout.emptyText);
  grid.show(layout.content, selection ?? fallback);
  controls.showHidden(layout.hidden, layout.hiddenStaged(model));
  onSelect();
}

function receive(message: PageUpdate): void {
  const isFirst = model.organization === undefined;
  const wasLoading = model.progress.isLoading;
  model.apply(message);
  // A sort by count is applied when loading ends, so that rows don't move while the person works.
  const hasLoaded = wasLoading && !model.progress.isLoading;
  // The fallback is the corner: the focus must not move to a cell that the person didn't choose.
  if (message.checkpoints || message.projects || hasLoaded) arrange(selectionAt(-1, -1));
  else grid.refresh();
  controls.showModel(model);
  if (message.staged) controls.showHidden(layout.hidden, layout.hiddenStaged(model));
  if (message.refused) showRefusals(message.refused);
  if (isFirst && model.organization) restoreState();
  else showDetail(grid.selection.focus);
}

/** Restores the focus and scroll position from before the page was hidden. */
function restoreState(): void {
  const { row, column } = layout.positionOf(saved.checkpoint, saved.project);
  if (row >= 0 && column >= 0) grid.show(layout.content, selectionAt(row, column));
  grid.chooseHeadings(saved.headings);
  grid.scrollTo(saved.scroll.top, saved.scroll.left);
  if (document.hasFocus()) grid.focus();
  reportVisible();
}

function showRefusals(refused: readonly RefusedMessage[]): void {
  const namesOf = ({ checkpoint, project }: RefusedMessage) => ({
    checkpoint: model.checkpoints.find(({ key }) => key === checkpoint)?.name ?? '',
    project: model.projects.find(({ key }) => key === project)?.name ?? '',
  });
  const canBeLoaded = refused.some(({ why }) => why === 'notLoaded' || why === 'failed');
  controls.showMessage(refusalsInWords(refused, namesOf), canBeLoaded);
}

function stage(action: 'toggle' | 'grant' | 'revoke' | 'unstage'): void {
  const { range } = grid.selection;
  if (range) sendRequest({ type: 'stage', ...layout.keysIn(range), action });
}

/** Handles Space and click: a heading selects its cells the first time, and stages them the second time. */
function press({ row, column }: GridPosition): void {
  const isHeading = row < 0 || column < 0;
  if (isHeading && !grid.selection.range) selectUnder({ row, column });
  else stage('toggle');
}

function selectUnder({ row, column }: GridPosition): void {
  if (row >= 0) grid.select(selectRows(selectionAt(row, column), grid.size));
  else if (column >= 0) grid.select(selectColumns(selectionAt(row, column), grid.size));
}

/** Extends the selected headings to another one. */
function extendedHeadings(position: GridPosition): Selection {
  const to = extendSelection(grid.selection, position);
  return position.row < 0 ? selectColumns(to, grid.size) : selectRows(to, grid.size);
}

function onSelect(): void {
  controls.showMessage('', false);
  controls.showSelection(selectedInWords(sizeOf(grid.selection.range)));
  showDetail(grid.selection.focus);
  saveCurrentState();
}

function showDetail(position: GridPosition): void {
  controls.showDetail(metadata(...grid.tooltipAt(position).split('\n')));
}

/** Handles Enter: loads the list of the focused checkpoint, or, if it is complete, stages the cell as Space does. */
function enter(): void {
  const { checkpoint } = layout.at(grid.selection.focus);
  if (checkpoint && !model.row(checkpoint.key).standing.isComplete)
    sendRequest({ type: 'load', checkpoints: [checkpoint.key] });
  else press(grid.selection.focus);
}

root.addEventListener('keydown', (event) => {
  const key = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey };
  if (event.altKey || !grid.positionOf(event.target)) return;
  if (key.key === 'f' && key.control) byId('search-checkpoints').focus();
  else if (key.key === ' ' && !key.shift && !key.control) press(grid.selection.focus);
  else if (key.key === 'Enter') enter();
  else if (key.key === '?') controls.showHelp();
  else {
    const selection = selectionAfterKey(grid.selection, key, grid.size);
    if (!selection) return;
    grid.select(selection);
  }
  event.preventDefault();
  event.stopPropagation();
});

// Chromium copies where nothing is selected as text only if this event says that something can be copied.
root.addEventListener('beforecopy', (event) => event.preventDefault());
root.addEventListener('copy', (event) => {
  const copy = copied(model, layout, grid.selection);
  if (!copy || !event.clipboardData) return;
  event.clipboardData.setData('text/plain', copy.text);
  event.clipboardData.setData('text/html', copy.html);
  event.preventDefault();
});

// Screen readers move the focus without key events.
root.addEventListener('focusin', ({ target }) => {
  const position = grid.positionOf(target);
  const { focus } = grid.selection;
  if (position && (position.row !== focus.row || position.column !== focus.column)) {
    grid.select(selectionAt(position.row, position.column));
  }
});

handleMouse(root, {
  positionOf: (target) => grid.positionOf(target),
  down(position, extend) {
    const isHeading = position.row < 0 || position.column < 0;
    if (isHeading && extend) grid.select(extendedHeadings(position));
    else if (isHeading) selectUnder(position);
    else
      grid.select(
        extend ? extendSelection(grid.selection, position) : selectionAt(position.row, position.column),
      );
  },
  drag(position) {
    if (position.row >= 0 && position.column >= 0) grid.select(extendSelection(grid.selection, position));
  },
  click: press,
  over(position, element) {
    element.title = grid.tooltipAt(position);
    showDetail(position);
  },
  out: () => showDetail(grid.selection.focus),
});

let reportTimer: ReturnType<typeof setTimeout> | undefined;
let lastReported: string | undefined;

/** Reports the visible checkpoints to the extension, 100 ms after the last scroll event. */
function reportVisible(): void {
  clearTimeout(reportTimer);
  reportTimer = setTimeout(() => {
    saveCurrentState();
    // Until the first render, report the beginning, which is visible first.
    const beginning = { start: 0, end: 40 };
    const isRendered = !root.hidden && grid.visible.rows.end > 0 && grid.visible.columns.end > 0;
    const visible = isRendered ? grid.visible : { rows: beginning, columns: beginning };
    const checkpoints = layout.checkpointsIn(visible);
    if (checkpoints.join() === lastReported) return;
    lastReported = checkpoints.join();
    sendRequest({ type: 'visible', checkpoints });
  }, 100);
}

function saveCurrentState(): void {
  if (!model.organization) return;
  const { checkpoint, project } = layout.at(grid.selection.focus);
  saveState({
    options,
    scroll: grid.scroll,
    headings: grid.chosenHeadings,
    ...(checkpoint && { checkpoint: checkpoint.key }),
    ...(project && { project: project.key }),
  });
}

// Ages in the labels change without a message.
setInterval(() => grid.refresh(), 60_000);

controls.showOptions(options);
onMessage(receive);
sendRequest({ type: 'ready' });
