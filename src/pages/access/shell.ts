import type { VscodeTabs } from '@vscode-elements/elements/dist/vscode-tabs/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { type PageMessage, type ShellUpdate, type TabId, tabIds } from '../../protocol/accessPage';
import { steadyNow } from '../../text/steadyClock';
import { notAnswering, organizationClosed, otherOrganizationShown } from '../../words/accessPage';
import { progressAloud, progressWithWait } from '../../words/matrix';
import { byId, setTextOf } from './element';
import { onMessage, savedState, saveState, sendRequest } from './host';
import { createMatrixTab } from './matrix/matrixTab';
import { MatrixModel } from './matrix/model';
import { Silence } from './silence';
import type { PageTab, TabContext } from './tab';
import { tabMakers } from './tabMakers';

/** Tabs that show nothing of the lists of permissions. They say no more of them than that they are being loaded. */
const withoutLists: ReadonlySet<TabId> = new Set(['history', 'changes', 'explain']);

/** How long a text for screen readers stays in the page. They take it as it comes. */
const sayingMs = 1000;

/** The page around its tabs: organization, search, progress of loading, tabs, and whether the extension answers. */
export function createShell(): void {
  const model = new MatrixModel();
  const saved = savedState();
  const modelListeners: (() => void)[] = [];
  const tabs = new Map<TabId, PageTab>();
  const restored = new Set<TabId>();
  const host = byId<VscodeTabs>('tabs');
  const select = byId<HTMLSelectElement>('tab-select');
  const search = byId<VscodeTextfield>('search');
  let selected: TabId = tabIds.find((id) => id === saved.tab) ?? 'matrix';
  let searchText = typeof saved.search === 'string' ? saved.search : '';
  let organization: ShellUpdate['organization'];
  let isSaving = false;
  let searchFrame = 0;
  let countDown: ReturnType<typeof setInterval> | undefined;
  let unsaying: ReturnType<typeof setTimeout> | undefined;

  const silence = new Silence({
    ping: () => sendRequest({ to: 'page', request: { type: 'ping' } }),
    onChange(isSilent, since) {
      byId('silent').hidden = !isSilent;
      if (isSilent) setTextOf('silent-text', notAnswering(since, steadyNow()));
      showAnswering();
    },
  });
  const isAnswering = (): boolean => !silence.isSilent && organization?.use === 'inUse';

  function contextOf(id: TabId): TabContext {
    return {
      model,
      onModelChange: (listener) => void modelListeners.push(listener),
      send: (request) => sendRequest({ to: id, request }),
      load(checkpoints) {
        if (checkpoints.length > 0 && isAnswering())
          sendRequest({ to: 'matrix', request: { type: 'load', checkpoints } });
      },
      saveState: keepState,
      announce,
      showTab,
      setCount: (count) => setCount(id, count),
      get isAnswering() {
        return isAnswering();
      },
    };
  }

  function setCount(id: TabId, count: string): void {
    const badge = byId(`count-${id}`);
    badge.hidden = count === '';
    setTextOf(badge.id, count);
    const option = select.options[tabIds.indexOf(id)];
    const name = option?.dataset.name ?? option?.textContent ?? '';
    if (option) {
      option.dataset.name = name;
      option.textContent = count === '' ? name : `${name} (${count})`;
    }
  }

  function headerOf(id: TabId): HTMLElement | null {
    return host.querySelector(`[data-tab="${id}"]`);
  }

  function announce(text: string): void {
    clearTimeout(unsaying);
    setTextOf('announced', text);
    // Said once: who reads the page doesn't meet it again, and the same text can be said a second time.
    unsaying = setTimeout(() => setTextOf('announced', ''), sayingMs);
  }

  function tabOf(id: TabId): PageTab {
    const known = tabs.get(id);
    if (known) return known;
    const tab = id === 'matrix' ? createMatrixTab(contextOf(id)) : tabMakers[id](contextOf(id));
    tabs.set(id, tab);
    const panel = byId(`panel-${id}`);
    if (tab.element !== panel) panel.append(tab.element);
    tab.restore(saved[id]);
    restored.add(id);
    return tab;
  }

  /** Shows a tab. Its keyboard focus stays in the list of tabs unless `takeFocus`. */
  function showTab(id: TabId, takeFocus = true): void {
    const before = tabs.get(selected);
    if (id !== selected) before?.hide();
    selected = id;
    host.selectedIndex = tabIds.indexOf(id);
    select.value = id;
    const tab = tabOf(id);
    byId('top').classList.toggle('without-search', tab.isSearchable === false);
    tab.search(searchText);
    tab.show();
    showProgress();
    // It loads the lists again. The history has buttons of its own.
    byId('refresh').hidden = id === 'history';
    sendRequest({ to: 'page', request: { type: 'tab', tab: id } });
    if (takeFocus) void host.updateComplete.then(() => tab.focus());
    keepState();
  }

  /** Shows the field of the search where there is no room for it all the time. It stays while it filters. */
  function showSearch(isWanted = false): void {
    byId('top').classList.toggle('searching', isWanted || search.value !== '');
  }

  function clearSearch(): void {
    search.value = '';
    setSearch('');
  }

  function openSearch(): void {
    if (tabOf(selected).isSearchable === false) return;
    showSearch(true);
    search.focus();
  }

  function setSearch(text: string): void {
    searchText = text;
    // Keys that come together are one search. A person who types waits for each.
    cancelAnimationFrame(searchFrame);
    searchFrame = requestAnimationFrame(() => {
      tabOf(selected).search(text);
      keepState();
    });
  }

  /** Keeps the state of the page, once for changes that come together. */
  function keepState(): void {
    if (isSaving) return;
    isSaving = true;
    setTimeout(() => {
      isSaving = false;
      const states = [...tabs].map(([id, tab]) => [id, tab.state()] as const);
      // A tab that was not opened again keeps the state that it had.
      saveState({
        ...saved,
        ...Object.fromEntries(states),
        tab: selected,
        search: searchText,
        organization: document.documentElement.dataset.organization,
      });
    }, 50);
  }

  function receive(message: PageMessage): void {
    silence.heard();
    if (message.to === 'page') {
      receiveShell(message.update);
      return;
    }
    tabOf(message.to).receive(message.update);
    if (message.to !== 'matrix') return;
    showModel();
    for (const listener of modelListeners) listener();
  }

  function receiveShell(update: ShellUpdate): void {
    if (update.organization) {
      organization = update.organization;
      setTextOf('title', organization.name);
      const { use } = organization;
      byId('unused').hidden = use === 'inUse';
      if (use !== 'inUse')
        setTextOf('unused-text', use === 'other' ? otherOrganizationShown : organizationClosed);
      showAnswering();
    }
    if (update.search !== undefined) {
      search.value = update.search;
      showSearch();
      setSearch(update.search);
    }
    if (update.tab) showTab(update.tab);
    if (update.move) {
      const to = tabIds[(tabIds.indexOf(selected) + update.move + tabIds.length) % tabIds.length];
      if (to) showTab(to);
    }
  }

  /** Shows the progress of loading, and how many changes are staged. */
  function showModel(): void {
    const { progress } = model;
    clearInterval(countDown);
    const tell = (): void => setTextOf('progress', progressWithWait(progress, progress.wait, steadyNow()));
    tell();
    if (progress.wait) countDown = setInterval(tell, 1000);
    showProgress();
    announce(progressAloud(progress));
    if (!tabs.has('changes')) setCount('changes', stagedBadge());
  }

  function showProgress(): void {
    const { done, total, failed, isLoading, isStopped } = model.progress;
    const loading = byId('loading');
    loading.hidden = withoutLists.has(selected) && !isLoading;
    // Where room is short, nothing says that everything is loaded.
    loading.classList.toggle('done', !isLoading && done === total && failed === 0);
    byId('stop').hidden = !isLoading;
    byId('resume').hidden = !isStopped || isLoading;
  }

  function stagedBadge(): string {
    const staged = model.grants + model.revokes;
    return staged === 0 ? '' : `${staged}`;
  }

  /** Disables what can't work while the extension doesn't answer or shows another organization. */
  function showAnswering(): void {
    document.body.classList.toggle('not-answering', !isAnswering());
    for (const each of document.querySelectorAll<HTMLElement>('[data-needs-host]')) {
      each.toggleAttribute('inert', !isAnswering());
    }
  }

  host.addEventListener('vsc-tabs-select', () => {
    const id = tabIds[host.selectedIndex];
    if (id && id !== selected) showTab(id, false);
  });
  // The list of tabs selects by Enter; Space, Home and End are of the same pattern.
  host.addEventListener('keydown', (event) => {
    const header = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tab]') : null;
    const id = tabIds.find((each) => header?.dataset.tab === each);
    if (!id) return;
    if (event.key === ' ') showTab(id, false);
    else if (event.key === 'Home') headerOf(tabIds[0])?.focus();
    else if (event.key === 'End') headerOf(tabIds[tabIds.length - 1] ?? 'matrix')?.focus();
    else return;
    event.preventDefault();
  });
  select.addEventListener('change', () => {
    const id = tabIds[select.selectedIndex];
    if (id) showTab(id, false);
  });
  search.addEventListener('input', () => setSearch(search.value));
  search.addEventListener('focusout', () => showSearch());
  byId('search-button').addEventListener('click', openSearch);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      openSearch();
    } else if (event.key === 'Escape' && document.activeElement === search) {
      // The first one clears the search, as in every field of this kind.
      if (search.value !== '') clearSearch();
      else {
        showSearch();
        tabOf(selected).focus();
      }
      event.preventDefault();
    }
  });
  const onClick = (id: string, act: () => void): void => byId(id).addEventListener('click', act);
  for (const type of ['stop', 'resume', 'refresh'] as const)
    onClick(type, () => sendRequest({ to: 'matrix', request: { type } }));
  for (const type of ['switch', 'close'] as const)
    onClick(type, () => sendRequest({ to: 'page', request: { type } }));

  void host.updateComplete.then(() => nameTabList(host));
  search.value = searchText;
  showSearch();
  onMessage(receive);
  // The matrix feeds the model of all tabs.
  tabOf('matrix').search(searchText);
  showTab(selected, document.hasFocus());
  sendRequest({ to: 'page', request: { type: 'ready', tab: selected } });
}

/** Gives the list of tabs the name of its element, and one role: its element has a list in a list, without a name. */
function nameTabList(host: VscodeTabs): void {
  const list = host.shadowRoot?.querySelector('.tablist');
  list?.setAttribute('aria-label', host.getAttribute('aria-label') ?? '');
  list?.querySelector('slot')?.removeAttribute('role');
}
