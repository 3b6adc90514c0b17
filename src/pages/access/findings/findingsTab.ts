import './findings.css';
import type { AccessKeys, FindingEntry, FindingsRequest, FindingsResult } from '../../../protocol/findings';
import { parseFindingsUpdate } from '../../../protocol/findings';
import { requestsForPolicies } from '../../../protocol/policies';
import { type RowMenu, rowsOfMenu } from '../../../protocol/rowMenu';
import { dayOf } from '../../../text/dates';
import { metadata, sentences } from '../../../text/lists';
import { loadPolicies, policiesLoading, policiesNote } from '../../../words/effect';
import {
  acceptanceInWords,
  acceptedMany,
  findingsInShort,
  findingsTab,
  leftToFile,
  loadAllGaps,
  loadGap,
  openFindings,
  reasonsInWords,
  removedInWords,
  searchHides,
  soonNotCounted,
  stagedInWords,
  stageSelected,
  tooManyToStage,
  unstagedInWords,
  unusedLabel,
  usageLoaded,
} from '../../../words/findings';
import { inTabs, loadUsage, usageLoading } from '../../../words/tabs';
import { waitInWords } from '../../../words/waiting';
import { button, element, needsHost, setText } from '../element';
import type { PageTab, TabContext } from '../tab';
import type { GroupRow } from '../table/rows';
import { RowTable } from '../table/table';
import { type Arranged, arrange, type Category, type FindingItem, keyOfEntry, sortColumns } from './arrange';
import { FindingsModel, type ReviewPolicies } from './findingsModel';
import { type FindingsState, parseFindingsState } from './state';

/** The tab of findings: categories that fold, each access once, and what was not checked. */
export function createFindingsTab(context: TabContext): PageTab {
  const { model } = context;
  const findings = new FindingsModel(() => model.now());
  let state: FindingsState = parseFindingsState(undefined);
  let expanded = new Set<string>();
  let arranged: Arranged = { rows: [], byPlace: new Map(), hidden: 0 };
  let searchText = '';
  let isShown = false;
  /** The keyboard goes to the rows once there are some. */
  let wantsFocus = false;
  let isArrangeScheduled = false;
  let countDown: ReturnType<typeof setInterval> | undefined;
  const send = (request: FindingsRequest): void => {
    if (context.isAnswering) context.send(request);
  };

  // The toolbar, the summary, and what became of the last action.
  const hostButton = (text: string, act: () => void, className = '') =>
    needsHost(button(text, act, className), context.isAnswering);
  const stageButton = hostButton(
    stageSelected(0),
    () => send({ type: 'stage', rows: selectedKeys(isUnstaged) }),
    'primary',
  );
  const unstageButton = hostButton(findingsTab.unstage, () =>
    send({ type: 'unstage', rows: selectedKeys(isStaged) }),
  );
  const acceptButton = hostButton(findingsTab.accept, () =>
    send({ type: 'accept', rows: selectedKeys(isOpen) }),
  );
  const removeButton = hostButton(findingsTab.removeAcceptance, () =>
    send({ type: 'removeAcceptance', rows: selectedKeys(isAcceptedEntry) }),
  );
  const exportButton = hostButton(findingsTab.export, () => send({ type: 'export' }));
  const days = element('input', 'days');
  days.type = 'number';
  days.min = '1';
  days.step = '1';
  days.setAttribute('aria-label', findingsTab.unusedDays);
  needsHost(days, context.isAnswering);
  const daysLabel = element('label', '', text('span', unusedLabel[0]), days, text('span', unusedLabel[1]));
  const tools = element(
    'div',
    'bar',
    stageButton,
    unstageButton,
    acceptButton,
    removeButton,
    exportButton,
    daysLabel,
  );
  const summaryLine = element('p', 'detail');
  const saidText = element('span', '');
  const reviewButton = hostButton(inTabs.reviewChanges, () => context.showTab('changes'));
  const said = element('div', 'result', saidText, reviewButton);
  said.hidden = true;
  const detail = element('p', 'about-row');
  detail.setAttribute('aria-hidden', 'true');

  const table = new RowTable<FindingItem>({
    label: findingsTab.label,
    isTree: true,
    select: { row: findingsTab.selectRow, all: findingsTab.selectAll },
    columns: [
      {
        id: 'project',
        title: findingsTab.project,
        width: 100,
        grow: 2,
        isSortable: true,
        wraps: true,
        text: (row) => (row.kind === 'gap' ? row.subject : row.project.name),
        tooltip: (row) => (row.kind === 'gap' ? '' : row.project.id),
      },
      {
        id: 'checkpoint',
        title: findingsTab.checkpoint,
        width: 100,
        grow: 2,
        isSortable: true,
        wraps: true,
        text: (row) => (row.kind === 'gap' ? '' : row.checkpoint.name),
        tooltip: (row) => (row.kind === 'gap' ? '' : row.checkpoint.id),
      },
      {
        id: 'reasons',
        title: findingsTab.reasons,
        width: 166,
        grow: 3,
        wraps: true,
        text: reasonsOfRow,
        tooltip: reasonsOfRow,
      },
      {
        id: 'granted',
        title: findingsTab.granted,
        width: 124,
        isSortable: true,
        text: (row) =>
          row.kind === 'gap' || row.entry.grantedAt === 0 ? '' : dayOf(row.entry.grantedAt * 1000),
      },
      {
        id: 'actions',
        title: findingsTab.actions,
        width: 200,
        text: () => '',
        render: renderActions,
      },
    ],
    onSort(column) {
      const by = sortColumns.find((each) => each === column);
      if (!by) return;
      const descending = state.sort?.column === by && !state.sort.descending;
      state = { ...state, sort: { column: by, descending } };
      show();
      context.saveState();
    },
    onSelectionChange: showTools,
    onActivate(row) {
      if (row.kind === 'finding') send({ type: 'details', row: row.entry.at });
    },
    onToggleGroup(key) {
      if (!expanded.delete(key)) expanded.add(key);
      show();
      context.saveState();
    },
    onScroll: () => context.saveState(),
    contextOf: (row) =>
      row.kind === 'gap'
        ? undefined
        : {
            webviewSection: 'findingRow',
            rowKey: keyOfEntry(row.entry),
            checkpointKey: row.entry.at[0],
            projectKey: row.entry.at[1],
          },
    renderGroup,
  });
  const root = element('div', 'findings', tools, summaryLine, said, table.element, detail);

  function reasonsOf({ reasons }: FindingEntry): string {
    return reasonsInWords(reasons, projectName, model.now());
  }

  function projectName(key: number): string {
    return projectNames().get(key) ?? '';
  }

  let named: { readonly of: unknown; readonly names: ReadonlyMap<number, string> } | undefined;
  function projectNames(): ReadonlyMap<number, string> {
    const { projects } = model;
    if (named?.of !== projects)
      named = { of: projects, names: new Map(projects.map(({ key, name }) => [key, name])) };
    return named.names;
  }

  function reasonsOfRow(row: FindingItem): string {
    if (row.kind === 'gap') return row.gap.text;
    const { place, reasons } = row.entry;
    if (place !== 'accepted') return reasonsOf(row.entry);
    const acceptances = reasons.flatMap(({ acceptance }) =>
      acceptance ? [acceptanceInWords(acceptance)] : [],
    );
    const facts = reasons.map(({ acceptance: _, ...reason }) => reason);
    return metadata(reasonsInWords(facts, projectName, model.now()), ...new Set(acceptances));
  }

  function isStaged({ at }: FindingEntry): boolean {
    return model.staged(at[0], at[1]) === 'revoke';
  }
  function isUnstaged(entry: FindingEntry): boolean {
    return !isStaged(entry);
  }

  /** The selected findings. All of them are shown. */
  function selectedEntries(): FindingEntry[] {
    const { selected } = table;
    if (selected.size === 0) return [];
    return table.rows.flatMap((row) =>
      row.kind === 'item' && row.row.kind === 'finding' && selected.has(row.key) ? [row.row.entry] : [],
    );
  }

  function selectedKeys(isWanted: (entry: FindingEntry) => boolean): AccessKeys[] {
    return selectedEntries()
      .filter(isWanted)
      .map(({ at }) => at);
  }

  /** Does what was chosen in the menu of a row, with all selected rows if it is one of them. */
  function onMenu({ act, key }: RowMenu): void {
    const found = table.rows.find((row) => row.key === key);
    if (found?.kind !== 'item' || found.row.kind !== 'finding') return;
    const { entry } = found.row;
    const rows = rowsOfMenu(entry, selectedEntries());
    if (act === 'details') send({ type: 'details', row: entry.at });
    else if (act === 'stage') send({ type: 'stage', rows: rows.filter(isUnstaged).map(({ at }) => at) });
    else send({ type: 'copyIds', of: act, rows: rows.map(({ at }) => at) });
  }

  /** The findings of a category that match the search. */
  function entriesOf(place: Category): FindingEntry[] {
    return (arranged.byPlace.get(place) ?? []).flatMap((item) =>
      item.kind === 'finding' ? [item.entry] : [],
    );
  }

  function renderActions(row: FindingItem, cell: HTMLElement): void {
    cell.classList.add('actions');
    if (row.kind === 'gap') {
      const { gap } = row;
      const [load] = buttonsIn(cell, context.isAnswering, gap.requests > 0 ? 1 : 0);
      if (!load) return;
      setButton(load, loadGap(gap.requests), metadata(row.subject, loadGap(gap.requests)), () => {
        if (gap.about === 'usage') send({ type: 'loadUsage' });
        else if (gap.project !== undefined) send({ type: 'loadPolicy', project: gap.project });
        else if (gap.about === 'policies') send({ type: 'loadPolicies' });
        else if (gap.about === 'projects') send({ type: 'loadProjects' });
        else if (gap.checkpoint !== undefined) context.load([gap.checkpoint]);
      });
      return;
    }
    const { entry, project, checkpoint } = row;
    const rows = [entry.at];
    const of = (words: string): string => `${words} ${project.name}, ${checkpoint.name}`;
    const [only] = buttonsIn(cell, context.isAnswering, 1, isStaged(entry) ? findingsTab.staged : '');
    if (!only) return;
    if (isStaged(entry))
      setButton(only, findingsTab.unstage, of(findingsTab.unstage), () => send({ type: 'unstage', rows }));
    else if (entry.place === 'accepted')
      setButton(only, findingsTab.removeAcceptance, of(findingsTab.removeAcceptance), () =>
        send({ type: 'removeAcceptance', rows }),
      );
    else setButton(only, findingsTab.accept, of(findingsTab.accept), () => send({ type: 'accept', rows }));
  }

  function renderGroup(group: GroupRow, cell: HTMLElement): void {
    const place = group.key as Category;
    const actions = groupActions(place);
    const buttons = buttonsIn(cell, context.isAnswering, actions.length);
    for (const [at, [words, act]] of actions.entries()) {
      const target = buttons[at];
      if (!target) continue;
      setButton(target, words, `${words}: ${group.text}`, act);
      // A narrow page cuts it.
      if (target.title !== words) target.title = words;
    }
  }

  /** The buttons of a category. */
  function groupActions(place: Category): (readonly [words: string, act: () => void])[] {
    const { shown, usage, policies } = findings;
    if (!shown) return [];
    if (place === 'notChecked') {
      const requests = shown.gaps.reduce((sum, gap) => sum + gap.requests, 0);
      return requests === 0 ? [] : [[loadAllGaps(requests), loadAll]];
    }
    const actions: (readonly [string, () => void])[] = [];
    if (place === 'unused' && usage) {
      if (usage.isLoading) {
        if (usage.canCancel) actions.push([inTabs.stop, () => send({ type: 'cancelUsage' })]);
      } else
        actions.push([
          loadUsage(usage.requests, usage.loadedAt !== undefined),
          () => send({ type: 'loadUsage' }),
        ]);
    }
    if (place === 'withoutEffect' && policies) {
      const requests = requestsForPolicies(policies);
      if (policies.progress) actions.push([inTabs.stop, () => send({ type: 'cancelPolicies' })]);
      else if (requests > 0)
        actions.push([
          loadPolicies(requests, policies.notLoaded === 0 && policies.failed === 0),
          () => send({ type: 'loadPolicies' }),
        ]);
    }
    if (place === 'shutsDownSoon' && shown.summary.shutsDownSoon.found > 0) {
      const { isCounted } = shown.summary.shutsDownSoon;
      actions.push([
        isCounted ? findingsTab.doNotCount : findingsTab.count,
        () => send({ type: 'countShutdownSoon', isCounted: !isCounted }),
      ]);
    }
    const rows = place === 'accepted' ? [] : entriesOf(place).filter(isUnstaged);
    if (rows.length > 0)
      actions.unshift([findingsTab.stageAll, () => send({ type: 'stage', rows: rows.map(({ at }) => at) })]);
    return actions;
  }

  /** Loads all that was not checked. */
  function loadAll(): void {
    const gaps = (findings.shown?.gaps ?? []).filter(({ requests }) => requests > 0);
    context.load(gaps.flatMap(({ checkpoint }) => (checkpoint === undefined ? [] : [checkpoint])));
    if (gaps.some(({ about }) => about === 'projects')) send({ type: 'loadProjects' });
    if (gaps.some(({ about }) => about === 'usage')) send({ type: 'loadUsage' });
    if (gaps.some(({ about }) => about === 'policies')) send({ type: 'loadPolicies' });
  }

  /** What stands behind the name of a category. */
  function noteOf(place: Category): string | undefined {
    const { shown, usage, policies } = findings;
    if (!shown) return undefined;
    const { summary } = shown;
    const { found, isCounted } = summary.shutsDownSoon;
    switch (place) {
      case 'unused':
        return usage && noteOfUsage(usage);
      case 'withoutEffect':
        return policies && noteOfPolicies(policies);
      case 'archived':
      case 'sharedWithAll':
        if (summary.projects === 'whole') return undefined;
        return summary.projects === 'not'
          ? findingsTab.projectsNotChecked
          : findingsTab.projectsPartlyChecked;
      case 'shutsDownSoon':
        return isCounted ? undefined : soonNotCounted(found, summary.accesses);
      default:
        return undefined;
    }
  }

  function noteOfUsage(usage: NonNullable<FindingsModel['usage']>): string {
    const now = model.now();
    if (usage.isLoading) {
      const isWaiting = usage.wait !== undefined && usage.wait.until > now;
      return isWaiting && usage.wait ? waitInWords(usage.wait, now) : usageLoading(usage.progress);
    }
    const loaded = usage.loadedAt === undefined ? '' : usageLoaded(usage.loadedAt, now);
    if (usage.failure !== undefined) return metadata(findingsTab.usageFailed, usage.failure, loaded);
    if (usage.state === 'unattributed') return metadata(findingsTab.usageUnattributed, loaded);
    return usage.state === 'notLoaded' ? findingsTab.usageNotLoaded : loaded;
  }

  function noteOfPolicies(policies: ReviewPolicies): string {
    const now = model.now();
    const { progress, wait, projects, notLoaded, failed, loadedAt } = policies;
    if (progress) return wait && wait.until > now ? waitInWords(wait, now) : policiesLoading(progress);
    const isNothingKnown = projects > 0 && loadedAt === undefined;
    const isPartly = !isNothingKnown && notLoaded + failed > 0;
    return sentences(
      isNothingKnown ? findingsTab.policiesNotLoaded : isPartly ? findingsTab.policiesPartlyLoaded : '',
      // Why a policy could not be loaded is said in its row, below what was not checked.
      policiesNote({ ...policies, failure: '' }, now),
    );
  }

  /** Arranges the rows anew. Keeps focus, selection and place. */
  function show(): void {
    const { shown } = findings;
    summaryLine.textContent = shown ? summaryOf(shown) : findingsTab.checking;
    if (!shown) return;
    const { checkpoints, projects } = model;
    arranged = arrange(shown, {
      checkpoints,
      projects,
      search: searchText,
      sort: state.sort,
      expanded,
      reasonsOf,
      noteOf,
    });
    table.show(arranged.rows, state.sort);
    const { unusedDays, mostUnusedDays } = shown.summary;
    days.max = `${mostUnusedDays}`;
    if (document.activeElement !== days) days.value = `${unusedDays}`;
    summaryLine.textContent = metadata(
      summaryOf(shown),
      arranged.hidden > 0 ? searchHides(arranged.hidden) : '',
    );
    if (wantsFocus) table.focus();
    wantsFocus = false;
    showTools();
    watchWait();
  }

  function summaryOf({ summary, gaps }: NonNullable<FindingsModel['shown']>): string {
    return findingsInShort({ open: summary.open, permissions: summary.permissions, notChecked: gaps.length });
  }

  /** Arranges once in the next frame, while the tab is shown. */
  function scheduleShow(): void {
    if (isArrangeScheduled || !isShown) return;
    isArrangeScheduled = true;
    requestAnimationFrame(() => {
      isArrangeScheduled = false;
      show();
    });
  }

  function showTools(): void {
    const entries = selectedEntries();
    const unstaged = entries.filter(isUnstaged).length;
    setText(stageButton, stageSelected(unstaged));
    stageButton.disabled = unstaged === 0;
    unstageButton.hidden = !entries.some(isStaged);
    acceptButton.disabled = !entries.some(isOpen);
    removeButton.hidden = !entries.some(isAcceptedEntry);
    exportButton.disabled = !findings.shown;
  }

  /** Counts a wait down. */
  function watchWait(): void {
    const isWaiting = [findings.usage, findings.policies].some(
      (each) => each?.wait !== undefined && each.wait.until > model.now(),
    );
    if (isWaiting && isShown) countDown ??= setInterval(scheduleShow, 1000);
    else {
      clearInterval(countDown);
      countDown = undefined;
    }
  }

  function showResult(result: FindingsResult): void {
    const words = resultInWords(result);
    setText(saidText, words);
    reviewButton.hidden = result.did !== 'staged';
    said.hidden = false;
    context.announce(words);
    table.setSelected([]);
  }

  function chooseDays(): void {
    const number = Number(days.value);
    const { shown } = findings;
    if (!shown) return;
    if (Number.isInteger(number) && number >= 1 && number <= shown.summary.mostUnusedDays)
      send({ type: 'unusedDays', days: number });
    else days.value = `${shown.summary.unusedDays}`;
  }

  days.addEventListener('change', chooseDays);
  days.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') chooseDays();
  });
  table.element.addEventListener('focusin', () => {
    const row = table.focusedRow;
    setText(detail, row ? metadata(row.kind === 'gap' ? row.subject : '', reasonsOfRow(row)) : '');
  });
  context.onModelChange(scheduleShow);
  // What is old, and how long ago usage data was loaded, changes without a message.
  setInterval(() => {
    if (!isShown) return;
    send({ type: 'again' });
    scheduleShow();
  }, 60_000);

  return {
    id: 'findings',
    element: root,
    show() {
      isShown = true;
      show();
      table.scrollTop = state.scrollTop;
    },
    hide() {
      state = currentState();
      said.hidden = true;
      isShown = false;
      watchWait();
    },
    focus() {
      wantsFocus = table.rows.length === 0;
      if (!wantsFocus) table.focus();
    },
    receive(message) {
      const update = parseFindingsUpdate(message);
      if (!update) return;
      const hasChanged = findings.apply(update);
      const { shown } = findings;
      if (shown && update.summary) {
        const { open, accesses, mayBeMore } = shown.summary;
        context.setCount(openFindings(open, accesses, mayBeMore));
      }
      if (update.result) showResult(update.result);
      if (update.menu) onMenu(update.menu);
      if (hasChanged) scheduleShow();
    },
    search(words) {
      if (words === searchText) return;
      searchText = words;
      scheduleShow();
    },
    state: currentState,
    restore(kept) {
      state = parseFindingsState(kept);
      expanded = new Set(state.expanded);
    },
  };

  function currentState(): FindingsState {
    return {
      expanded: [...expanded],
      ...(state.sort && { sort: state.sort }),
      // A hidden table has no place.
      scrollTop: isShown ? table.scrollTop : state.scrollTop,
    };
  }

  function resultInWords(result: FindingsResult): string {
    switch (result.did) {
      case 'staged':
        return stagedInWords(result.revokes, result.others);
      case 'tooManyStaged':
        return tooManyToStage(result.count);
      case 'unstaged':
        return unstagedInWords(result.count);
      case 'accepted':
        return acceptedMany(result.count, result.until);
      case 'removed':
        return removedInWords(result.count);
      case 'leftToFile':
        return leftToFile(result.count);
    }
  }
}

function isOpen({ place }: FindingEntry): boolean {
  return place !== 'accepted';
}

function isAcceptedEntry({ place }: FindingEntry): boolean {
  return place === 'accepted';
}

function text(name: 'span', words: string): HTMLElement {
  const made = element(name, '');
  made.textContent = words;
  return made;
}

/** What the buttons of reused rows do now. */
const acts = new WeakMap<HTMLElement, () => void>();

/** The buttons in a cell of a reused row, as many as wanted, behind a mark. */
function buttonsIn(cell: HTMLElement, isAnswering: boolean, count: number, mark = ''): HTMLButtonElement[] {
  let first = cell.querySelector<HTMLElement>(':scope > .mark');
  if (!first) {
    first = element('span', 'mark');
    cell.replaceChildren(first);
  }
  setText(first, mark);
  first.hidden = mark === '';
  const buttons = [...cell.querySelectorAll('button')];
  for (const each of buttons.slice(count)) each.remove();
  while (buttons.length < count) {
    const made = element('button', '');
    made.type = 'button';
    made.addEventListener('click', () => acts.get(made)?.());
    cell.append(made);
    buttons.push(made);
  }
  for (const each of buttons) needsHost(each, isAnswering);
  return buttons.slice(0, count);
}

function setButton(target: HTMLElement, words: string, label: string, act: () => void): void {
  setText(target, words);
  if (target.getAttribute('aria-label') !== label) target.setAttribute('aria-label', label);
  acts.set(target, act);
}
