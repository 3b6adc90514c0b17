import type { Organization } from '../../access/organization';
import {
  type PageMessage,
  type PageOrganization,
  parseHostMessage,
  type ShellRequest,
  type ShellUpdate,
  type TabId,
} from '../../protocol/accessPage';
import { plainText } from '../../text/plainText';
import type { PageActions } from './actions';
import { Keys } from './keys';
import { MatrixSession } from './matrix/session';
import type { TabDependencies, TabSession } from './tabSession';
import { sessionMakers } from './tabs';

/** Functions of the window that a page's session calls. */
export interface PageDependencies {
  post(message: PageMessage): void;
  /** Calls back after a short delay, to batch changes into one update. Returns a function that cancels it. */
  schedule(act: () => void): () => void;
  actionsOf(organization: Organization): PageActions;
  /** Shows the organization of the page in the window. */
  switchOrganization(): void;
  close(): void;
  readonly now?: () => number;
}

/** The tabs that show who has access, for which lists are loaded. */
const showLists: Readonly<Record<TabId, boolean>> = {
  matrix: true,
  permissions: true,
  findings: true,
  history: false,
  changes: false,
  explain: false,
};

/** The sessions of one organization, and the organization. */
interface Binding {
  readonly organization: Organization;
  readonly keys: TabDependencies['keys'];
  readonly matrix: MatrixSession;
  readonly tabs: Map<TabId, TabSession>;
}

/**
 * The controller of an Access page: passes messages to the session of each tab, and tells each whether it is visible. It
 * doesn't depend on VS Code.
 */
export class PageSession {
  #binding: Binding | undefined;
  #use: PageOrganization['use'] = 'closed';
  #name: string;
  #tab: TabId = 'matrix';
  /** What to select when the page is ready. */
  #wanted: Pick<ShellUpdate, 'tab' | 'search'> = {};
  /** The filter to set in a tab when there is an organization. */
  #wantedFilter: { readonly tab: TabId; readonly filter: unknown } | undefined;
  /** Whether the page has sent `ready`, since it was shown. Nothing is sent before that. */
  #isReady = false;
  #isVisible = false;
  /** The sessions whose tabs have all that they show. From then on they send what changes. */
  readonly #told = new WeakSet<TabSession>();
  #startsStopped: boolean;

  /** @param startsStopped loads nothing until a person resumes it: the page was restored with its window */
  constructor(
    name: string,
    private readonly dependencies: PageDependencies,
    startsStopped = false,
  ) {
    this.#name = name;
    this.#startsStopped = startsStopped;
  }

  get organization(): Organization | undefined {
    return this.#binding?.organization;
  }

  /** Shows an organization, or another state of it, in place of the one before. */
  bind(organization: Organization): void {
    if (this.#binding?.organization !== organization) {
      this.#unbind();
      const keys = { checkpoints: new Keys(), projects: new Keys() };
      const matrix = new MatrixSession(this.#dependenciesOf('matrix', organization, keys));
      this.#binding = { organization, keys, matrix, tabs: new Map([['matrix', matrix]]) };
      if (this.#startsStopped) matrix.stop();
      this.#startsStopped = false;
    }
    this.#use = 'inUse';
    this.#filterTab();
    this.#sendAll();
  }

  #filterTab(): void {
    if (!this.#binding || !this.#wantedFilter) return;
    const { tab, filter } = this.#wantedFilter;
    this.#wantedFilter = undefined;
    this.#sessionOf(tab)?.filterBy?.(filter);
  }

  /** The window no longer shows the organization. What was loaded stays in sight. */
  release(use: Exclude<PageOrganization['use'], 'inUse'>): void {
    this.#use = use;
    this.#update();
    this.#sendShell({});
  }

  /** Sends the name of the organization again, which may have been renamed. */
  rename(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#sendShell({});
  }

  /** Selects a tab, and sets the search and the filter of the tab. */
  show({
    tab,
    search,
    filter,
  }: {
    readonly tab?: TabId | undefined;
    readonly search?: string | undefined;
    readonly filter?: unknown;
  }): void {
    if (tab && filter !== undefined) {
      this.#wantedFilter = { tab, filter };
      this.#filterTab();
    }
    const wanted = { ...(tab && { tab }), ...(search !== undefined && { search }) };
    if (this.#isReady) this.dependencies.post({ to: 'page', update: { type: 'shell', ...wanted } });
    else this.#wanted = { ...this.#wanted, ...wanted };
  }

  move(by: 1 | -1): void {
    if (this.#isReady) this.dependencies.post({ to: 'page', update: { type: 'shell', move: by } });
  }

  /** The page was shown or hidden. VS Code discards a hidden page, which sends `ready` again when it is back. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (!isVisible) {
      this.#isReady = false;
      this.#binding?.matrix.suspend();
    }
    this.#update();
  }

  /** Handles a message of the page. Ignores an invalid one. */
  receive(value: unknown): void {
    const message = parseHostMessage(value);
    if (message?.to === 'page') this.#handle(message.request);
    else if (message && this.#use === 'inUse') this.#sessionOf(message.to)?.receive(message.request);
  }

  dispose(): void {
    this.#unbind();
  }

  #handle(request: ShellRequest): void {
    switch (request.type) {
      case 'ready':
        // What is not to be shown loads nothing in between.
        this.#tab = this.#wanted.tab ?? request.tab;
        this.#isReady = true;
        this.#sendAll();
        break;
      case 'tab':
        this.#select(request.tab);
        break;
      case 'ping':
        this.dependencies.post({ to: 'page', update: { type: 'shell' } });
        break;
      case 'switch':
        this.dependencies.switchOrganization();
        break;
      case 'close':
        this.dependencies.close();
    }
  }

  #select(tab: TabId): void {
    this.#tab = tab;
    const session = this.#sessionOf(tab);
    // A session may be older than its tab in the page: a filter was set before.
    if (session && this.#isReady && !this.#told.has(session)) this.#tell(session);
    this.#update();
  }

  #sendAll(): void {
    if (!this.#isReady) return;
    this.#sendShell(this.#wanted);
    this.#wanted = {};
    this.#sessionOf(this.#tab);
    for (const session of this.#binding?.tabs.values() ?? []) this.#tell(session);
    this.#update();
  }

  /** Sends all that a tab shows. */
  #tell(session: TabSession): void {
    this.#told.add(session);
    session.sendAll();
  }

  #sendShell(more: Pick<ShellUpdate, 'tab' | 'search'>): void {
    if (!this.#isReady) return;
    const organization: PageOrganization = {
      name: plainText(this.#name, 100),
      isSample: this.#binding?.organization.isSample ?? false,
      use: this.#use,
    };
    this.dependencies.post({ to: 'page', update: { type: 'shell', organization, ...more } });
  }

  /** Tells each session whether its tab is visible. */
  #update(): void {
    const isInUse = this.#isVisible && this.#isReady && this.#use === 'inUse';
    for (const [tab, session] of this.#binding?.tabs ?? []) {
      session.setVisible(isInUse && (tab === 'matrix' ? showLists[this.#tab] : tab === this.#tab));
    }
  }

  /** The session of a tab, made when it is first needed. */
  #sessionOf(tab: TabId): TabSession | undefined {
    if (!this.#binding) return undefined;
    const { organization, keys, tabs } = this.#binding;
    const known = tabs.get(tab);
    if (known || tab === 'matrix') return known;
    const session = sessionMakers[tab](this.#dependenciesOf(tab, organization, keys));
    tabs.set(tab, session);
    return session;
  }

  #dependenciesOf(
    to: TabId,
    organization: Organization,
    keys: TabDependencies['keys'],
  ): TabDependencies<unknown> {
    const { schedule, actionsOf, now } = this.dependencies;
    return {
      organization,
      keys,
      schedule,
      actions: actionsOf(organization),
      post: (update) => {
        if (this.#isReady) this.dependencies.post({ to, update });
      },
      ...(now && { now }),
    };
  }

  #unbind(): void {
    for (const session of this.#binding?.tabs.values() ?? []) session.dispose();
    // Whether its tab was shown or not, nobody can decide about a plan any more. The staged changes stay.
    this.#binding?.organization.proposals.closePage();
    this.#binding = undefined;
  }
}
