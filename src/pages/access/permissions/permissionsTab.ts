import './permissions.css';
import {
  type PermissionsRequest,
  type PermissionsUpdate,
  parsePermissionsUpdate,
} from '../../../protocol/permissions';
import { requestsForPolicies } from '../../../protocol/policies';
import { type RowMenu, rowsOfMenu } from '../../../protocol/rowMenu';
import { sentences } from '../../../text/lists';
import { loadPolicies } from '../../../words/effect';
import { refusalsInWords } from '../../../words/matrix';
import {
  type CopiedKind,
  copiedInWords,
  filtersInWords,
  listsNote,
  loadMoreLog,
  logNote,
  notLoadedHeading,
  type PermissionColumn,
  permissionColumns,
  permissionCount,
  permissionsShown,
  policiesLine,
  removeFilter,
  searchInWords,
  sortedInWords,
  stagedRows,
  unselectedHidden,
  usageNote,
  permissionsTab as words,
} from '../../../words/permissionsTab';
import { inTabs, loadLog, loadUsage, selectedRows } from '../../../words/tabs';
import { copyToClipboard, isCopyOfText } from '../clipboard';
import { type CopiedTable, copiedLines, copiedTable } from '../copyTable';
import { button, element, group, needsHost, setText } from '../element';
import type { PageTab, TabContext } from '../tab';
import { type RowColumn, RowTable } from '../table/table';
import { allColumns, cellOfColumn, granterGap, lineOf, recordsOf, tooltipOfColumn } from './cells';
import { drawLine } from './drawLine';
import { PageEvidence } from './evidence';
import { type Facet, facetText, matcherOf, withFacet } from './facets';
import { FilterForm } from './filterForm';
import { menu } from './parts';
import { type PermissionRow, PermissionRows } from './rows';
import { sorted } from './sort';
import { SourceLine } from './sourceLine';
import { type PermissionsState, parsePermissionsState } from './state';

/** The least widths of the columns, in CSS pixels, and their shares of the room that is left. */
const widths: Readonly<Record<PermissionColumn, readonly [width: number, grow: number]>> = {
  project: [150, 3],
  checkpoint: [150, 3],
  granted: [130, 0],
  by: [150, 2],
  lastUsed: [190, 0],
  shutsDown: [120, 0],
  effective: [130, 1],
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
  readonly #table: RowTable<PermissionRow>;
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
  #chipTexts = '';
  #selectedBefore = 0;
  /** What the copy event puts on the clipboard that a button of the tab causes. */
  #copying: CopiedKind | undefined;

  readonly #status = element('span', 'status');
  readonly #chips = element('span', 'chips');
  readonly #form: FilterForm;
  readonly #lists = element('p', 'note');
  readonly #log = new SourceLine();
  readonly #usage = new SourceLine();
  readonly #policies = new SourceLine();
  readonly #said = element('div', 'outcome');
  readonly #saidText = element('span', '');
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
    this.#form = new FilterForm(
      this.#rows,
      (facet) => this.#setFacets(withFacet(this.#state.facets, facet)),
      () => this.#addFilter.focus(),
    );
    this.#table = new RowTable<PermissionRow>({
      label: words.table,
      columns: this.#columns(),
      select: { row: words.selectRow, all: words.selectAll },
      onSort: (column) => this.#sortBy(column as PermissionColumn),
      onSelectionChange: () => this.#onSelectionChange(),
      onActivate: (row) => this.#showDetails(row),
      onScroll: () => context.saveState(),
      contextOf: ({ key, checkpoint, project }) => ({
        webviewSection: 'permissionRow',
        rowKey: key,
        checkpointKey: checkpoint,
        projectKey: project,
      }),
    });
    const hostButton = (text: string, act: () => void) => needsHost(button(text, act), context.isAnswering);
    this.#stage = hostButton(inTabs.stageToRevoke, () => this.#stageRows(this.#selectedRows()));
    this.#export = hostButton(inTabs.exportShown, () => this.#exportShown());
    this.#details = hostButton(words.details, () => this.#showDetails(this.#table.focusedRow));
    this.#addFilter = button(words.addFilter, () => this.#form.open());
    this.#clearFilters = button(inTabs.clearFilters, () => this.#setFacets([]));
    this.#saidReview = button(inTabs.reviewChanges, () => context.showTab('changes'));
    const filters = group('part', inTabs.filters, this.#chips, this.#addFilter, this.#clearFilters);
    const actions = group(
      'part',
      words.actions,
      this.#stage,
      ...menu('copy', words.copy, this.#copyButtons()),
      this.#export,
      this.#details,
      ...menu('columns', words.columns, this.#columnChoices()),
    );
    this.#status.setAttribute('role', 'status');
    this.#saidText.setAttribute('role', 'alert');
    this.#said.append(this.#saidText, this.#saidReview);
    this.#said.hidden = this.#empty.hidden = this.#lists.hidden = true;
    this.element.append(
      element('div', 'bar', this.#status, filters, actions),
      this.#form.element,
      this.#lists,
      this.#log.element,
      this.#usage.element,
      this.#policies.element,
      this.#said,
      this.#table.element,
      this.#empty,
    );
    // The event goes to where text was selected last, which may be outside of the tab.
    document.addEventListener('copy', (event) => this.#isShown && this.#onCopy(event));
    this.#table.element.addEventListener('mouseover', ({ target }) => this.#showTooltip(target));
    context.onModelChange(() => {
      this.#showCount();
      this.#due();
    });
    // Ages in the rows change without a message.
    setInterval(() => this.#isShown && this.#table.refresh(), 60_000);
    this.#showCount();
    this.#showFacets();
    this.#showActions();
  }

  show(): void {
    this.#isShown = true;
    this.#due();
  }

  hide(): void {
    this.#state = this.state();
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
    if (update.menu) this.#onMenu(update.menu);
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
    if (this.#rows.update()) {
      this.#isOrderDue = true;
      this.#showFacets();
    }
    // What is staged is no part of the rows.
    if (this.#isOrderDue || this.#state.order.column === 'state') this.#order();
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
    this.#say('');
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

  #columns(): RowColumn<PermissionRow>[] {
    const { log } = this.#evidence;
    const isMissing: Partial<Record<PermissionColumn, boolean>> = {
      by: log.state === 'unread',
      lastUsed: !this.#evidence.isUsageLoaded,
      effective: !this.#evidence.arePoliciesLoaded,
    };
    return this.#shownColumns.map((id) => {
      const [width, grow] = widths[id];
      const title = permissionColumns[id];
      const column: RowColumn<PermissionRow> = {
        id,
        title: isMissing[id] ? notLoadedHeading(title) : title,
        width,
        grow,
        isSortable: true,
        text: (row) => cellOfColumn(this.#rows, row, id, this.context.model.now()),
        classes: (row) => this.#classesOf(row, id),
      };
      return id === 'lastUsed'
        ? { ...column, render: (row, cell) => drawLine(cell, column.text(row), lineOf(this.#rows, row)) }
        : column;
    });
  }

  /** Makes the tooltip of a cell when the mouse is over it: making those of all rows would make scrolling slow. */
  #showTooltip(target: EventTarget | null): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.row .cell') : null;
    const index = Number(cell?.parentElement?.getAttribute('aria-rowindex')) - 2;
    const row = this.#shown[index];
    const column = this.#shownColumns[Number(cell?.getAttribute('aria-colindex')) - 2];
    if (cell && row && column)
      cell.title = tooltipOfColumn(this.#rows, row, column, this.context.model.now());
  }

  get #shownColumns(): PermissionColumn[] {
    return allColumns.filter((column) => !this.#state.hidden.includes(column));
  }

  #classesOf({ checkpoint, project, ...row }: PermissionRow, column: PermissionColumn): string {
    const isQuiet =
      (column === 'by' && granterGap(this.#rows, { checkpoint, project, ...row }) !== undefined) ||
      (column === 'lastUsed' && !this.#evidence.useOf(checkpoint, project)) ||
      (column === 'effective' && this.#evidence.effectOf(checkpoint, project)?.kind === 'unknown');
    const isStaged = column === 'project' && this.context.model.staged(checkpoint, project) === 'revoke';
    return [isQuiet ? 'quiet' : '', isStaged ? 'to-revoke' : ''].filter(Boolean).join(' ');
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
    this.#clearFilters.hidden = facets.length === 0;
    const texts = facets.map((facet) => facetText(facet, this.#nameOf, this.#evidence.unusedDays));
    // Names come later than the filters of a restored page. A chip with the keyboard stays as it is until then.
    if (texts.join('\n') === this.#chipTexts) return;
    this.#chipTexts = texts.join('\n');
    const chips = texts.map((text, at) => {
      const close = element('span', 'close');
      close.textContent = '✕';
      close.setAttribute('aria-hidden', 'true');
      const chip = button(text, () => {
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
  }

  /** The filters and the search, in words. Empty for none. */
  #filterText(): string {
    const texts = this.#state.facets.map((facet) =>
      facetText(facet, this.#nameOf, this.#evidence.unusedDays),
    );
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

  /** Does what was chosen in the menu of a row, with all selected rows if it is one of them. */
  #onMenu({ act, key }: RowMenu): void {
    const row = this.#rowOf(key);
    if (!row) return;
    const rows = rowsOfMenu(row, this.#selectedRows());
    if (act === 'details') this.#showDetails(row);
    else if (act === 'stage') this.#stageRows(rows);
    else
      this.#send({
        type: 'copyIds',
        of: act,
        rows: rows.map(({ checkpoint, project, id }) => [checkpoint, project, id]),
      });
  }

  #stageRows(rows: readonly PermissionRow[]): void {
    const cells = new Map<string, readonly [number, number]>();
    for (const { checkpoint, project } of rows) cells.set(`${checkpoint} ${project}`, [checkpoint, project]);
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
      ['rows', inTabs.copyRows],
      ['permissions', words.copyPermissionIds],
      ['projects', words.copyProjectIds],
      ['checkpoints', words.copyCheckpointIds],
    ];
    return texts.map(([kind, text]) =>
      button(text, ({ currentTarget }) => {
        if (currentTarget instanceof HTMLElement)
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        this.#table.focus();
        this.#copying = kind;
        // The clipboard is filled in the event that this causes.
        document.execCommand('copy');
        this.#copying = undefined;
      }),
    );
  }

  /** Fills the clipboard with the selected rows, or the focused one, unless a person copies text. */
  #onCopy(event: ClipboardEvent): void {
    if (!this.#copying && isCopyOfText(event)) return;
    const focused = this.#rowOf(this.#table.focusedKey ?? '');
    const selected = this.#selectedRows();
    const rows = selected.length > 0 ? selected : focused ? [focused] : [];
    if (rows.length === 0) return;
    const kind = this.#copying ?? 'rows';
    const { copied, count } = this.#copied(kind, rows);
    copyToClipboard(event, copied);
    this.context.announce(copiedInWords(kind, count));
  }

  #copied(
    kind: CopiedKind,
    rows: readonly PermissionRow[],
  ): { readonly copied: CopiedTable; readonly count: number } {
    const now = this.context.model.now();
    if (kind === 'rows')
      return {
        copied: copiedTable(recordsOf(this.#rows, rows, this.#shownColumns, now)),
        count: rows.length,
      };
    const idOf: Readonly<Record<Exclude<CopiedKind, 'rows'>, (row: PermissionRow) => string>> = {
      permissions: ({ id }) => id,
      projects: ({ project }) => this.#rows.projectId(project),
      checkpoints: ({ checkpoint }) => this.#rows.checkpointId(checkpoint),
    };
    const ids = [...new Set(rows.map(idOf[kind]))];
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
    this.#showPolicies(now);
    const { log, isUsageLoaded, arePoliciesLoaded } = this.#evidence;
    const headings = `${log.state === 'unread'} ${isUsageLoaded} ${arePoliciesLoaded} ${this.#state.hidden.join()}`;
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
        [inTabs.stop, isLoading, act('stopLog')],
        [loadLog(1), canGoOn && state === 'unread', act('loadLog')],
        [loadMoreLog.again, !isLoading && (failure !== undefined || gaps.newer > 0), act('loadLog')],
        [loadMoreLog.older, canGoOn && state === 'more' && gaps.older > 0, act('loadOlderLog')],
        [loadMoreLog.whole, canGoOn && state === 'more' && gaps.older > 0, act('loadWholeLog')],
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
        [inTabs.stop, progress !== undefined && canStop, () => this.#send({ type: 'stopUsage' })],
        [
          loadUsage(requests, isUsageLoaded),
          progress === undefined && requests > 0,
          () => this.#send({ type: 'loadUsage' }),
        ],
      ],
      this.context.isAnswering,
    );
  }

  #showPolicies(now: number): void {
    const { policies } = this.#evidence;
    const isHidden = this.#state.hidden.includes('effective');
    const requests = policies ? requestsForPolicies(policies) : 0;
    const { progress, wait } = policies ?? {};
    this.#policies.show(
      isHidden || !policies ? '' : (clock) => policiesLine(policies, now, clock),
      wait !== undefined,
      [
        [inTabs.stop, progress !== undefined, () => this.#send({ type: 'stopPolicies' })],
        [
          loadPolicies(requests, policies?.notLoaded === 0 && policies.failed === 0),
          progress === undefined && requests > 0,
          () => this.#send({ type: 'loadPolicies' }),
        ],
      ],
      this.context.isAnswering,
    );
  }
}
