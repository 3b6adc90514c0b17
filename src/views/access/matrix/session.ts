import { explanationOf } from '../../../access/explain/explainAccess';
import { MatrixLoader } from '../../../access/matrix/loader';
import { Matrix } from '../../../access/matrix/matrix';
import { stageCells } from '../../../access/matrix/staging';
import type { Organization } from '../../../access/organization';
import { type Steps, WorkInOrder } from '../../../access/slices';
import { APIUserAbortError } from '../../../openai';
import {
  type CellVerdict,
  type PageRequest,
  type PageUpdate,
  type ProgressMessage,
  parsePageRequest,
  type RowMessage,
} from '../../../protocol/matrix';
import { waitMessage } from '../../../protocol/wait';
import { plainText } from '../../../text/plainText';
import { beyondPermission } from '../../../words/explain';
import { projectsNote } from '../../../words/matrix';
import { projectNamesNote } from '../../../words/projects';
import { namesOf } from '../explain/shown';
import type { Keys } from '../keys';
import type { TabDependencies, TabSession } from '../tabSession';
import { checkpointHeading, projectHeadings, reasonOf, rowMessage } from './headings';

/** The headings and entries in one update, beyond which rows wait for the next one: more would block the host. */
const mostEntries = 3000;

/** The parts that changed since the last update to the page. */
interface PendingUpdate {
  readonly rows: Set<string>;
  checkpoints: boolean;
  projects: boolean;
  staged: boolean;
  cell: boolean;
}

/**
 * The controller of an open matrix: sends changes of an organization's data to the page, loads the visible rows, and
 * stages changes. It doesn't depend on VS Code.
 */
export class MatrixSession implements TabSession {
  readonly #matrix: Matrix;
  readonly #staging = new WorkInOrder();
  readonly #loader: MatrixLoader;
  readonly #organization: Organization;
  readonly #checkpoints: Keys;
  readonly #projects: Keys;
  readonly #now: () => number;
  readonly #unsubscribe: (() => void)[];
  #pending: PendingUpdate = emptyUpdate();
  #cancelPendingUpdate: (() => void) | undefined;
  /** Whether the page has sent `ready`. No update is sent before that. */
  #isReady = false;
  #isVisible = false;
  /** The rows that were loading at the last loader event. The store reports only results, not the start of a read. */
  #loadingRows: ReadonlySet<string> = new Set();
  /** Number of projects in the last update, to detect projects that a permission list added. */
  #sentProjectCount = 0;
  /** The cell that the page asked about last. */
  #asked: Pick<CellVerdict, 'checkpoint' | 'project'> | undefined;

  constructor(private readonly dependencies: TabDependencies<PageUpdate>) {
    const { organization, keys } = dependencies;
    this.#organization = organization;
    this.#checkpoints = keys.checkpoints;
    this.#projects = keys.projects;
    this.#now = dependencies.now ?? Date.now;
    this.#matrix = new Matrix(organization, this.#now);
    this.#loader = new MatrixLoader(organization);
    const { catalog, permissions, projects, staged, owners } = organization;
    this.#unsubscribe = [
      catalog.onDidChange(() => this.#queueUpdate({ checkpoints: true, rows: catalog.ids })),
      permissions.onDidChange((id) => this.#queueUpdate({ rows: [id] })),
      projects.onDidChange(() => this.#queueUpdate({ projects: true })),
      owners.onDidChange((id) => this.#queueUpdate({ rows: [id] })),
      staged.onDidChange(() => this.#queueUpdate({ staged: true })),
      organization.gates.onDidChange(() => this.#onGatesChange()),
      this.#loader.onDidChange(() => this.#onLoaderChange()),
    ];
  }

  /** Handles a message of the page. Ignores an invalid one. */
  receive(value: unknown): void {
    const message = parsePageRequest(value);
    if (message) this.#handle(message);
  }

  /** Starts loading when a tab that shows the lists becomes visible, and pauses it when hidden. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (!isVisible) this.#loader.hide();
    else if (this.#isReady) this.#loader.show();
  }

  /** The page is gone, as VS Code discards a hidden one. Nothing is made for it until it is back. */
  suspend(): void {
    this.#isReady = false;
  }

  /** Loads nothing until a person resumes it. */
  stop(): void {
    this.#loader.stop();
  }

  dispose(): void {
    this.#cancelPendingUpdate?.();
    this.#loader.dispose();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #handle(message: PageRequest): void {
    this.#staging.finish();
    switch (message.type) {
      case 'visible':
        this.#loader.setVisibleRows(this.#listedIds(message.checkpoints));
        break;
      case 'load':
        this.#loader.reload(this.#listedIds(message.checkpoints));
        break;
      case 'refresh':
        this.#loader.reload();
        break;
      case 'stop':
        this.#loader.stop();
        break;
      case 'resume':
        this.#loader.resume();
        break;
      case 'stage':
        this.#staging.begin(this.#stage(message));
        break;
      case 'cell':
        this.#asked = message;
        this.#sendUpdate({ cell: this.#cellVerdict(message) });
        break;
      case 'discard':
        this.#organization.staged.clear();
        break;
    }
  }

  /** What is loaded says about a cell beyond its permission. */
  #cellVerdict({ checkpoint, project }: Pick<CellVerdict, 'checkpoint' | 'project'>): CellVerdict {
    const [id, projectId] = [this.#checkpoints.idOf(checkpoint), this.#projects.idOf(project)];
    const isListed = id !== undefined && projectId !== undefined && this.#organization.catalog.has(id);
    if (!isListed) return { checkpoint, project, text: '' };
    const explanation = explanationOf(this.#organization, projectId, id);
    const names = namesOf(this.#organization, { project: projectId, checkpoint: id });
    return { checkpoint, project, text: plainText(beyondPermission(explanation, names), 1000) };
  }

  /** What decides about access was loaded: the page may have to say something else about its cell. */
  #onGatesChange(): void {
    if (this.#asked) this.#queueUpdate({ cell: true });
  }

  *#stage({ checkpoints, projects, action }: Extract<PageRequest, { type: 'stage' }>): Steps<void> {
    const cells = { checkpoints: this.#listedIds(checkpoints), projects: this.#projects.idsOf(projects) };
    const refused = yield* stageCells(this.#matrix, this.#organization, cells, action);
    // Not debounced: it responds to a key press.
    this.#sendUpdate({
      refused: refused.map(({ checkpoint, project, ...why }) => ({
        ...why,
        checkpoint: this.#checkpoints.keyOf(checkpoint),
        project: this.#projects.keyOf(project),
      })),
    });
  }

  sendAll(): void {
    this.#isReady = true;
    const { catalog } = this.#organization;
    if (this.#isVisible) this.#loader.show();
    this.#pending = {
      rows: new Set(catalog.ids),
      checkpoints: true,
      projects: true,
      staged: true,
      cell: this.#asked !== undefined,
    };
    this.#sendUpdate({ organization: this.#name() });
  }

  #name(): NonNullable<PageUpdate['organization']> {
    const { name, isSample } = this.#organization;
    return { name: plainText(name, 100), isSample };
  }

  #listedIds(keys: readonly number[]): string[] {
    return this.#checkpoints.idsOf(keys).filter((id) => this.#organization.catalog.has(id));
  }

  #onLoaderChange(): void {
    const [before, now] = [this.#loadingRows, new Set(this.#loader.loading)];
    this.#loadingRows = now;
    const rows = [...before, ...now].filter((id) => before.has(id) !== now.has(id));
    this.#queueUpdate({ rows });
  }

  #queueUpdate({
    rows = [],
    ...parts
  }: Partial<Omit<PendingUpdate, 'rows'>> & { readonly rows?: Iterable<string> }): void {
    Object.assign(this.#pending, parts);
    for (const row of rows) this.#pending.rows.add(row);
    if (!this.#isReady) return;
    this.#cancelPendingUpdate ??= this.dependencies.schedule(() => this.#sendUpdate({}));
  }

  /** Sends all pending changes, with the given further parts. */
  #sendUpdate(also: Pick<PageUpdate, 'organization' | 'refused' | 'cell'>): void {
    this.#cancelPendingUpdate?.();
    this.#cancelPendingUpdate = undefined;
    const untold = this.#pending;
    this.#pending = emptyUpdate();
    const { projectCount } = this.#matrix;
    let room = mostEntries;
    if (untold.checkpoints) room -= this.#organization.catalog.ids.length;
    if (untold.staged) room -= this.#organization.staged.size;
    // A permission list may add projects that no project list has.
    let areNew = untold.projects || projectCount !== this.#sentProjectCount;
    // Many projects wait for an update of their own.
    if (areNew && projectCount > room && (untold.checkpoints || untold.staged)) {
      areNew = false;
      this.#queueUpdate({ projects: true });
    } else this.#sentProjectCount = projectCount;
    if (areNew) room -= projectCount;
    const { rows, later } = this.#takeRows(untold.rows, room);
    if (later.length > 0) this.#queueUpdate({ rows: later });
    this.dependencies.post({
      type: 'matrix',
      now: this.#now(),
      ...also,
      ...(untold.checkpoints && { checkpoints: this.#checkpointHeadings() }),
      ...(areNew && {
        projects: projectHeadings(this.#organization, this.#matrix.projects, this.#projects),
        projectsNote: this.#projectsNote(),
      }),
      ...(rows.length > 0 && { rows }),
      ...(untold.staged && this.#stagedParts()),
      ...(untold.cell && this.#asked && { cell: this.#cellVerdict(this.#asked) }),
      progress: this.#progress(),
    });
  }

  /** The first rows, as many as an update has room for, at least one if there is any room, and the other checkpoints. */
  #takeRows(checkpoints: ReadonlySet<string>, room: number): { rows: RowMessage[]; later: string[] } {
    const { catalog } = this.#organization;
    const listed = [...checkpoints].filter((id) => catalog.has(id));
    const rows: RowMessage[] = [];
    for (let taken = 0; taken < room; ) {
      const next = listed[rows.length];
      if (next === undefined) break;
      const row = this.#row(next);
      rows.push(row);
      taken += row.permissions.length;
    }
    return { rows, later: listed.slice(rows.length) };
  }

  #progress(): ProgressMessage {
    const { wait: waiting, ...progress } = this.#loader.progress;
    const wait = waiting && waitMessage(waiting, this.#organization.permissions.now());
    return { ...progress, ...(wait && { wait }) };
  }

  #checkpointHeadings() {
    return this.#matrix.checkpoints.map((each) =>
      checkpointHeading(this.#organization, this.#checkpoints.keyOf(each.id), each),
    );
  }

  #row(id: string) {
    return rowMessage(this.#checkpoints.keyOf(id), this.#matrix.row(id), this.#projects);
  }

  #stagedParts(): Pick<PageUpdate, 'staged' | 'failures'> {
    const { changes } = this.#organization.staged;
    const keys = changes.map(
      ({ checkpoint, project }) =>
        [this.#checkpoints.keyOf(checkpoint), this.#projects.keyOf(project)] as const,
    );
    const entries = changes.map((change, index) => ({ ...change, at: keys[index] ?? ([0, 0] as const) }));
    return {
      staged: entries.map(({ at, action }) => [...at, action] as const),
      failures: entries
        .filter(({ failure }) => failure !== undefined)
        .map(({ at, failure }) => [...at, reasonOf(failure)] as const),
    };
  }

  #projectsNote(): string {
    const standing = this.#organization.projectsStanding;
    const isStopped = standing.failure instanceof APIUserAbortError;
    const names = projectNamesNote(standing, this.#now());
    return plainText(projectsNote(standing, names, isStopped), 1000);
  }
}

function emptyUpdate(): PendingUpdate {
  return { rows: new Set(), checkpoints: false, projects: false, staged: false, cell: false };
}
