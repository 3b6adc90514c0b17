import './history.css';
import type { Person } from '../../../access/evidence/history/change';
import { type HistoryFilter, isFilteringHistory } from '../../../access/evidence/history/filter';
import {
  type HistoryFacts,
  type HistoryRequest,
  type HistoryRow,
  type HistoryState,
  type HistoryUpdate,
  parseHistoryUpdate,
} from '../../../protocol/history';
import { waitOf } from '../../../protocol/wait';
import { minuteOf } from '../../../text/dates';
import { metadata } from '../../../text/lists';
import { steadyNow } from '../../../text/steadyClock';
import {
  actionsInWords,
  changeNotesInWords,
  checkpointOfRow,
  filteredSpoken,
  historyChoices,
  historyColumns,
  momentOfRow,
  nothingShown,
  problemInWords,
  projectOfRow,
  reachInWords,
  searchingInWords,
  shownInWords,
  sourcesInWords,
  undecidedInWords,
  historyTab as words,
} from '../../../words/historyTab';
import { copiedRows, inTabs, loadLog, selectedRows } from '../../../words/tabs';
import { waitInWords } from '../../../words/waiting';
import { copyToClipboard, isCopyOfText } from '../clipboard';
import { copiedTable } from '../copyTable';
import { button, element, group, needsHost, setText } from '../element';
import type { PageTab, TabContext } from '../tab';
import { type RowColumn, RowTable } from '../table/table';
import { type Choice, personChoices, personKey, placeChoices } from './choices';
import {
  dateOf,
  endOfDay,
  type FilterState,
  filterOf,
  type HistoryTabState,
  lastDateOf,
  noFilter,
  parseHistoryState,
  periods,
  startOfDay,
  stateOfFilter,
  withPart,
  withPeriod,
} from './filterState';
import { recordsOf } from './records';
import { HistoryRows, isSameFilter, tableRows } from './rows';

/** The columns, with their least widths in CSS pixels and their shares of the room that is left. */
const columns: readonly RowColumn<HistoryRow>[] = [
  {
    id: 'when',
    title: historyColumns.when,
    width: 130,
    text: ({ at }) => minuteOf(at),
    tooltip: momentOfRow,
  },
  {
    id: 'who',
    title: historyColumns.who,
    width: 150,
    grow: 3,
    text: ({ who }) => who,
    tooltip: ({ who }) => who,
  },
  {
    id: 'what',
    title: historyColumns.what,
    width: 80,
    text: ({ action }) => actionsInWords[action],
    classes: ({ action }) => action,
  },
  {
    id: 'project',
    title: historyColumns.project,
    width: 140,
    grow: 2,
    text: projectOfRow,
    tooltip: projectTooltip,
  },
  {
    id: 'checkpoint',
    title: historyColumns.checkpoint,
    width: 140,
    grow: 2,
    text: checkpointOfRow,
    tooltip: ({ checkpoint = '' }) => checkpoint,
  },
  {
    id: 'source',
    title: historyColumns.source,
    width: 110,
    grow: 1,
    text: ({ source }) => sourcesInWords[source],
  },
  {
    id: 'note',
    title: historyColumns.note,
    width: 120,
    grow: 2,
    text: ({ notes }) => changeNotesInWords(notes).join('; '),
    tooltip: ({ notes }) => changeNotesInWords(notes).join('; '),
    classes: () => 'quiet',
  },
];

function projectTooltip({ project = '' }: HistoryRow): string {
  return project;
}

export function createHistoryTab(context: TabContext): PageTab {
  return new HistoryTab(context);
}

/** The History tab: who changed which access, newest first, by day. */
class HistoryTab implements PageTab {
  readonly id = 'history';
  readonly element = element('div', 'history');
  readonly #rows = new HistoryRows();
  readonly #table: RowTable<HistoryRow>;
  #state: HistoryState | undefined;
  #filter: FilterState = noFilter;
  #folded = new Set<string>();
  #search = '';
  #scrollTo = 0;
  #isShown = false;
  /** The filter that the extension was told last, until it answers. */
  #told: HistoryFilter | undefined;
  #frame: number | undefined;
  #shown: readonly HistoryRow[] = [];
  #spoken = '';
  #details: HistoryFacts | undefined;
  #choices = '';
  #countDown: ReturnType<typeof setInterval> | undefined;
  /** When the last state came, by this page's clock. */
  #stateAt = 0;

  readonly #reach = element('span', 'reach');
  readonly #problems = element('div', 'problems');
  readonly #notes = element('div', 'notes');
  readonly #status = element('span', 'status');
  readonly #load: HTMLButtonElement;
  readonly #older: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #export: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #period = select<string>(words.period);
  readonly #from = dateField(words.from);
  readonly #to = dateField(words.to);
  readonly #person = select<Person>(words.person);
  readonly #project = select<string>(words.project);
  readonly #checkpoint = select<string>(words.checkpoint);
  readonly #kind = select<string>(words.kind);
  readonly #empty = element('p', 'empty');
  readonly #pane = element('section', 'pane');
  readonly #facts = element('ul', 'facts');
  readonly #permission: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;

  constructor(private readonly context: TabContext) {
    this.#table = new RowTable<HistoryRow>({
      label: words.table,
      columns,
      select: { row: words.selectRow, all: words.selectAll },
      isTree: true,
      onSelectionChange: () => this.#showStatus(),
      onActivate: ({ key }) => {
        // A double click marks a word.
        document.getSelection()?.removeAllRanges();
        this.#send({ type: 'facts', key });
      },
      onToggleGroup: (key) => this.#fold(key),
      onScroll: () => context.saveState(),
      contextOf: (row) => ({
        webviewSection: 'historyRow',
        historyKey: row.key,
        historyHas: [row.permission && 'permission', row.project && 'place', row.source !== 'log' && 'own']
          .filter(Boolean)
          .join(' '),
      }),
    });
    this.#load = this.#hostButton('', () => this.#send({ type: 'load' }));
    this.#older = this.#hostButton(words.search, () => this.#send({ type: 'search', filter: this.#wanted }));
    this.#stop = this.#hostButton(inTabs.stop, () => this.#send({ type: 'stop' }));
    this.#export = this.#hostButton(inTabs.exportShown, () =>
      this.#send({ type: 'export', filter: this.#wanted }),
    );
    this.#clear = button(inTabs.clearFilters, () => this.#setFilter(noFilter));
    this.#permission = this.#hostButton(words.showPermission, () => this.#ofDetails('details'));
    this.#undo = this.#hostButton(words.undo, () => this.#ofDetails('undo'));
    this.#build();
    this.#bindFilters();
    // Without a marked text, the event is of the whole page.
    document.addEventListener('copy', (event) => this.#isShown && this.#onCopy(event));
    context.onModelChange(() => this.#due());
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
    if (this.#table.rows.length > 0) this.#table.focus();
    else [this.#load, this.#older, this.#stop].find((each) => !each.hidden)?.focus();
  }

  receive(message: unknown): void {
    const update = parseHistoryUpdate(message);
    if (!update) return;
    this.#rows.apply(update.rows ?? [], update.gone ?? []);
    if (update.filter) {
      this.#showFilter(stateOfFilter(update.filter));
      this.context.saveState();
    }
    if (update.state) this.#takeState(update.state);
    if (update.facts) this.#showDetails(update.facts);
    if (update.copy) this.#copyOf(update.copy);
    this.#due();
  }

  search(text: string): void {
    if (text === this.#search) return;
    this.#search = text;
    this.#due();
  }

  state(): HistoryTabState {
    const scrollTop = this.#isShown ? this.#table.scrollTop : this.#scrollTo;
    return { filter: this.#filter, folded: [...this.#folded], scrollTop };
  }

  restore(saved: unknown): void {
    const { filter, folded, scrollTop } = parseHistoryState(saved);
    this.#folded = new Set(folded);
    this.#scrollTo = scrollTop;
    this.#showFilter(filter);
  }

  /** The filter of the controls, as the extension gets it. Without the text of the page's search. */
  get #asked(): HistoryFilter {
    return filterOf(this.#filter, this.#now);
  }

  /** The filter with the text of the page's search. */
  get #wanted(): HistoryFilter {
    const text = this.#search.trim().slice(0, 1000);
    return text === '' ? this.#asked : { ...this.#asked, text };
  }

  /** Now, by the clock of the extension. */
  get #now(): number {
    return this.#state ? this.#state.now + (steadyNow() - this.#stateAt) : Date.now();
  }

  #send(request: HistoryRequest): void {
    this.context.send(request);
  }

  // Data.

  #takeState(state: HistoryState): void {
    this.#stateAt = steadyNow();
    this.#state = state;
    // A page that was restored has a filter that the extension doesn't know, and a period of days moves on.
    this.#tellFilter();
  }

  /** Tells the extension the filter, once for each. */
  #tellFilter(): void {
    const asked = this.#asked;
    if (!this.#state || isSameFilter(asked, this.#state.filter)) this.#told = undefined;
    else if (!this.#told || !isSameFilter(asked, this.#told)) {
      this.#told = asked;
      this.#send({ type: 'filter', filter: asked });
    }
  }

  #setFilter(filter: FilterState): void {
    this.#showFilter(filter);
    this.#tellFilter();
    this.context.saveState();
    this.#due();
  }

  #fold(key: string): void {
    if (!this.#folded.delete(key)) this.#folded.add(key);
    this.context.saveState();
    this.#due();
  }

  /** Draws in the next frame, once for changes that come together. */
  #due(): void {
    if (!this.#isShown || this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const { shown, undecided, all } = this.#rows.filtered(this.#wanted, this.#state);
    this.#shown = shown;
    this.#table.show(tableRows(shown, this.#state, this.#folded));
    if (this.#scrollTo > 0 && this.#state && !this.#state.isSending) {
      this.#table.scrollTop = this.#scrollTo;
      this.#scrollTo = 0;
    }
    this.#showReach();
    this.#showProblems();
    this.#showChoices();
    this.#showEmpty(all);
    this.#showStatus(undecided, all);
    this.#showDetailsOf();
  }

  #showReach(): void {
    const state = this.#state;
    clearInterval(this.#countDown);
    const activity = state?.activity ?? 'none';
    const isLoaded = state?.loadedAt !== undefined;
    const isFiltered = isFilteringHistory(this.#wanted);
    const failed = state?.problems.some(({ of }) => of === 'newest' || of === 'older') ?? false;
    setText(this.#load, isLoaded ? words.loadNew : failed ? words.retry : loadLog(state?.requests ?? 1));
    setText(this.#older, isFiltered ? words.search : words.loadOlder);
    this.#load.classList.toggle('primary', !isLoaded);
    this.#load.hidden = !state || activity !== 'none';
    const isAsked = state !== undefined && isSameFilter(this.#asked, state.filter);
    this.#older.hidden = !isLoaded || activity !== 'none' || !isAsked || state.isOver;
    this.#stop.hidden = activity === 'none';
    const tell = (): void => setText(this.#reach, this.#reachText(isFiltered));
    tell();
    if (state?.wait) this.#countDown = setInterval(tell, 1000);
  }

  #reachText(isFiltered: boolean): string {
    const state = this.#state;
    if (!state) return '';
    const { activity, wait, backTo } = state;
    if (activity !== 'none' && wait) return waitInWords(waitOf(wait, this.#stateAt), steadyNow());
    if (activity === 'loading') return inTabs.loadingLog;
    if (activity === 'searching') return searchingInWords(backTo);
    return reachInWords({ ...state, now: this.#now }, isFiltered && isSameFilter(this.#asked, state.filter));
  }

  #showProblems(): void {
    const { problems = [], notes = [] } = this.#state ?? {};
    showLines(this.#problems, problems.map(problemInWords), 'note');
    showLines(this.#notes, notes, 'note');
    // Details of a failure are in the log.
    if (problems.length === 0) this.#problems.querySelector('button')?.remove();
    else if (!this.#problems.querySelector('button'))
      this.#problems.append(this.#hostButton(words.showLog, () => this.#send({ type: 'showLog' })));
  }

  #showEmpty(all: number): void {
    const state = this.#state;
    const isEmpty = this.#shown.length === 0 && state !== undefined && !state.isSending;
    this.#empty.hidden = !isEmpty;
    this.#table.element.hidden = isEmpty;
    if (isEmpty) setText(this.#empty, nothingShown(state, isFilteringHistory(this.#wanted), all === 0));
  }

  #showStatus(undecided = this.#undecided, all = this.#all): void {
    this.#undecided = undecided;
    this.#all = all;
    const selected = this.#table.selected.size;
    const shown = this.#shown.length;
    setText(this.#status, metadata(shownInWords(shown, all), selectedRows(selected)));
    const hidden = undecidedInWords(undecided);
    showLines(this.#hidden, hidden === '' ? [] : [hidden], 'note');
    this.#copy.hidden = shown === 0;
    this.#export.hidden = all === 0;
    const spoken = filteredSpoken(shown, all, undecided);
    const isSettled = this.#state !== undefined && !this.#state.isSending && this.#state.activity === 'none';
    if (isSettled && spoken !== this.#spoken) {
      if (this.#spoken !== '') this.context.announce(spoken);
      this.#spoken = spoken;
    }
  }

  #undecided = 0;
  #all = 0;
  readonly #hidden = element('div', 'notes');
  readonly #copy = button(inTabs.copyRows, () => {
    document.getSelection()?.removeAllRanges();
    // The page fills the clipboard in the event that this causes.
    document.execCommand('copy');
  });

  // Filters.

  #build(): void {
    const loading = group(
      'bar',
      words.loading,
      this.#reach,
      this.#load,
      this.#older,
      this.#stop,
      this.#copy,
      this.#export,
    );
    const filters = element(
      'div',
      'bar',
      this.#period.label,
      this.#from.label,
      this.#to.label,
      this.#person.label,
      this.#project.label,
      this.#checkpoint.label,
      this.#kind.label,
      this.#clear,
      this.#status,
    );
    const summary = element('summary', '');
    summary.textContent = inTabs.filters;
    const choices = element('details', 'choices', summary, filters);
    choices.setAttribute('aria-label', inTabs.filters);
    // On a narrow page the filters fold away, so that the changes have room.
    const narrow = matchMedia('(width < 600px)');
    const fold = (): void => {
      choices.open = !narrow.matches;
    };
    narrow.addEventListener('change', fold);
    fold();
    this.#pane.setAttribute('aria-label', words.details);
    this.#pane.hidden = true;
    const close = button(words.closeDetails, () => this.#closeDetails());
    this.#pane.append(this.#facts, element('div', 'bar', this.#permission, this.#undo, close));
    this.#pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#closeDetails();
    });
    this.#empty.hidden = true;
    this.element.append(
      loading,
      this.#problems,
      this.#notes,
      choices,
      this.#hidden,
      this.#table.element,
      this.#empty,
      this.#pane,
    );
    this.#period.setChoices(periods.map((value) => ({ value, label: historyChoices.period[value] })));
    this.#kind.setChoices(
      (['any', 'granted', 'revoked'] as const).map((value) => ({ value, label: historyChoices.kind[value] })),
    );
    this.#showFilter(noFilter);
  }

  #bindFilters(): void {
    const change = (act: () => FilterState) => () => this.#setFilter(act());
    this.#period.onChange(
      change(() => {
        const period = periods.find((each) => each === this.#period.value) ?? 'any';
        const { from, to } = filterOf(this.#filter, this.#now);
        const { from: _, to: __, ...others } = this.#filter;
        const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        return { ...others, period, ...(period === 'custom' && range) };
      }),
    );
    this.#person.onChange(change(() => withPart(this.#filter, 'person', this.#person.value)));
    this.#project.onChange(change(() => withPart(this.#filter, 'project', this.#project.value)));
    this.#checkpoint.onChange(change(() => withPart(this.#filter, 'checkpoint', this.#checkpoint.value)));
    this.#kind.onChange(
      change(() => {
        const { value } = this.#kind;
        return withPart(
          this.#filter,
          'action',
          value === 'granted' || value === 'revoked' ? value : undefined,
        );
      }),
    );
    const changePeriod = change(() =>
      withPeriod(this.#filter, startOfDay(this.#from.field.value), endOfDay(this.#to.field.value)),
    );
    this.#from.field.addEventListener('change', changePeriod);
    this.#to.field.addEventListener('change', changePeriod);
  }

  #showFilter(filter: FilterState): void {
    this.#filter = filter;
    const { period, from, to, action } = this.#filter;
    this.#period.select(({ value }) => value === period);
    this.#from.label.hidden = this.#to.label.hidden = period !== 'custom';
    if (this.#from.field.value !== dateOf(from)) this.#from.field.value = dateOf(from);
    if (this.#to.field.value !== lastDateOf(to)) this.#to.field.value = lastDateOf(to);
    this.#kind.select(({ value }) => value === (action ?? 'any'));
    this.#clear.hidden = !isFilteringHistory(filterOf(this.#filter, this.#now));
    this.#choices = '';
    this.#showChoices();
  }

  /** The choices follow the changes that are loaded. They are made anew only when they have others. */
  #showChoices(): void {
    const { model } = this.context;
    const { person, project, checkpoint } = this.#filter;
    const rows = this.#rows.sorted;
    const signature = [rows.length, rows[0]?.key, model.projects.length, model.checkpoints.length].join();
    if (signature === this.#choices) return;
    this.#choices = signature;
    const persons = personChoices(rows, person);
    this.#person.setChoices([{ value: undefined, label: historyChoices.person }, ...persons]);
    this.#person.select(({ value }) => (value && personKey(value)) === (person && personKey(person)));
    const projects = placeChoices(rows, 'project', model.projects, project);
    this.#project.setChoices([{ value: undefined, label: historyChoices.project }, ...projects]);
    this.#project.select(({ value }) => value === project);
    const checkpoints = placeChoices(rows, 'checkpoint', model.checkpoints, checkpoint);
    this.#checkpoint.setChoices([{ value: undefined, label: historyChoices.checkpoint }, ...checkpoints]);
    this.#checkpoint.select(({ value }) => value === checkpoint);
  }

  // Details.

  #showDetails(facts: HistoryFacts): void {
    this.#details = facts;
    showLines(this.#facts, facts.lines, '', 'li');
    this.#pane.hidden = false;
    this.#showDetailsOf();
    this.context.announce(facts.lines.join('\n'));
    this.#table.reveal(`${facts.key}`);
  }

  #showDetailsOf(): void {
    if (!this.#details) return;
    const row = this.#rows.get(this.#details.key);
    if (!row) {
      this.#closeDetails();
      return;
    }
    this.#permission.hidden = row.permission === undefined || row.checkpoint === undefined;
    this.#undo.hidden = row.source === 'log';
  }

  #closeDetails(): void {
    this.#details = undefined;
    const hadFocus = this.#pane.contains(document.activeElement);
    this.#pane.hidden = true;
    if (hadFocus) this.#table.focus();
  }

  #ofDetails(type: 'details' | 'undo'): void {
    if (this.#details) this.#send({ type, key: this.#details.key });
  }

  // The clipboard.

  /** The selected rows, or all shown rows if none is selected. */
  get #chosen(): readonly HistoryRow[] {
    const { selected } = this.#table;
    if (selected.size === 0) return this.#shown;
    return this.#shown.filter(({ key }) => selected.has(`${key}`));
  }

  #onCopy(event: ClipboardEvent): void {
    const rows = this.#chosen;
    if (rows.length === 0 || isCopyOfText(event)) return;
    copyToClipboard(event, copiedTable(recordsOf(rows)));
    this.context.announce(copiedRows(rows.length));
  }

  #copyOf({ of, key }: NonNullable<HistoryUpdate['copy']>): void {
    const { selected } = this.#table;
    const keys = selected.has(`${key}`) ? this.#chosen.map((row) => row.key) : [key];
    this.#send({ type: 'copyIds', of, keys });
  }

  #hostButton(text: string, act: () => void): HTMLButtonElement {
    return needsHost(button(text, act), this.context.isAnswering);
  }
}

/** Shows a line in an element each, and changes only what is different. Other elements stay behind them. */
function showLines(
  parent: HTMLElement,
  lines: readonly string[],
  className: string,
  name: 'p' | 'li' = 'p',
): void {
  const existing = [...parent.querySelectorAll<HTMLElement>(name)];
  for (const [at, line] of lines.entries()) {
    let target = existing[at];
    if (!target) {
      target = element(name, className);
      const last = existing[at - 1];
      if (last) last.after(target);
      else parent.prepend(target);
      existing.push(target);
    }
    setText(target, line);
  }
  for (const rest of existing.slice(lines.length)) rest.remove();
}

function dateField(text: string): { readonly label: HTMLElement; readonly field: HTMLInputElement } {
  const field = element('input', '');
  field.type = 'date';
  return { label: labeled(text, field), field };
}

/** A field beside its label. */
function labeled(text: string, field: HTMLInputElement | HTMLSelectElement): HTMLElement {
  field.id = `history-${text}`.replaceAll(/[^a-zA-Z]+/g, '-');
  const label = element('label', '');
  label.htmlFor = field.id;
  label.textContent = text;
  return element('span', 'field', label, field);
}

/** A select element with values of any kind. */
function select<Value>(text: string) {
  const field = element('select', '');
  const label = labeled(text, field);
  let choices: readonly Choice<Value | undefined>[] = [];
  return {
    label,
    get value(): Value | undefined {
      return choices[field.selectedIndex]?.value;
    },
    onChange: (act: () => void) => field.addEventListener('change', act),
    select(isChosen: (choice: Choice<Value | undefined>) => boolean): void {
      field.selectedIndex = Math.max(0, choices.findIndex(isChosen));
    },
    setChoices(next: readonly Choice<Value | undefined>[]): void {
      if (next.map((each) => each.label).join('\n') === choices.map((each) => each.label).join('\n')) {
        choices = next;
        return;
      }
      choices = next;
      field.replaceChildren(
        ...next.map((each) => {
          const option = document.createElement('option');
          option.textContent = each.label;
          return option;
        }),
      );
    },
  };
}
