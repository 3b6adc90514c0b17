import './matrix.css';
import type { PageRequest, PageUpdate, RefusedMessage } from '../../../protocol/matrix';
import { parsePageUpdate } from '../../../protocol/matrix';
import { metadata } from '../../../text/lists';
import { refusalsInWords, selectedInWords } from '../../../words/matrix';
import { copyToClipboard } from '../clipboard';
import { byId } from '../element';
import type { PageTab, TabContext } from '../tab';
import { Controls } from './controls';
import { copied } from './copy';
import { Grid } from './grid';
import { MatrixLayout } from './layout';
import { handleMouse } from './mouse';
import type { ViewOptions } from './order';
import { preserveSelection } from './preserveSelection';
import {
  contains,
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
import { type PageState, parseState } from './state';

const cells = { rowHeight: 26, columnWidth: 30, blockColumns: 5 };

/** Number of checkpoints that are reported as visible before the first render. */
const beginning = { start: 0, end: 40 };

/** What the matrix tab gives the page besides what every tab does. */
export interface MatrixTab extends PageTab {
  /** The model was replaced by another organization's, or updated. */
  receive(update: unknown): void;
}

/** The tab of the access matrix: checkpoints down, projects across. It feeds the model that all tabs share. */
export function createMatrixTab(context: TabContext): MatrixTab {
  const { model } = context;
  let saved: PageState = parseState(undefined);
  let options: ViewOptions = saved.options;
  let layout = new MatrixLayout(model, options);
  let isShown = false;
  const send = (request: PageRequest): void => context.send(request);

  const root = byId('grid');
  const splitters = new HeadingSplitters(byId('area'), {
    get: () => grid.chosenHeadings,
    choose(chosen) {
      grid.chooseHeadings(chosen);
      keepState();
    },
  });
  const grid = new Grid(root, cells, {
    onSight: reportVisible,
    onSelect,
    onFit: (sizes) => splitters.show(sizes),
  });
  const controls = new Controls({
    changeOptions,
    preview: () => context.showTab('changes'),
    discard: () => send({ type: 'discard' }),
    stage,
    loadSelected() {
      const { range } = grid.selection;
      const incomplete = range
        ? layout.keysIn(range).checkpoints.filter((key) => !model.row(key).standing.isComplete)
        : [];
      send({ type: 'load', checkpoints: incomplete });
      controls.showMessage('', false);
      grid.focus();
    },
    showStaged() {
      changeOptions({ showsStaged: true });
      grid.focus();
    },
  });

  function changeOptions(change: Partial<ViewOptions>): void {
    const isNewSearch = change.search !== undefined && change.search !== options.search;
    options = { ...options, ...(isNewSearch && { showsStaged: false }), ...change };
    // The scroll position means nothing after rows and columns are swapped.
    if (change.isTransposed !== undefined) root.scrollTo(0, 0);
    arrange(selectionAt(0, 0));
    controls.showOptions(options);
  }

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
    showHidden();
    onSelect();
  }

  function showHidden(): void {
    controls.showHidden(layout.hidden, layout.hiddenStaged(model));
  }

  function apply(message: PageUpdate): void {
    const isFirst = model.organization === undefined;
    const wasLoading = model.progress.isLoading;
    model.apply(message);
    // A sort by count is applied when loading ends, so that rows don't move while the person works.
    const hasLoaded = wasLoading && !model.progress.isLoading;
    // The fallback is the corner: the focus must not move to a cell that the person didn't choose.
    if (message.checkpoints || message.projects || hasLoaded) arrange(selectionAt(-1, -1));
    else grid.refresh();
    controls.showModel(model);
    if (message.cell) showVerdict(message.cell);
    if (message.staged) showHidden();
    if (message.refused) showRefusals(message.refused);
    // The other side may be new, and then it doesn't know what is visible.
    if (message.organization) lastReported = undefined;
    if (isFirst && model.organization) restorePlace();
    else {
      if (message.organization) reportVisible();
      showDetail(grid.selection.focus);
    }
  }

  /** Restores the focus and scroll position from before the page was hidden. */
  function restorePlace(): void {
    const { row, column } = layout.positionOf(saved.checkpoint, saved.project);
    if (row >= 0 && column >= 0) grid.show(layout.content, selectionAt(row, column));
    grid.scrollTo(saved.scroll.top, saved.scroll.left);
    if (isShown && document.hasFocus()) grid.focus();
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
    if (range) send({ type: 'stage', ...layout.keysIn(range), action });
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
    askAbout(grid.selection.focus);
    keepState();
  }

  let askTimer: ReturnType<typeof setTimeout> | undefined;

  /** Asks the extension what is known of a cell beyond its permission, once the mouse or the keyboard rests on it. */
  function askAbout(position: GridPosition): void {
    clearTimeout(askTimer);
    const { checkpoint, project } = layout.at(position);
    if (!checkpoint || !project || !context.isAnswering) return;
    askTimer = setTimeout(
      () => send({ type: 'cell', checkpoint: checkpoint.key, project: project.key }),
      100,
    );
  }

  /** Says what is known of a cell beyond its permission, in its tooltip, below the grid, and to screen readers. */
  function showVerdict({ checkpoint, project, text }: NonNullable<PageUpdate['cell']>): void {
    const isAt = (position: GridPosition): boolean => {
      const at = layout.at(position);
      return at.checkpoint?.key === checkpoint && at.project?.key === project;
    };
    if (hovered && isAt(hovered.position)) {
      hovered.element.title = grid.tooltipAt(hovered.position);
      showDetail(hovered.position);
    }
    if (text !== '' && !hovered && isShown && isAt(grid.selection.focus)) context.announce(text);
  }

  /** The cell under the mouse. */
  let hovered: { readonly position: GridPosition; readonly element: HTMLElement } | undefined;

  function showDetail(position: GridPosition): void {
    controls.showDetail(metadata(...grid.tooltipAt(position).split('\n')));
  }

  /** Handles Enter: loads the list of the focused checkpoint, or, if it is complete, stages the cell as Space does. */
  function enter(): void {
    const { checkpoint } = layout.at(grid.selection.focus);
    if (checkpoint && !model.row(checkpoint.key).standing.isComplete)
      send({ type: 'load', checkpoints: [checkpoint.key] });
    else press(grid.selection.focus);
  }

  root.addEventListener('keydown', (event) => {
    const key = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey };
    if (event.altKey || !grid.positionOf(event.target)) return;
    if (key.key === ' ' && !key.shift && !key.control) press(grid.selection.focus);
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

  // Chromium copies without selected text only if something says that it can.
  root.addEventListener('beforecopy', (event) => event.preventDefault());
  root.addEventListener('copy', (event) => {
    const copy = copied(model, layout, grid.selection);
    if (copy) copyToClipboard(event, copy);
  });

  // Screen readers move the focus without key events.
  root.addEventListener('focusin', ({ target }) => {
    const position = grid.positionOf(target);
    const { focus } = grid.selection;
    if (position && (position.row !== focus.row || position.column !== focus.column)) {
      grid.select(selectionAt(position.row, position.column));
    }
  });

  // The menu is VS Code's own. It asks for the context of the cell only now.
  root.addEventListener(
    'contextmenu',
    ({ target }) => {
      const position = grid.positionOf(target);
      const { checkpoint, project } = position ? layout.at(position) : {};
      if (!position || !checkpoint || !project) {
        root.removeAttribute('data-vscode-context');
        return;
      }
      root.dataset.vscodeContext = JSON.stringify({
        webviewSection: 'matrixCell',
        checkpointKey: checkpoint.key,
        projectKey: project.key,
      });
      if (!contains(grid.selection.range, position.row, position.column))
        grid.select(selectionAt(position.row, position.column));
    },
    { capture: true },
  );

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
      hovered = { position, element };
      element.title = grid.tooltipAt(position);
      showDetail(position);
      askAbout(position);
    },
    out: () => {
      hovered = undefined;
      showDetail(grid.selection.focus);
      askAbout(grid.selection.focus);
    },
  });

  let reportTimer: ReturnType<typeof setTimeout> | undefined;
  let lastReported: string | undefined;

  /** Reports the visible checkpoints to the extension, 100 ms after the last scroll event. */
  function reportVisible(): void {
    clearTimeout(reportTimer);
    reportTimer = setTimeout(() => {
      keepState();
      // Until the first render, report the beginning, which is visible first.
      const isRendered = !root.hidden && grid.visible.rows.end > 0 && grid.visible.columns.end > 0;
      const visible = isRendered ? grid.visible : { rows: beginning, columns: beginning };
      const checkpoints = layout.checkpointsIn(visible);
      if (checkpoints.join() === lastReported) return;
      lastReported = checkpoints.join();
      send({ type: 'visible', checkpoints });
    }, 100);
  }

  function keepState(): void {
    if (model.organization) context.saveState();
  }

  function currentState(): PageState {
    const { checkpoint, project } = layout.at(grid.selection.focus);
    return {
      options,
      // A hidden grid has no scroll position.
      scroll: isShown ? grid.scroll : saved.scroll,
      headings: grid.chosenHeadings,
      ...(checkpoint && { checkpoint: checkpoint.id }),
      ...(project && { project: project.id }),
    };
  }

  // Ages in the labels change without a message.
  setInterval(() => grid.refresh(), 60_000);

  controls.showOptions(options);
  return {
    id: 'matrix',
    element: byId('panel-matrix'),
    show() {
      isShown = true;
      grid.refresh();
      grid.scrollTo(saved.scroll.top, saved.scroll.left);
      reportVisible();
    },
    hide() {
      saved = currentState();
      isShown = false;
    },
    focus: () => grid.focus(),
    receive(update) {
      const message = parsePageUpdate(update);
      if (message) apply(message);
    },
    search(text) {
      if (text !== options.search) changeOptions({ search: text });
    },
    state: currentState,
    restore(state) {
      saved = parseState(state);
      options = saved.options;
      grid.chooseHeadings(saved.headings);
      layout = new MatrixLayout(model, options);
      controls.showOptions(options);
    },
  };
}
