// The page of the access matrix: shows what the extension tells it, and asks it for what the person wants. It keeps no
// knowledge of its own, and nothing of what is shown comes to it but as a message.
import './matrix.css';
import type { PageUpdate, RefusedMessage } from '../../protocol/matrix';
import { setDisplayLanguage } from '../../text/language';
import { metadata } from '../../text/lists';
import { refusalsInWords, selectedInWords } from '../../words/matrix';
import { Controls } from './controls';
import { byId } from './element';
import { Grid } from './grid';
import { ask, keep, keptState, onTold } from './host';
import { Shown } from './layout';
import { MatrixModel } from './model';
import { onMouse } from './mouse';
import type { ViewOptions } from './order';
import { preserveSelection } from './preserveSelection';
import {
  afterKey,
  at,
  extended,
  type GridPosition,
  type Selection,
  sizeOf,
  wholeColumns,
  wholeRows,
} from './selection';

setDisplayLanguage(document.documentElement.dataset.language ?? '');

const sizes = { rowHeight: 26, columnWidth: 30, headHeight: 168, headWidth: 320, blockColumns: 5 };

const model = new MatrixModel();
const kept = keptState();
let wanted: ViewOptions = kept.wanted;
let shown = new Shown(model, wanted);

const root = byId('grid');
const grid = new Grid(root, sizes, { onSight: tellInSight, onSelect: selected });
const controls = new Controls({
  want(change) {
    wanted = { ...wanted, ...change };
    // Transposed, what was on the left is at the top, so where it was scrolled to means nothing.
    if (change.transposed !== undefined) root.scrollTo(0, 0);
    arrange(at(0, 0));
    controls.showWanted(wanted);
  },
  refresh: () => ask({ type: 'refresh' }),
  stop: () => ask({ type: 'stop' }),
  resume: () => ask({ type: 'resume' }),
  preview: () => ask({ type: 'preview' }),
  discard: () => ask({ type: 'discard' }),
  stage,
  loadSelected() {
    const { range } = grid.selection;
    const incomplete = range
      ? shown.within(range).checkpoints.filter((key) => !model.row(key).standing.isComplete)
      : [];
    ask({ type: 'load', checkpoints: incomplete });
    controls.say('', false);
    grid.focus();
  },
});

/** Puts rows and columns in order; what is selected stays so where it is still shown, `otherwise` is where it is not. */
function arrange(otherwise: Selection): void {
  const before = shown;
  shown = new Shown(model, wanted);
  const isNew = root.hidden || before.whyEmpty !== '';
  const selection = isNew ? grid.selection : preserveSelection(grid.selection, before.order, shown.order);
  root.hidden = shown.whyEmpty !== '';
  controls.showEmpty(shown.whyEmpty);
  grid.show(shown.content, selection ?? otherwise);
  selected();
}

function told(message: PageUpdate): void {
  const isFirst = model.organization === undefined;
  const wasLoading = model.progress.isLoading;
  model.take(message);
  // Where counts decide, the order changes when loading has ended and not under the person's hands.
  const mayMove = wasLoading && !model.progress.isLoading;
  // The keyboard must not come to stand on a cell that nobody went to.
  if (message.checkpoints || message.projects || mayMove) arrange(at(-1, -1));
  else grid.refresh();
  controls.showModel(model);
  if (message.refused) refuse(message.refused);
  if (isFirst && model.organization) begin();
  else showDetail(grid.selection.focus);
}

/** Goes back to where the person was before the page was last out of sight. */
function begin(): void {
  const { row, column } = shown.placeOf(kept.checkpoint, kept.project);
  if (row >= 0 && column >= 0) grid.show(shown.content, at(row, column));
  grid.scrollTo(kept.scrolled.top, kept.scrolled.left);
  if (document.hasFocus()) grid.focus();
  tellInSight();
}

function refuse(refused: readonly RefusedMessage[]): void {
  const namesOf = ({ checkpoint, project }: RefusedMessage) => ({
    checkpoint: model.checkpoints.find(({ key }) => key === checkpoint)?.name ?? '',
    project: model.projects.find(({ key }) => key === project)?.name ?? '',
  });
  const canBeLoaded = refused.some(({ why }) => why === 'notLoaded' || why === 'failed');
  controls.say(refusalsInWords(refused, namesOf), canBeLoaded);
}

function stage(action: 'toggle' | 'grant' | 'revoke' | 'unstage'): void {
  const { range } = grid.selection;
  if (range) ask({ type: 'stage', ...shown.within(range), action });
}

/** Space and click: a heading selects what is under it first, and stages it the second time. */
function press({ row, column }: GridPosition): void {
  const isHeading = row < 0 || column < 0;
  if (isHeading && !grid.selection.range) selectUnder({ row, column });
  else stage('toggle');
}

function selectUnder({ row, column }: GridPosition): void {
  if (row >= 0) grid.select(wholeRows(at(row, column), grid.extent));
  else if (column >= 0) grid.select(wholeColumns(at(row, column), grid.extent));
}

/** From the headings that are selected to another one. */
function extendedUnder(place: GridPosition): Selection {
  const to = extended(grid.selection, place);
  return place.row < 0 ? wholeColumns(to, grid.extent) : wholeRows(to, grid.extent);
}

function selected(): void {
  controls.say('', false);
  controls.showSelected(selectedInWords(sizeOf(grid.selection.range)));
  showDetail(grid.selection.focus);
  keepState();
}

function showDetail(place: GridPosition): void {
  controls.showDetail(metadata(...grid.hoverOf(place).split('\n')));
}

/** Loads the list where the keyboard is, unless it is complete; then it stages the cell as Space does. */
function enter(): void {
  const { checkpoint } = shown.at(grid.selection.focus);
  if (checkpoint && !model.row(checkpoint.key).standing.isComplete)
    ask({ type: 'load', checkpoints: [checkpoint.key] });
  else press(grid.selection.focus);
}

root.addEventListener('keydown', (event) => {
  const key = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey };
  if (event.altKey || !grid.placeOf(event.target)) return;
  if (key.key === 'f' && key.control) byId('search-projects').focus();
  else if (key.key === ' ' && !key.shift && !key.control) press(grid.selection.focus);
  else if (key.key === 'Enter') enter();
  else {
    const selection = afterKey(grid.selection, key, grid.extent);
    if (!selection) return;
    grid.select(selection);
  }
  event.preventDefault();
  event.stopPropagation();
});

// Screen readers move the keyboard without keys.
root.addEventListener('focusin', ({ target }) => {
  const place = grid.placeOf(target);
  const { focus } = grid.selection;
  if (place && (place.row !== focus.row || place.column !== focus.column)) {
    grid.select(at(place.row, place.column));
  }
});

onMouse(root, {
  placeOf: (target) => grid.placeOf(target),
  down(place, extend) {
    const isHeading = place.row < 0 || place.column < 0;
    if (isHeading && extend) grid.select(extendedUnder(place));
    else if (isHeading) selectUnder(place);
    else grid.select(extend ? extended(grid.selection, place) : at(place.row, place.column));
  },
  drag(place) {
    if (place.row >= 0 && place.column >= 0) grid.select(extended(grid.selection, place));
  },
  click: press,
  over(place, element) {
    element.title = grid.hoverOf(place);
    showDetail(place);
  },
  out: () => showDetail(grid.selection.focus),
});

let notYet: ReturnType<typeof setTimeout> | undefined;
let lastTold: string | undefined;

/** Tells which checkpoints are in sight, once scrolling has paused. */
function tellInSight(): void {
  clearTimeout(notYet);
  notYet = setTimeout(() => {
    keepState();
    // Before any project is known there is no grid yet; what will be seen of it first is its beginning.
    const beginning = { start: 0, end: 40 };
    const seen = root.hidden ? { rows: beginning, columns: beginning } : grid.seen;
    const checkpoints = shown.checkpointsIn(seen);
    if (checkpoints.join() === lastTold) return;
    lastTold = checkpoints.join();
    ask({ type: 'inSight', checkpoints });
  }, 100);
}

function keepState(): void {
  if (!model.organization) return;
  const { checkpoint, project } = shown.at(grid.selection.focus);
  keep({
    wanted,
    scrolled: grid.scrolled,
    ...(checkpoint && { checkpoint: checkpoint.key }),
    ...(project && { project: project.key }),
  });
}

// What is shown grows old while nothing is told.
setInterval(() => grid.refresh(), 60_000);

controls.showWanted(wanted);
onTold(told);
ask({ type: 'ready' });
