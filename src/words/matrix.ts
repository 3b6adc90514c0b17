import { hasShutDown, type Retirement } from '../access/catalog/retirement';
import type { ProjectsStanding } from '../access/loading/projectsStanding';
import type {
  Cell,
  LoadingProgress,
  RefusedCells,
  RowStanding,
  StagedAction,
  Wait,
} from '../access/matrix/cell';
import { ago, dayInWords, dayOf, exactly } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { shutdownInWords } from './shutdown';
import { doubtsInWords, incompleteInWords, standingInWords } from './standing';
import { waitInWords } from './waiting';

// What the access matrix says. The page runs this too. `now` in milliseconds since 1970. Names come from a server: they
// are safe to show, and are never HTML.

/** Texts of the page that stand there before any data does. */
export const matrixPage = {
  title: 'Access Matrix',
  grid: 'Which projects can use which checkpoints',
  view: 'View options',
  searchCheckpoints: 'Search checkpoints',
  searchCheckpointsBy: 'Search checkpoints by name or ID',
  searchProjects: 'Search projects',
  searchProjectsBy: 'Search projects by name or ID',
  sortCheckpoints: 'Sort checkpoints by',
  sortProjects: 'Sort projects by',
  listOrder: 'list order',
  name: 'name',
  mostAccess: 'most access',
  shutdownDate: 'shutdown date',
  swap: 'Swap Rows and Columns',
  refresh: 'Refresh',
  stop: 'Stop',
  resume: 'Resume',
  loadNow: 'Load Now',
  stagedChanges: 'Staged changes',
  preview: 'Preview Changes…',
  discard: 'Discard Changes',
  selectedCells: 'Selected cells',
  stageGrants: 'Stage to Grant',
  stageRevokes: 'Stage to Revoke',
  unstage: 'Unstage',
  legend: 'Legend',
} as const;

/** What the signs of the matrix mean. */
export const legend: Readonly<Record<Cell['kind'] | `staged ${StagedAction}`, string>> = {
  access: 'has access',
  none: 'no access',
  unknown: 'not loaded',
  loading: 'loading',
  failed: "couldn't be loaded",
  owner: 'owner',
  'staged grant': 'staged to grant',
  'staged revoke': 'staged to revoke',
};

/** The title of the editor tab. */
export function matrixTitle(isSample: boolean): string {
  return isSample ? 'Access Matrix (Sample)' : 'Access Matrix';
}

/** The heading of the page, for screen readers. */
export function matrixHeading({ name, isSample }: { readonly name: string; readonly isSample: boolean }) {
  return isSample ? 'Access matrix of the sample organization' : `Access matrix of ${name}`;
}

/** Said when the matrix is closed with staged changes in it. */
export function matrixClosedInWords(staged: number): string {
  return plural(
    staged,
    'The access matrix was closed because you switched organizations or keys. 1 staged change was not applied.',
    (changes) =>
      `The access matrix was closed because you switched organizations or keys. ${changes} staged changes were not applied.`,
  );
}

/** What a cell is about and what is known of it. */
export interface CellFacts {
  readonly checkpoint: string;
  readonly project: string;
  readonly isArchived: boolean;
  readonly cell: Cell;
  /** How far the list of the checkpoint can be trusted, by {@link standingInWords}: made once for a whole row. */
  readonly standing: string;
  readonly isLoaded: boolean;
  readonly staged?: StagedAction | undefined;
  /** Why the staged change could not be made, as a sentence. */
  readonly failure?: string | undefined;
}

/** A cell in one line, for screen readers and for the line under the matrix. */
export function cellInWords(facts: CellFacts): string {
  const { checkpoint, project, isArchived, cell } = facts;
  const state = stateInWords(cell);
  const about = isArchived
    ? `${checkpoint}, project ${project} (archived): ${state}`
    : `${checkpoint}, project ${project}: ${state}`;
  return metadata(about, ...reliability(facts), ...stagedInWords(facts));
}

function stateInWords(cell: Cell): string {
  switch (cell.kind) {
    case 'access': {
      const [first] = cell.permissions;
      const day = dayOf((first?.createdAt ?? Number.NaN) * 1000);
      return plural(
        cell.permissions.length,
        `has access, granted ${day}`,
        (permissions) => `has access through ${permissions} permissions, the newest granted ${day}`,
      );
    }
    case 'none':
      return 'no access';
    case 'owner':
      return 'owns the model, so it always has access';
    case 'loading':
    case 'failed':
    case 'unknown':
      return 'access unknown';
  }
}

/** How far a cell can be trusted, or why it is unknown. Ownership does not come from the list. */
function reliability({ cell, standing, isLoaded }: CellFacts): string[] {
  const doubt = standing === '' ? [] : [standing];
  switch (cell.kind) {
    case 'owner':
      return [];
    case 'access':
    case 'none':
      return doubt;
    case 'loading':
      return isLoaded ? [...doubt, 'loading'] : ['loading'];
    case 'unknown':
      if (!cell.isStopped) return doubt;
      return isLoaded ? [...doubt, 'loading stopped'] : ['loading stopped'];
    case 'failed':
      return isLoaded ? [...doubt, "the rest couldn't be loaded"] : doubt;
  }
}

/** Whether a staged change is not needed any more, because someone else has made it. */
export function isInEffect(staged: StagedAction, cell: Cell): boolean {
  return cell.kind === (staged === 'grant' ? 'access' : 'none');
}

function stagedInWords({ staged, cell, failure }: CellFacts): string[] {
  if (!staged) return [];
  const words = staged === 'grant' ? 'staged to grant' : 'staged to revoke';
  if (isInEffect(staged, cell)) return [words, 'already in effect'];
  return failure === undefined ? [words] : [words, `the last attempt failed: ${failure}`];
}

/** The facts of a row that its lines are made of. */
export interface RowFacts {
  readonly standing: RowStanding;
  /** Why loading failed, as a sentence. */
  readonly reason?: string | undefined;
}

/** What there is to know of a cell beyond {@link cellInWords}, a line each. */
export function cellDetails(cell: Cell, row: RowFacts, now: number): string[] {
  const permissions = cell.kind === 'access' ? cell.permissions : [];
  return [
    ...permissions.map(({ id, createdAt }) => `Permission ${id}, granted ${exactly(createdAt * 1000)}`),
    ...doubtsInWords(row.standing, now).slice(1),
    ...reasons(row),
    ...loadedInWords(row, now),
  ];
}

function reasons({ standing: { brokenOff }, reason }: RowFacts): string[] {
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(brokenOff === undefined ? [] : [incompleteInWords(brokenOff)]),
  ];
}

function loadedInWords({ standing: { loadedAt } }: RowFacts, now: number): string[] {
  return loadedAt === undefined ? [] : [`loaded ${ago(loadedAt, now)}`];
}

/** How many have access; `isWhole` is false while there may be more. */
export interface Count {
  readonly number: number;
  readonly isWhole: boolean;
}

/** `3`, or `3+` while there may be more. */
export function countInShort({ number: known, isWhole }: Count): string {
  return isWhole ? number(known) : `${number(known)}+`;
}

/** How many projects have access to a checkpoint. */
export function projectsWithAccess({ number: known, isWhole }: Count): string {
  return isWhole
    ? plural(known, '1 project has access', (projects) => `${projects} projects have access`)
    : plural(
        known,
        '1 project has access, maybe more',
        (projects) => `${projects} projects have access, maybe more`,
      );
}

/** How many checkpoints a project can use by permission. */
export function checkpointsWithAccess({ number: known, isWhole }: Count): string {
  return isWhole
    ? plural(known, 'access to 1 checkpoint', (checkpoints) => `access to ${checkpoints} checkpoints`)
    : plural(
        known,
        'access to 1 checkpoint, maybe more',
        (checkpoints) => `access to ${checkpoints} checkpoints, maybe more`,
      );
}

/** What a checkpoint's heading says beside its name. */
export interface CheckpointFacts extends RowFacts {
  readonly id: string;
  readonly baseModel: string;
  readonly retirement?: Retirement | undefined;
  readonly count: Count;
}

/** A line each, for the line under the matrix. */
export function checkpointDetails(facts: CheckpointFacts, now: number): string[] {
  return [
    facts.id,
    `Base model ${facts.baseModel}`,
    ...(facts.retirement ? [shutdownInWords(facts.retirement, now)] : []),
    ...checkpointState(facts, now),
  ];
}

/** What changes of a checkpoint's heading: without its ID, which screen readers would say with each row. */
export function checkpointState(facts: RowFacts & Pick<CheckpointFacts, 'count'>, now: number): string[] {
  const { standing } = facts;
  const doubts = standing.state === 'loaded' ? doubtsInWords(standing, now) : [];
  const state = standing.isLoading
    ? ['loading']
    : standing.state === 'loaded'
      ? loadedInWords(facts, now)
      : [standingInWords(standing, now)];
  return [projectsWithAccess(facts.count), ...doubts, ...state, ...reasons(facts)];
}

/** What stands beside a checkpoint's name in a narrow heading. */
export function shutdownAside(retirement: Retirement, now: number): string {
  const day = dayInWords(retirement.endsOn);
  return hasShutDown(retirement, now) ? `shut down ${day}` : `shuts down ${day}`;
}

/** What a project's heading says beside its name. */
export function projectDetails({
  isArchived,
  note,
  count,
}: {
  readonly isArchived: boolean;
  readonly note: string;
  readonly count: Count;
}): string[] {
  return [
    ...(isArchived ? ['archived, so access would have no effect'] : note ? [note] : []),
    checkpointsWithAccess(count),
  ];
}

/** The corner, with how large the grid is for screen readers. */
export function cornerInWords(isSwapped: boolean, rows: number, columns: number) {
  const text = isSwapped ? 'Projects by checkpoint' : 'Checkpoints by project';
  const label = metadata(
    text,
    plural(rows, '1 row', (all) => `${all} rows`),
    plural(columns, '1 column', (all) => `${all} columns`),
  );
  return { text, label } as const;
}

/** How far loading has come. */
export function progressInWords({ done, total, failed, isLoading, isStopped }: LoadingProgress): string {
  if (total === 0) return '';
  if (done === total && failed === 0 && !isLoading) {
    return plural(
      total,
      'The checkpoint is loaded',
      (checkpoints) => `All ${checkpoints} checkpoints are loaded`,
    );
  }
  const loaded = number(done - failed);
  return metadata(
    isStopped ? 'Stopped' : '',
    plural(
      total,
      `${loaded} of 1 checkpoint loaded`,
      (checkpoints) => `${loaded} of ${checkpoints} checkpoints loaded`,
    ),
    failed === 0 ? '' : `${number(failed)} failed`,
  );
}

/** The same with the wait before the next request. */
export function progressWithWait(progress: LoadingProgress, wait: Wait | undefined, now: number): string {
  const words = progressInWords(progress);
  return metadata(words, wait && wait.until > now ? waitInWords(wait, now) : '');
}

/** Said aloud when loading begins and ends, and not with each list. */
export function progressAloud(progress: LoadingProgress): string {
  return progress.isLoading ? 'Loading who has access' : progressInWords(progress);
}

/** How many changes are staged. */
export function stagedCount({ grants, revokes }: { readonly grants: number; readonly revokes: number }) {
  if (grants === 0 && revokes === 0) return 'Nothing staged';
  if (revokes === 0) return `Staged: ${number(grants)} to grant`;
  if (grants === 0) return `Staged: ${number(revokes)} to revoke`;
  return `Staged: ${number(grants)} to grant, ${number(revokes)} to revoke`;
}

/** How many cells are selected; one is not worth a word. */
export function selectedInWords(cells: number): string {
  return cells < 2 ? '' : `${number(cells)} cells selected`;
}

type RefusedInWords = Readonly<{
  one(cell: string): string;
  several(cells: string, example: string): string;
}>;

const refusedInWords: Readonly<Record<RefusedCells['why'], RefusedInWords>> = {
  notLoaded: {
    one: (cell) => `Can't stage ${cell}: access isn't loaded yet.`,
    several: (cells, example) => `Can't stage ${cells} cells, such as ${example}: access isn't loaded yet.`,
  },
  loading: {
    one: (cell) => `Can't stage ${cell}: access is still loading.`,
    several: (cells, example) => `Can't stage ${cells} cells, such as ${example}: access is still loading.`,
  },
  failed: {
    one: (cell) => `Can't stage ${cell}: access couldn't be loaded.`,
    several: (cells, example) => `Can't stage ${cells} cells, such as ${example}: access couldn't be loaded.`,
  },
  owner: {
    one: (cell) => `Can't stage ${cell}: the project owns the model, so it always has access.`,
    several: (cells, example) =>
      `Can't stage ${cells} cells, such as ${example}: the projects own the models, so they always have access.`,
  },
  archived: {
    one: (cell) => `Can't stage ${cell}: the project is archived, so access would have no effect.`,
    several: (cells, example) =>
      `Can't stage ${cells} cells, such as ${example}: the projects are archived, so access would have no effect.`,
  },
};

/** Why cells were not staged, a sentence for each reason, the most frequent one first. */
export function refusalsInWords<R extends Pick<RefusedCells, 'why' | 'count'>>(
  refused: readonly R[],
  namesOf: (refused: R) => { readonly checkpoint: string; readonly project: string },
): string {
  return sentences(
    ...refused.map((each) => {
      const { checkpoint, project } = namesOf(each);
      const cell = `${project} for ${checkpoint}`;
      const { one, several } = refusedInWords[each.why];
      return plural(each.count, one(cell), (cells) => several(cells, cell));
    }),
  );
}

/** The note about the projects. `names`: what there is to say of their names; empty where all is well. */
export function projectsNote(
  { state, doubts, isLoading }: ProjectsStanding,
  names: string,
  isStopped: boolean,
): string {
  if (state === 'notLoaded') return isLoading ? 'Project names are loading.' : '';
  if (state === 'failed') {
    return isStopped
      ? "Project names weren't loaded because you stopped loading. Projects without access aren't listed."
      : sentences(names, "Projects without access aren't listed.");
  }
  return doubts.includes('incomplete') ? sentences(names, 'Projects without access may be missing.') : names;
}

/** What stands in place of a matrix without rows or columns. */
export const emptyMatrix = {
  loading: 'Loading',
  noCheckpoints: 'Add a checkpoint in the Checkpoints view to see its access here.',
  noProjects: 'No projects loaded yet.',
  noMatchingCheckpoint: (search: string) => `No checkpoint matches “${search}”.`,
  noMatchingProject: (search: string) => `No project matches “${search}”.`,
} as const;
