import './changes.css';
import {
  type ActivityMessage,
  type ChangeRow,
  type ChangeStatus,
  type ChangesRequest,
  type ChangesUpdate,
  parseChangesUpdate,
  type SheetFoot,
  type SheetHead,
} from '../../../protocol/changes';
import { metadata } from '../../../text/lists';
import { steadyNow } from '../../../text/steadyClock';
import * as texts from '../../../words/changesTab';
import { inTabs, lastAttemptFailed } from '../../../words/tabs';
import { waitInWords } from '../../../words/waiting';
import { button, element, needsHost, setText } from '../element';
import type { PageTab, TabContext } from '../tab';
import { type RowColumn, RowTable } from '../table/table';
import { changedMarks, listChanges } from './rows';

const { changesTab: words } = texts;

const emptyFoot: SheetFoot = {
  phase: 'open',
  selected: 0,
  notes: [],
  summary: '',
  retry: 0,
  canCheckAgain: false,
  canUndo: false,
};

/** The width, in CSS pixels, below which the table has fewer columns. */
const narrowWidth = 680;

type Plain = Exclude<ChangesRequest['type'], 'select' | 'apply' | 'discard'>;

/** The tab of the staged changes, and of a plan from its question to the outcome of each change. */
export function createChangesTab(context: TabContext): PageTab {
  let sheet = -1;
  let head: SheetHead | undefined;
  let changes: ChangeRow[] = [];
  let cleared: ReadonlySet<number> = new Set();
  let statuses = new Map<number, readonly [status: ChangeStatus, reason: string]>();
  let foot = emptyFoot;
  let activity: ActivityMessage = { title: '', message: '' };
  let activityUntil = 0;
  let staged = 0;
  let search = '';
  let folded = new Set<string>();
  let countdown: ReturnType<typeof setInterval> | undefined;
  /** Where to scroll when the rows are there. */
  let restoredTop = 0;
  /** The keyboard was given to the tab before it had a row. */
  let wantsFocus = false;
  /** The table's own changes of marks are not the person's. */
  let isShowing = false;

  const projectColumn: RowColumn<ChangeRow> = {
    id: 'project',
    title: words.project,
    width: 150,
    grow: 2,
    text: ({ project }) => project,
    tooltip: ({ project, projectId }) => metadata(project, projectId),
  };
  const checkpointColumn: RowColumn<ChangeRow> = {
    id: 'checkpoint',
    title: words.checkpoint,
    width: 150,
    grow: 2,
    text: ({ checkpoint }) => checkpoint,
    tooltip: ({ checkpointId }) => checkpointId,
  };
  const stateColumn: RowColumn<ChangeRow> = {
    id: 'state',
    title: words.state,
    width: 220,
    grow: 4,
    wraps: true,
    text: (row) => stateOf(row, texts.stateInWords),
    label: (row) => stateOf(row, texts.spokenState),
    classes: stateClass,
    tooltip: (row) => stateOf(row, texts.stateInWords),
  };
  const permissionColumn: RowColumn<ChangeRow> = {
    id: 'permission',
    title: words.permission,
    width: 130,
    grow: 1,
    text: permissionOf,
    tooltip: permissionOf,
  };
  /** Where room is short, the headings name the checkpoint, and the line below the table says the rest. */
  const columns = {
    wide: [projectColumn, checkpointColumn, stateColumn, permissionColumn],
    /** Nothing is revoked. */
    wideOfGrants: [projectColumn, checkpointColumn, stateColumn],
    narrow: [
      { ...projectColumn, width: 110 },
      { ...stateColumn, width: 150 },
    ],
  };
  const table = new RowTable<ChangeRow>({
    label: words.table,
    isTree: true,
    select: { row: words.partOfPlan, all: words.allShown, isChecklist: true },
    columns: columns.wide,
    onSelectionChange,
    onToggleGroup(key) {
      if (!folded.delete(key)) folded.add(key);
      showRows();
      context.saveState();
    },
    onScroll: () => context.saveState(),
  });

  const title = element('h2', 'changes-title');
  const notes = element('div', 'changes-notes');
  const detail = element('p', 'changes-detail');
  const below = element('div', 'changes-notes');
  const progress = element('span', 'changes-progress');
  const emptyText = element('p', '');
  const hint = element('p', '');
  const openMatrix = button(words.openMatrix, () => context.showTab('matrix'));
  const empty = element('div', 'empty changes-empty', emptyText, hint, openMatrix);
  const stop = button(inTabs.stop, () => request('stop'));
  const discardSelected = button(words.discardSelected, () => discard(selectedKeys()));
  const discardAll = button(words.discardAll, () => discard(changes.map(({ key }) => key)));
  const cancel = button(words.cancel, () => request('cancel'));
  const close = button(words.close, () => request('close'));
  const retry = button('', () => request('retry'));
  const checkAgain = button(words.checkAgain, () => request('checkAgain'));
  const undo = button(words.undo, () => request('undo'));
  const apply = button('', () => {
    if (context.isAnswering) context.send({ type: 'apply', sheet, changes: selectedKeys().length });
  });
  apply.className = 'primary';
  const buttons = element(
    'span',
    'part chosen changes-buttons',
    stop,
    discardSelected,
    discardAll,
    cancel,
    close,
    undo,
    checkAgain,
    retry,
    apply,
  );
  for (const each of buttons.children) if (each instanceof HTMLElement) needsHost(each, context.isAnswering);
  const top = element('div', 'changes-head', title, notes);
  const bottom = element('div', 'bar foot changes-foot', below, progress, buttons);
  const root = element('div', 'changes', top, table.element, empty, detail, bottom);
  table.element.addEventListener('focusin', showDetail);
  let isNarrow = false;
  let shownColumns: keyof typeof columns = 'wide';
  new ResizeObserver(([entry]) => {
    const { width } = entry?.contentRect ?? { width: 0 };
    if (width === 0 || isNarrow === width < narrowWidth) return;
    isNarrow = !isNarrow;
    showColumns();
  }).observe(root);

  function showColumns(): void {
    const isOfGrants = changes.every(({ action }) => action === 'grant');
    const wanted = isNarrow ? 'narrow' : isOfGrants ? 'wideOfGrants' : 'wide';
    if (wanted === shownColumns) return;
    shownColumns = wanted;
    table.setColumns(columns[wanted]);
  }

  function request(type: Plain): void {
    context.send({ type, sheet });
  }

  function discard(keys: readonly number[]): void {
    context.send({ type: 'discard', sheet, keys });
  }

  function selectedKeys(): number[] {
    return changes.flatMap(({ key }) => (cleared.has(key) ? [] : [key]));
  }

  function receive(value: unknown): void {
    const update = parseChangesUpdate(value);
    if (!update) return;
    // What is hidden loses the keyboard at once.
    const focused = document.activeElement;
    staged = update.staged;
    context.setCount(update.count === 0 ? '' : `${update.count}`);
    if (update.head) begin(update, update.head);
    else if (update.sheet !== sheet) return;
    if (update.rows) changes.push(...update.rows);
    if (update.cleared) cleared = new Set(update.cleared);
    for (const [key, status, reason] of update.statuses ?? []) statuses.set(key, [status, reason]);
    const before = foot.phase;
    if (update.foot) foot = update.foot;
    if (update.activity) showActivity(update.activity);
    if (update.head || update.rows || foot.phase !== before) showRows();
    else {
      showMarks();
      table.refresh();
    }
    showFrame();
    keepFocus(focused);
    if (foot.phase === 'over' && before !== 'over') context.announce(foot.summary);
  }

  /** Keeps the keyboard in the tab when what it was on has gone. */
  function keepFocus(focused: Element | null): void {
    if (!focused || !root.contains(focused) || focused.getClientRects().length > 0) return;
    if (openMatrix.getClientRects().length > 0) openMatrix.focus();
    else table.focus();
  }

  function begin(update: ChangesUpdate, next: SheetHead): void {
    const isFirst = head === undefined;
    const isOther = next.kind !== head?.kind || next.title !== head.title;
    sheet = update.sheet;
    head = next;
    changes = [];
    cleared = new Set();
    statuses = new Map();
    foot = emptyFoot;
    if (isOther && !isFirst) restoredTop = 0;
    if (isOther && next.kind === 'proposal') context.announce(texts.planShown(next.title, next.rows));
  }

  /** Shows the rows by search and folding. What is out of sight keeps its mark. */
  function showRows(): void {
    const isOpen = foot.phase === 'open';
    const listed = listChanges(changes, search, folded, (change) => isOpen && !change.isImpossible);
    showColumns();
    isShowing = true;
    table.show(listed.rows);
    isShowing = false;
    showMarks();
    const isEmpty = listed.rows.length === 0;
    table.element.hidden = isEmpty;
    empty.hidden = !isEmpty;
    setText(emptyText, changes.length === 0 ? words.empty : words.noMatch);
    hint.hidden = openMatrix.hidden = changes.length > 0;
    setText(hint, words.howToStage);
    showNotes(notes, [
      ...(head?.notes ?? []),
      head?.kind === 'proposal' ? texts.stagedBesides(staged) : '',
      texts.hiddenChanges(listed.hidden),
    ]);
    detail.hidden = isEmpty;
    if (isEmpty) return;
    if (restoredTop > 0 && head && changes.length === head.rows) {
      table.scrollTop = restoredTop;
      restoredTop = 0;
    }
    if (wantsFocus) {
      wantsFocus = false;
      if (document.hasFocus()) table.focus();
    }
    showDetail();
  }

  /** Marks the selected changes. */
  function showMarks(): void {
    isShowing = true;
    const marked = table.rows.flatMap((row) =>
      row.kind === 'item' && !cleared.has(row.row.key) ? [row.key] : [],
    );
    table.setSelected(marked);
    isShowing = false;
  }

  function onSelectionChange(): void {
    if (isShowing) return;
    if (!context.isAnswering) {
      showMarks();
      return;
    }
    const changed = changedMarks(table.rows, table.selected, cleared);
    const now = new Set(cleared);
    for (const isSelected of [true, false]) {
      const keys = isSelected ? changed.selected : changed.cleared;
      if (keys.length === 0) continue;
      for (const key of keys) {
        if (isSelected) now.delete(key);
        else now.add(key);
      }
      context.send({ type: 'select', sheet, keys, isSelected });
    }
    cleared = now;
    showFrame();
  }

  /** Shows all but the rows. */
  function showFrame(): void {
    const { phase } = foot;
    const isProposal = head?.kind === 'proposal';
    const isOpen = phase === 'open';
    root.classList.toggle('decided', !isOpen);
    const selected = selectedKeys().length;
    const isEmpty = changes.length === 0;
    setText(title, isProposal ? (head?.title ?? '') : words.stagedTitle);
    title.hidden = isEmpty && !isProposal;
    const what = isOpen && !isEmpty ? texts.selectedOf(selected, changes.length) : '';
    showNotes(below, [what, ...foot.notes, foot.summary]);
    const show = (target: HTMLElement, isShown: boolean): void => {
      target.hidden = !isShown;
    };
    show(bottom, !isEmpty || activity.title !== '');
    show(stop, activity.title !== '');
    show(discardSelected, !isProposal && isOpen);
    show(discardAll, !isProposal && isOpen);
    show(cancel, isProposal && (isOpen || phase === 'checking'));
    show(close, isProposal && phase === 'over');
    show(undo, phase === 'over' && foot.canUndo);
    show(checkAgain, phase === 'over' && foot.canCheckAgain);
    show(retry, phase === 'over' && foot.retry > 0);
    show(apply, isOpen);
    setText(retry, texts.retryChanges(foot.retry));
    setText(apply, texts.applyChanges(selected));
    apply.disabled = discardSelected.disabled = selected === 0;
  }

  function showActivity(next: ActivityMessage): void {
    if (next.title !== activity.title && next.title !== '') context.announce(next.title);
    activity = next;
    clearInterval(countdown);
    const { wait } = next;
    activityUntil = steadyNow() + (wait?.left ?? 0);
    tellActivity();
    if (wait) countdown = setInterval(tellActivity, 1000);
  }

  function tellActivity(): void {
    const { title: what, message, wait } = activity;
    const now = steadyNow();
    const waiting = wait && now < activityUntil ? waitingInWords(wait, activityUntil, now) : message;
    setText(progress, waiting === '' ? what : `${what}: ${waiting}`);
    progress.hidden = what === '';
  }

  /** The state of a change, or what is to be said of it before it is sent. */
  function stateOf(row: ChangeRow, inWords: typeof texts.stateInWords): string {
    const { action, obstacle, isImpossible, note, reason, failure, key } = row;
    if (isImpossible) return texts.impossible(obstacle ?? '');
    const known = statuses.get(key);
    const isDecided = foot.phase === 'applying' || foot.phase === 'over';
    if (!known && isDecided) return words.notSelected;
    const said = metadata(
      reason,
      note && texts.noteInWords(action, note),
      obstacle && texts.checkFirst(obstacle),
      failure && lastAttemptFailed(failure),
    );
    if (!known) return said;
    const state = inWords(...known);
    return foot.phase === 'over' ? state : metadata(state, said);
  }

  function stateClass({ key, isImpossible, obstacle }: ChangeRow): string {
    const [status] = statuses.get(key) ?? [];
    if (isImpossible) return 'state-impossible';
    if (status) return `state-${status}`;
    return obstacle === undefined ? '' : 'state-warning';
  }

  function permissionOf({ permission, grantedAt }: ChangeRow): string {
    return permission === undefined ? '' : texts.permissionGranted(permission, grantedAt);
  }

  /** Shows the whole of the focused row, which its cells may cut. */
  function showDetail(): void {
    const row = table.focusedRow;
    if (!row) {
      setText(detail, '');
      return;
    }
    const { project, projectId, checkpoint, checkpointId } = row;
    const names = [project, projectId, checkpoint, checkpointId].filter(
      (text, at, all) => all.indexOf(text) === at,
    );
    setText(detail, metadata(...names, permissionOf(row), stateOf(row, texts.stateInWords)));
  }

  showRows();
  showFrame();
  return {
    id: 'changes',
    element: root,
    show: () => table.refresh(),
    hide: () => undefined,
    focus() {
      if (changes.length > 0) table.focus();
      else wantsFocus = true;
      if (changes.length === 0 && !openMatrix.hidden) openMatrix.focus();
    },
    receive,
    search(text) {
      if (text === search) return;
      search = text;
      showRows();
      showFrame();
    },
    state: () => ({ folded: [...folded], top: table.scrollTop }),
    restore(state) {
      const { folded: keys, top: scroll } = (state ?? {}) as { folded?: unknown; top?: unknown };
      if (Array.isArray(keys)) folded = new Set(keys.filter((key) => typeof key === 'string'));
      if (typeof scroll === 'number' && scroll > 0) restoredTop = scroll;
    },
  };
}

/** A wait that ends at `until`, by the clock of the page. */
function waitingInWords(
  { reason, asked }: NonNullable<ActivityMessage['wait']>,
  until: number,
  now: number,
): string {
  if (reason === 'list') return waitInWords({ reason, until }, now);
  return waitInWords({ reason, until, ...(asked !== undefined && { asked }) }, now);
}

/** Shows paragraphs, some of which may be empty. Lines of a paragraph stay lines. */
function showNotes(target: HTMLElement, texts: readonly string[]): void {
  const shown = texts.filter((text) => text !== '');
  if (shown.join('\n\n') === target.dataset.shown) return;
  target.dataset.shown = shown.join('\n\n');
  target.hidden = shown.length === 0;
  target.replaceChildren(
    ...shown.map((text) => {
      const paragraph = element('p', '');
      paragraph.textContent = text;
      return paragraph;
    }),
  );
}
