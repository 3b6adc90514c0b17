import { Matrix } from '../../access/matrix/matrix';
import { MatrixReader } from '../../access/matrix/reader';
import { stageCells } from '../../access/matrix/staging';
import type { Organization } from '../../access/organization';
import { APIUserAbortError } from '../../openai';
import { type PageRequest, type PageUpdate, parsePageRequest } from '../../protocol/matrix';
import { plainText } from '../../text/plainText';
import { projectsNote } from '../../words/matrix';
import { projectNamesNote } from '../../words/projects';
import { checkpointHeading, projectHeadings, reasonOf, rowMessage } from './headings';
import { Keys } from './keys';

/** What a session needs of the window around it. */
export interface Dependencies {
  post(message: PageUpdate): void;
  /** Shows the plan of what is staged, and applies it if the person agrees. */
  preview(): Promise<void>;
  /** Calls back in a moment, so that many changes are told together. Returns what prevents it. */
  schedule(act: () => void): () => void;
  readonly now?: () => number;
}

/** What has changed since the page was told last. */
interface PendingUpdate {
  readonly rows: Set<string>;
  checkpoints: boolean;
  projects: boolean;
  staged: boolean;
}

/**
 * What an open matrix does apart from its window: tells the page what is known of an organization whenever that changes,
 * has what is in sight read, and stages what the person wants. It knows nothing of the editor.
 */
export class MatrixSession {
  readonly #matrix: Matrix;
  readonly #reader: MatrixReader;
  readonly #checkpoints = new Keys();
  readonly #projects = new Keys();
  readonly #now: () => number;
  readonly #unsubscribe: (() => void)[];
  #pending: PendingUpdate = emptyUpdate();
  #cancelPendingUpdate: (() => void) | undefined;
  /** Nothing is told before the page says that it is there. */
  #isReady = false;
  #isVisible = false;
  #isPreviewing = false;
  /** The rows that were being read when that was last looked at: the store tells only what came of it. */
  #loadingRows: ReadonlySet<string> = new Set();
  /** How many projects the page was told of, to notice those that came with a list. */
  #sentProjectCount = 0;

  constructor(
    private readonly organization: Organization,
    private readonly dependencies: Dependencies,
  ) {
    this.#now = dependencies.now ?? Date.now;
    this.#matrix = new Matrix(organization, this.#now);
    this.#reader = new MatrixReader(organization);
    const { catalog, permissions, projects, staged, owners } = organization;
    this.#unsubscribe = [
      catalog.onDidChange(() => this.#queueUpdate({ checkpoints: true, rows: catalog.ids })),
      permissions.onDidChange((id) => this.#queueUpdate({ rows: [id] })),
      projects.onDidChange(() => this.#queueUpdate({ projects: true })),
      owners.onDidChange((id) => this.#queueUpdate({ rows: [id] })),
      staged.onDidChange(() => this.#queueUpdate({ staged: true })),
      this.#reader.onDidChange(() => this.#onReaderChange()),
    ];
  }

  /** A message of the page; what is none is passed over. */
  receive(value: unknown): void {
    const message = parsePageRequest(value);
    if (message) this.#handle(message);
  }

  /** Whether the person can see the page. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (isVisible) {
      if (this.#isReady) this.#reader.look();
      return;
    }
    // A page out of sight is gone, and says when it is back.
    this.#isReady = false;
    this.#reader.lookAway();
  }

  dispose(): void {
    this.#cancelPendingUpdate?.();
    this.#reader.dispose();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #handle(message: PageRequest): void {
    switch (message.type) {
      case 'ready':
        this.#sendFullState();
        break;
      case 'visible':
        this.#reader.setInSight(this.#listedIds(message.checkpoints));
        break;
      case 'load':
        this.#reader.again(this.#listedIds(message.checkpoints));
        break;
      case 'refresh':
        this.#reader.again();
        break;
      case 'stop':
        this.#reader.stop();
        break;
      case 'resume':
        this.#reader.resume();
        break;
      case 'stage':
        this.#stage(message);
        break;
      case 'discard':
        this.organization.staged.clear();
        break;
      case 'preview':
        void this.#preview();
    }
  }

  #stage({ checkpoints, projects, action }: Extract<PageRequest, { type: 'stage' }>): void {
    const cells = { checkpoints: this.#listedIds(checkpoints), projects: this.#projects.idsOf(projects) };
    const refused = stageCells(this.#matrix, this.organization, cells, action);
    // Not in a moment: it is the answer to a key that was pressed.
    this.#sendUpdate({
      refused: refused.map(({ checkpoint, project, ...why }) => ({
        ...why,
        checkpoint: this.#checkpoints.keyOf(checkpoint),
        project: this.#projects.keyOf(project),
      })),
    });
  }

  /** A page has come, or has come back into sight and forgotten everything. */
  #sendFullState(): void {
    this.#isReady = true;
    const { name, isSample, catalog } = this.organization;
    if (this.#isVisible) this.#reader.look();
    this.#pending = { rows: new Set(catalog.ids), checkpoints: true, projects: true, staged: true };
    this.#sendUpdate({ organization: { name: plainText(name, 100), isSample } });
  }

  async #preview(): Promise<void> {
    // A second press of the button asks the same question.
    if (this.#isPreviewing) return;
    this.#isPreviewing = true;
    await this.dependencies.preview().finally(() => {
      this.#isPreviewing = false;
    });
  }

  #listedIds(keys: readonly number[]): string[] {
    return this.#checkpoints.idsOf(keys).filter((id) => this.organization.catalog.has(id));
  }

  #onReaderChange(): void {
    const [before, now] = [this.#loadingRows, new Set(this.#reader.underWay)];
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

  /** Tells everything that has changed, with what else there is to say. */
  #sendUpdate(also: Pick<PageUpdate, 'organization' | 'refused'>): void {
    this.#cancelPendingUpdate?.();
    this.#cancelPendingUpdate = undefined;
    const untold = this.#pending;
    this.#pending = emptyUpdate();
    const { catalog } = this.organization;
    const rows = [...untold.rows].filter((id) => catalog.has(id)).map((id) => this.#row(id));
    const projects = this.#matrix.projects;
    // Projects that only permissions name come with the lists.
    const areNew = untold.projects || projects.length !== this.#sentProjectCount;
    this.#sentProjectCount = projects.length;
    this.dependencies.post({
      type: 'matrix',
      ...also,
      ...(untold.checkpoints && { checkpoints: this.#checkpointHeadings() }),
      ...(areNew && {
        projects: projectHeadings(this.organization, projects, this.#projects),
        projectsNote: this.#projectsNote(),
      }),
      ...(rows.length > 0 && { rows }),
      ...(untold.staged && this.#stagedParts()),
      progress: this.#reader.progress,
    });
  }

  #checkpointHeadings() {
    return this.#matrix.checkpoints.map((each) => checkpointHeading(this.#checkpoints.keyOf(each.id), each));
  }

  #row(id: string) {
    return rowMessage(this.#checkpoints.keyOf(id), this.#matrix.row(id), this.#projects);
  }

  #stagedParts(): Pick<PageUpdate, 'staged' | 'failures'> {
    const { changes } = this.organization.staged;
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
    const standing = this.organization.projectsStanding;
    const isStopped = standing.failure instanceof APIUserAbortError;
    const names = projectNamesNote(standing, this.#now());
    return plainText(projectsNote(standing, names, isStopped), 1000);
  }
}

function emptyUpdate(): PendingUpdate {
  return { rows: new Set(), checkpoints: false, projects: false, staged: false };
}
