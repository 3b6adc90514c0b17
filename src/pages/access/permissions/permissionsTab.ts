import './permissions.css';
import { findingKinds } from '../../../access/evidence/review/finding';
import {
  type PermissionsRequest,
  type PermissionsUpdate,
  parsePermissionsUpdate,
} from '../../../protocol/permissions';
import { sentences } from '../../../text/lists';
import { names } from '../../../text/order';
import { steadyNow } from '../../../text/steadyClock';
import { refusalsInWords } from '../../../words/matrix';
import {
  anyFinding,
  type CopiedKind,
  copiedInWords,
  facetNames,
  filtersInWords,
  findingInShort,
  listsNote,
  loadLog,
  loadUsage,
  logNote,
  notLoadedHeading,
  type PermissionColumn,
  permissionColumns,
  permissionCount,
  permissionsShown,
  removeFilter,
  searchInWords,
  selectedRows,
  sortedInWords,
  stagedRows,
  unselectedHidden,
  usageNote,
  permissionsTab as words,
} from '../../../words/permissionsTab';
import { type CopiedTable, copiedLines, copiedTable } from '../copyTable';
import { element } from '../element';
import type { PageTab, TabContext } from '../tab';
import { type Column, Table } from '../table/table';
import { allColumns, cellOfColumn, granterGap, lineOf, recordsOf, tooltipOfColumn } from './cells';
import { drawLine } from './drawLine';
import { PageEvidence } from './evidence';
import { type Facet, facetText, grantedFacet, matcherOf, modelOfCheckpoint, withFacet } from './facets';
import { type PermissionRow, PermissionRows } from './rows';
import { sorted } from './sort';
import { type PermissionsState, parsePermissionsState } from './state';

/** The least widths of the columns, in CSS pixels, and their shares of the room that is left. */
const widths: Readonly<Record<PermissionColumn, readonly [width: number, grow: number]>> = {
  project: [150, 3],
  checkpoint: [150, 3],
  granted: [130, 0],
  by: [150, 2],
  lastUsed: [170, 0],
  shutsDown: [120, 0],
  findings: [150, 2],
  state: [150, 2],
  id: [190, 1],
};

export function createPermissionsTab(context: TabContext): PageTab {
  return new PermissionsTab(context);
}

/** The Permissions tab: every loaded permission is a row. */
class PermissionsTab implements PageTab {
  readonly id = 'permissions';
  readonly element = element('div', 'permissions');
  readonly #evidence = new PageEvidence();
  readonly #rows: PermissionRows;
  readonly #table: Table<PermissionRow>;
  /** All rows in the order of the table. */
  #ordered: readonly PermissionRow[] = [];
  #shown: readonly PermissionRow[] = [];
  #byKey: ReadonlyMap<string, PermissionRow> = new Map();
  #state: PermissionsState = parsePermissionsState(undefined);
  #search = '';
  #isShown = false;
  #isOrderDue = true;
  #frame: number | undefined;
  #scrollTo = 0;
  #headings = '';
  #selectedBefore = 0;
  /** What the next copy event puts on the clipboard. */
  #copying: CopiedKind = 'rows';

  readonly #status = element('span', 'status');
  readonly #chips = element('span', 'chips');
  readonly #form = element('form', 'filter-form');
  readonly #lists = element('p', 'note');
  readonly #log = new Source();
  readonly #usage = new Source();
  readonly #said = element('div', 'said');
  readonly #saidText = element('span', 'said-text');
  readonly #saidReview: HTMLButtonElement;
  readonly #empty = element('p', 'empty');
  readonly #stage: HTMLButtonElement;
  readonly #export: HTMLButtonElement;
  readonly #details: HTMLButtonElement;
  readonly #addFilter: HTMLButtonElement;
  readonly #clearFilters: HTMLButtonElement;
  readonly #columnBoxes = new Map<PermissionColumn, HTMLInputElement>();

  constructor(private readonly context: TabContext) {
    const { model } = context;
    this.#rows = new PermissionRows(model, this.#evidence);
    this.#table = new Table<PermissionRow>({
      label: words.table,
      columns: this.#columns(),
      select: { row: words.selectRow, all: words.selectAll },
      onSort: (column) => this.#sortBy(column as PermissionColumn),
      onSelectionChange: () => this.#onSelectionChange(),
      onActivate: (row) => this.#showDetails(row),
      onScroll: () => context.saveState(),
      contextOf: ({ key }) => ({ webviewSection: 'permission', key }),
    });
    const needsHost = (button: HTMLButtonElement): HTMLButtonElement => {
      button.dataset.needsHost = '';
      button.inert = !context.isAnswering;
      return button;
    };
    this.#stage = needsHost(textButton(words.stage, () => this.#stageSelected()));
    this.#export = needsHost(textButton(words.exportShown, () => this.#exportShown()));
    this.#details = needsHost(textButton(words.details, () => this.#showDetails(this.#table.focusedRow)));
    this.#addFilter = textButton(words.addFilter, () => this.#openForm());
    this.#clearFilters = textButton(words.clearFilters, () => this.#setFacets([]));
    this.#saidReview = textButton(words.review, () => context.showTab('changes'));
    const actions = group(
      words.actions,
      this.#status,
      this.#stage,
      ...menu('copy', words.copy, this.#copyButtons()),
      this.#export,
      this.#details,
      ...menu('columns', words.columns, this.#columnChoices()),
    );
    this.#status.setAttribute('role', 'status');
    const filters = group(words.filters, this.#chips, this.#addFilter, this.#clearFilters);
    this.#saidText.setAttribute('role', 'alert');
    this.#said.append(this.#saidText, this.#saidReview);
    this.#form.hidden = this.#said.hidden = this.#empty.hidden = this.#lists.hidden = true;
    this.element.append(
      actions,
      filters,
      this.#form,
      this.#lists,
      this.#log.element,
      this.#usage.element,
      this.#said,
      this.#table.element,
      this.#empty,
    );
    this.element.addEventListener('copy', (event) => this.#onCopy(event));
    context.onModelChange(() => {
      this.#showCount();
      this.#due();
    });
    // Ages in the rows change without a message.
    setInterval(() => this.#isShown && this.#table.refresh(), 60_000);
    this.#showFacets();
    this.#showActions();
  }

  show(): void {
    this.#isShown = true;
    this.#due();
  }

  hide(): void {
    this.#isShown = false;
  }

  focus(): void {
    this.#draw();
    this.#table.focus();
  }

  receive(message: unknown): void {
    const update = parsePermissionsUpdate(message);
    if (!update) return;
    this.#evidence.apply(update);
    if (update.evidence) this.#isOrderDue = true;
    if (update.outcome) this.#showOutcome(update.outcome);
    this.#due();
  }

  search(text: string): void {
    if (text === this.#search) return;
    this.#search = text;
    if (this.#isShown) this.#filter();
  }

  state(): PermissionsState {
    return { ...this.#state, scrollTop: this.#isShown ? this.#table.scrollTop : this.#state.scrollTop };
  }

  restore(saved: unknown): void {
    this.#state = parsePermissionsState(saved);
    this.#scrollTo = this.#state.scrollTop;
    this.#isOrderDue = true;
    for (const [column, box] of this.#columnBoxes) box.checked = !this.#state.hidden.includes(column);
    this.#showFacets();
    this.#due();
  }

  /** Draws in the next frame, however often it is called. */
  #due(): void {
    if (!this.#isShown) return;
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  /** Takes over what changed, and draws it. */
  #draw(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    if (this.#rows.update() || this.#isOrderDue) this.#order();
    this.#filter();
    this.#showNotes();
    if (this.#scrollTo > 0 && this.#shown.length > 0) {
      this.#table.scrollTop = this.#scrollTo;
      this.#scrollTo = 0;
    }
  }

  #order(): void {
    this.#isOrderDue = false;
    this.#ordered = sorted(this.#rows, this.#rows.all, this.#state.order);
  }

  #filter(): void {
    const matches = matcherOf(this.#state.facets, this.#search, this.#rows);
    this.#shown = this.#ordered.filter(matches);
    this.#byKey = new Map();
    const before = this.#selectedBefore;
    this.#table.show(
      this.#shown.map((row) => ({ kind: 'item', key: row.key, row })),
      this.#state.order,
    );
    const lost = before - this.#table.selected.size;
    if (lost > 0) this.#say(unselectedHidden(lost));
    this.#showStatus();
    this.#showEmpty();
  }

  #showStatus(): void {
    const { isWhole } = this.#rows;
    setText(
      this.#status,
      [
        permissionsShown(this.#shown.length, this.#rows.all.length, isWhole),
        selectedRows(this.#table.selected.size),
      ]
        .filter(Boolean)
        .join(' · '),
    );
  }

  #showEmpty(): void {
    const isEmpty = this.#shown.length === 0;
    this.#table.element.hidden = isEmpty;
    this.#empty.hidden = !isEmpty;
    const { checkpoints } = this.context.model;
    const nothing = checkpoints.length === 0 ? words.noCheckpoints : words.noPermissions;
    if (isEmpty) setText(this.#empty, this.#rows.all.length > 0 ? words.noMatch : nothing);
    this.#showActions();
  }

  #showCount(): void {
    const { model } = this.context;
    let count = 0;
    for (const { key } of model.checkpoints) count += model.row(key).standing.count;
    this.context.setCount(permissionCount(count, this.#rows.isWhole));
  }

  #showActions(): void {
    const none = this.#shown.length === 0;
    this.#stage.disabled = this.#table.selected.size === 0;
    this.#export.disabled = this.#details.disabled = none;
  }

  #onSelectionChange(): void {
    this.#selectedBefore = this.#table.selected.size;
    this.#showStatus();
    this.#showActions();
  }

  #sortBy(column: PermissionColumn): void {
    const { order } = this.#state;
    const descending = order.column === column && !order.descending;
    this.#state = { ...this.#state, order: { column, descending } };
    this.#order();
    this.#filter();
    this.context.announce(sortedInWords(column, descending));
    this.context.saveState();
  }

  // Columns.

  #columns(): Column<PermissionRow>[] {
    const { log } = this.#evidence;
    const isMissing: Partial<Record<PermissionColumn, boolean>> = {
      by: log.state === 'unread',
      lastUsed: !this.#evidence.isUsageLoaded,
    };
    return this.#shownColumns.map((id) => {
      const [width, grow] = widths[id];
      const title = permissionColumns[id];
      const column: Column<PermissionRow> = {
        id,
        title: isMissing[id] ? notLoadedHeading(title) : title,
        width,
        grow,
        isSortable: true,
        text: (row) => cellOfColumn(this.#rows, row, id, this.context.model.now()),
        tooltip: (row) => tooltipOfColumn(this.#rows, row, id, this.context.model.now()),
        classes: (row) => this.#classesOf(row, id),
      };
      return id === 'lastUsed'
        ? { ...column, render: (row, cell) => drawLine(cell, column.text(row), lineOf(this.#rows, row)) }
        : column;
    });
  }

  get #shownColumns(): PermissionColumn[] {
    return allColumns.filter((column) => !this.#state.hidden.includes(column));
  }

  #classesOf({ checkpoint, project, ...row }: PermissionRow, column: PermissionColumn): string {
    const isQuiet =
      (column === 'by' && granterGap(this.#rows, { checkpoint, project, ...row }) !== undefined) ||
      (column === 'lastUsed' && !this.#evidence.useOf(checkpoint, project));
    const isStaged = this.context.model.staged(checkpoint, project) === 'revoke';
    return [isQuiet ? 'quiet' : '', isStaged ? 'staged' : ''].filter(Boolean).join(' ');
  }

  #columnChoices(): HTMLElement[] {
    return allColumns
      .filter((column) => column !== 'project')
      .map((column) => {
        const box = element('input', '');
        box.type = 'checkbox';
        box.checked = true;
        box.addEventListener('change', () => this.#showColumn(column, box.checked));
        this.#columnBoxes.set(column, box);
        const label = element('label', 'choice', box);
        label.append(permissionColumns[column]);
        return label;
      });
  }

  #showColumn(column: PermissionColumn, isShown: boolean): void {
    const others = this.#state.hidden.filter((each) => each !== column);
    this.#state = { ...this.#state, hidden: isShown ? others : [...others, column] };
    this.#table.setColumns(this.#columns());
    this.context.saveState();
  }

  // Filters.

  #setFacets(facets: readonly Facet[]): void {
    this.#state = { ...this.#state, facets };
    this.#showFacets();
    this.#filter();
    this.context.saveState();
  }

  #nameOf = (by: 'project' | 'checkpoint', id: string): string | undefined => {
    const { model } = this.context;
    const headings: readonly { readonly id: string; readonly name: string }[] =
      by === 'project' ? model.projects : model.checkpoints;
    return headings.find((each) => each.id === id)?.name;
  };

  #showFacets(): void {
    const { facets } = this.#state;
    const chips = facets.map((facet, at) => {
      const text = facetText(facet, this.#nameOf);
      const close = element('span', 'close');
      close.textContent = '✕';
      close.setAttribute('aria-hidden', 'true');
      const chip = textButton(text, () => {
        this.#setFacets(facets.filter((_, index) => index !== at));
        const next = this.#chips.children[Math.min(at, this.#chips.children.length - 1)];
        (next instanceof HTMLElement ? next : this.#addFilter).focus();
      });
      chip.className = 'chip';
      chip.append(close);
      chip.setAttribute('aria-label', removeFilter(text));
      return chip;
    });
    this.#chips.replaceChildren(...chips);
    this.#clearFilters.hidden = facets.length === 0;
  }

  /** Opens the form that adds a filter. */
  #openForm(): void {
    const kinds = Object.entries(facetNames).map(([value, text]) => optionOf(value, text));
    const kind = element('select', '');
    kind.append(...kinds);
    kind.setAttribute('aria-label', words.filterBy);
    const value = element('span', 'filter-value');
    const showValue = (): void =>
      value.replaceChildren(...this.#valueFields(kind.value as keyof typeof facetNames));
    kind.addEventListener('change', showValue);
    showValue();
    const add = element('button', 'primary');
    add.type = 'submit';
    add.textContent = words.add;
    const close = (): void => {
      this.#form.hidden = true;
      this.#addFilter.focus();
    };
    this.#form.replaceChildren(kind, value, add, textButton(words.cancel, close));
    this.#form.setAttribute('aria-label', words.addFilter);
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      const fields = [...value.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
      const [added] = facetOf(
        kind.value as keyof typeof facetNames,
        fields.map((field) => field.value),
      );
      if (!added) {
        fields[0]?.focus();
        return;
      }
      this.#setFacets(withFacet(this.#state.facets, added));
      close();
    };
    this.#form.onkeydown = (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    this.#form.hidden = false;
    kind.focus();
  }

  #valueFields(kind: keyof typeof facetNames): HTMLElement[] {
    if (kind === 'granted') {
      return [words.grantedFrom, words.grantedTo].map((label) => {
        const field = element('input', '');
        field.type = 'date';
        const labeled = element('label', 'choice');
        labeled.append(label, field);
        labeled.title = words.grantedFromTo;
        return labeled;
      });
    }
    const field = element('select', '');
    field.setAttribute('aria-label', words.filterValue);
    field.append(...this.#valuesOf(kind).map(([value, text]) => optionOf(value, text)));
    return [field];
  }

  /** The values of a filter that rows have, by name. */
  #valuesOf(kind: Exclude<keyof typeof facetNames, 'granted'>): (readonly [value: string, text: string])[] {
    if (kind === 'finding')
      return [
        ...Object.entries(anyFinding),
        ...findingKinds.map((each) => [each, findingInShort[each]] as const),
      ];
    const { all } = this.#rows;
    const found = new Map<string, string>();
    if (kind === 'project')
      for (const key of new Set(all.map(({ project }) => project))) {
        const { id, name } = this.#rows.project(key);
        found.set(id, name);
      }
    else
      for (const key of new Set(all.map(({ checkpoint }) => checkpoint))) {
        const { id, name } = this.#rows.checkpoint(key);
        const model = modelOfCheckpoint(id);
        if (kind === 'model') found.set(model.id, model.name);
        else found.set(id, name);
      }
    return [...found].sort(([, one], [, other]) => names.compare(one, other));
  }

  /** The filters and the search, in words. Empty for none. */
  #filterText(): string {
    const texts = this.#state.facets.map((facet) => facetText(facet, this.#nameOf));
    const search = this.#search.trim();
    return filtersInWords(search === '' ? texts : [...texts, searchInWords(search)]);
  }

  // Actions.

  #send(request: PermissionsRequest): void {
    this.context.send(request);
  }

  #rowOf(key: string): PermissionRow | undefined {
    if (this.#byKey.size === 0) this.#byKey = new Map(this.#shown.map((row) => [row.key, row]));
    return this.#byKey.get(key);
  }

  /** The selected rows, in the order of the table. */
  #selectedRows(): PermissionRow[] {
    const { selected } = this.#table;
    return this.#shown.filter(({ key }) => selected.has(key));
  }

  #stageSelected(): void {
    const cells = new Map<string, readonly [number, number]>();
    for (const { checkpoint, project } of this.#selectedRows())
      cells.set(`${checkpoint} ${project}`, [checkpoint, project]);
    if (cells.size > 0) this.#send({ type: 'stage', cells: [...cells.values()] });
  }

  #showOutcome({ staged, refused }: NonNullable<PermissionsUpdate['outcome']>): void {
    const { model } = this.context;
    const selected = this.#selectedRows();
    const places = new Set(selected.map(({ checkpoint, project }) => `${checkpoint} ${project}`));
    const ofSame = this.#rows.all.filter(({ checkpoint, project }) => places.has(`${checkpoint} ${project}`));
    const refusals = refusalsInWords(refused, ({ checkpoint, project }) => ({
      checkpoint: model.checkpoints.find(({ key }) => key === checkpoint)?.name ?? '',
      project: model.projects.find(({ key }) => key === project)?.name ?? '',
    }));
    const also = refused.length === 0 ? ofSame.length - selected.length : 0;
    this.#say(sentences(refusals, stagedRows(staged, also)));
    this.#saidReview.hidden = staged === 0;
  }

  #say(text: string): void {
    this.#said.hidden = text === '';
    this.#saidReview.hidden = true;
    setText(this.#saidText, text);
  }

  #exportShown(): void {
    this.#send({
      type: 'export',
      permissions: this.#shown.map(({ checkpoint, id }) => [checkpoint, id]),
      filter: this.#filterText(),
    });
  }

  #showDetails(row: PermissionRow | undefined): void {
    if (row) this.#send({ type: 'details', permission: [row.checkpoint, row.id] });
  }

  // The clipboard.

  #copyButtons(): HTMLElement[] {
    const texts: readonly (readonly [CopiedKind, string])[] = [
      ['rows', words.copyRows],
      ['permissions', words.copyPermissionIds],
      ['projects', words.copyProjectIds],
      ['checkpoints', words.copyCheckpointIds],
    ];
    return texts.map(([kind, text]) =>
      textButton(text, ({ currentTarget }) => {
        if (currentTarget instanceof HTMLElement)
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        this.#copying = kind;
        this.#table.focus();
        // The page fills the clipboard in the event that this causes.
        document.execCommand('copy');
        this.#copying = 'rows';
      }),
    );
  }

  #onCopy(event: ClipboardEvent): void {
    const { target, clipboardData } = event;
    if (target instanceof HTMLInputElement || !clipboardData) return;
    const focused = this.#rowOf(this.#table.focusedKey ?? '');
    const selected = this.#selectedRows();
    const rows = selected.length > 0 ? selected : focused ? [focused] : [];
    if (rows.length === 0) return;
    const { copied, count } = this.#copied(rows);
    clipboardData.setData('text/plain', copied.text);
    clipboardData.setData('text/html', copied.html);
    event.preventDefault();
    this.context.announce(copiedInWords(this.#copying, count));
  }

  #copied(rows: readonly PermissionRow[]): { readonly copied: CopiedTable; readonly count: number } {
    const now = this.context.model.now();
    if (this.#copying === 'rows')
      return {
        copied: copiedTable(recordsOf(this.#rows, rows, this.#shownColumns, now)),
        count: rows.length,
      };
    const idOf: Readonly<Record<Exclude<CopiedKind, 'rows'>, (row: PermissionRow) => string>> = {
      permissions: ({ id }) => id,
      projects: ({ project }) => this.#rows.projectId(project),
      checkpoints: ({ checkpoint }) => this.#rows.checkpointId(checkpoint),
    };
    const ids = [...new Set(rows.map(idOf[this.#copying]))];
    return { copied: copiedLines(ids), count: ids.length };
  }

  // What is not loaded.

  #showNotes(): void {
    const now = this.context.model.now();
    const lists = listsNote(this.#rows.doubts(now));
    this.#lists.hidden = lists === '';
    setText(this.#lists, lists);
    this.#showLog();
    this.#showUsage(now);
    const { log, isUsageLoaded } = this.#evidence;
    const headings = `${log.state === 'unread'} ${isUsageLoaded} ${this.#state.hidden.join()}`;
    if (headings !== this.#headings) this.#table.setColumns(this.#columns());
    this.#headings = headings;
  }

  #showLog(): void {
    const { log } = this.#evidence;
    const { state, failure, isLoadingAll } = log;
    const gaps = { older: 0, newer: 0, notLogged: 0 };
    for (const row of this.#rows.all) {
      const gap = granterGap(this.#rows, row);
      if (gap === 'older' || gap === 'newer' || gap === 'notLogged') gaps[gap] += 1;
    }
    const isLoading = log.isLoading || isLoadingAll;
    const facts = { ...log, isLoading, notLoaded: gaps.older + gaps.newer, notLogged: gaps.notLogged };
    const isHidden = this.#state.hidden.includes('by');
    const act = (type: 'loadLog' | 'loadOlderLog' | 'loadWholeLog' | 'stopLog') => () => this.#send({ type });
    const canGoOn = !isLoading && failure === undefined;
    this.#log.show(
      isHidden ? '' : (clock) => logNote(facts, clock),
      log.wait !== undefined,
      [
        [words.stop, isLoading, act('stopLog')],
        [loadLog.first, canGoOn && state === 'unread', act('loadLog')],
        [loadLog.again, !isLoading && (failure !== undefined || gaps.newer > 0), act('loadLog')],
        [loadLog.older, canGoOn && state === 'more' && gaps.older > 0, act('loadOlderLog')],
        [loadLog.whole, canGoOn && state === 'more' && gaps.older > 0, act('loadWholeLog')],
      ],
      this.context.isAnswering,
    );
  }

  #showUsage(now: number): void {
    const { usage, isUsageLoaded } = this.#evidence;
    const { progress, requests, canStop } = usage;
    const isHidden = this.#state.hidden.includes('lastUsed');
    this.#usage.show(
      isHidden ? '' : (clock) => usageNote(usage, now, clock),
      usage.wait !== undefined,
      [
        [words.stop, progress !== undefined && canStop, () => this.#send({ type: 'stopUsage' })],
        [
          loadUsage(requests, isUsageLoaded),
          progress === undefined && requests > 0,
          () => this.#send({ type: 'loadUsage' }),
        ],
      ],
      this.context.isAnswering,
    );
  }
}

/** A line about data that is loaded on request, with its buttons. */
class Source {
  readonly element = element('div', 'note source');
  readonly #text = element('span', '');
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.element.append(this.#text);
  }

  /** Shows a text, once a second while it counts down, and those buttons that are offered. */
  show(
    text: '' | ((clock: number) => string),
    isCountingDown: boolean,
    buttons: readonly (readonly [label: string, isOffered: boolean, act: () => void])[],
    isAnswering: boolean,
  ): void {
    clearInterval(this.#timer);
    const draw = (): void => setText(this.#text, text === '' ? '' : text(steadyNow()));
    draw();
    if (isCountingDown) this.#timer = setInterval(draw, 1000);
    this.element.hidden = this.#text.textContent === '';
    const offered = buttons.filter(([, isOffered]) => isOffered);
    const existing = [...this.element.querySelectorAll('button')];
    const had = existing.findIndex((button) => button === document.activeElement);
    for (const [at, [label, , act]] of offered.entries()) {
      const button = existing[at] ?? this.element.appendChild(element('button', ''));
      button.type = 'button';
      button.dataset.needsHost = '';
      button.inert = !isAnswering;
      setText(button, label);
      button.onclick = act;
    }
    for (const button of existing.slice(offered.length)) button.remove();
    // A button that is gone must not take the keyboard with it.
    if (had >= offered.length) this.element.querySelector('button')?.focus();
  }
}

/** The filter of the fields of the form; none if they have no value. */
function facetOf(kind: keyof typeof facetNames, values: readonly string[]): Facet[] {
  const [value = '', end] = values;
  if (kind === 'granted') return grantedFacet(value, end);
  if (value === '') return [];
  if (kind !== 'finding') return [{ by: kind, id: value }];
  const found = [...findingKinds, 'any' as const, 'none' as const].find((each) => each === value);
  return found ? [{ by: 'finding', kind: found }] : [];
}

function optionOf(value: string, text: string): HTMLOptionElement {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
}

function textButton(text: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  const button = element('button', '');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', act);
  return button;
}

function group(label: string, ...children: readonly HTMLElement[]): HTMLElement {
  const made = element('div', 'bar', ...children);
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', label);
  return made;
}

/** A button that opens a popover with choices. */
function menu(id: string, text: string, choices: readonly HTMLElement[]): HTMLElement[] {
  const popover = element('div', 'choices', ...choices);
  popover.id = `permissions-${id}`;
  popover.popover = 'auto';
  popover.setAttribute('role', 'group');
  popover.setAttribute('aria-label', text);
  const button = element('button', 'opens');
  button.type = 'button';
  button.textContent = text;
  button.setAttribute('popovertarget', popover.id);
  const { style } = button;
  style.setProperty('anchor-name', `--${popover.id}`);
  popover.style.setProperty('position-anchor', `--${popover.id}`);
  return [button, popover];
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
