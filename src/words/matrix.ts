import type { Shutdown } from '../access/catalog/shutdown';
import type { ProjectsStanding } from '../access/loading/projectsStanding';
import type {
  Cell,
  LoadingProgress,
  RefusedCells,
  RowStanding,
  StagedAction,
  Wait,
} from '../access/matrix/cell';
import { mostStaged } from '../access/thresholds';
import { ago, dayOf, exactly } from '../text/dates';
import { listOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { shutdownInWords } from './shutdown';
import { doubtsInWords, incompleteInWords, isDated, standingInWords } from './standing';
import { lastAttemptFailed } from './tabs';
import { waitInWords } from './waiting';

// The access matrix. Runs in the page, too. `now` is in milliseconds since 1970. Names come from a server; they are
// already escaped, and never HTML.

/** Texts of the page before it has data. */
export const matrixPage = {
  grid: 'Which projects can use which checkpoints',
  view: 'View options',
  viewButton: 'View',
  sortCheckpoints: 'Sort checkpoints by',
  sortProjects: 'Sort projects by',
  swap: 'Swap Rows and Columns',
  loadNow: 'Load Now',
  stagedChanges: 'Staged changes',
  preview: 'Review Changes…',
  discard: 'Discard Changes',
  selectedCells: 'Selected cells',
  stageGrants: 'Stage to Grant',
  stageRevokes: 'Stage to Revoke',
  unstage: 'Unstage',
  help: 'Legend and Keys',
  legend: 'Legend',
  keys: 'Keys',
  showStaged: 'Show Staged Changes',
} as const;

/** The handles that give headings another size. */
export const headingSplitters = {
  width: 'Width of row headings',
  height: 'Height of column headings',
  hint: 'Drag to resize. Double-click to reset.',
} as const;

/** The legend of the matrix. */
export const legend: Readonly<Record<Cell['kind'] | `staged ${StagedAction}`, string>> = {
  access: 'has access',
  none: 'no access',
  notGranted: 'not granted, may own the model',
  unknown: 'not loaded',
  loading: 'loading',
  failed: "couldn't be loaded",
  owner: 'owner',
  'staged grant': 'staged to grant',
  'staged revoke': 'staged to revoke',
};

/** Facts of a cell. */
export interface CellFacts {
  readonly checkpoint: string;
  readonly project: string;
  readonly isArchived: boolean;
  readonly cell: Cell;
  /** Standing of the checkpoint's list, from {@link standingInWords}; computed once a row. */
  readonly standing: string;
  readonly isLoaded: boolean;
  readonly staged?: StagedAction | undefined;
  /** Why the staged change failed, as a sentence. */
  readonly failure?: string | undefined;
}

/** A cell in one line, for screen readers and the status line. */
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
      const day = dayOf((first?.createdAt ?? 0) * 1000);
      return plural(
        cell.permissions.length,
        `has access, granted ${day}`,
        (permissions) => `has access through ${permissions} permissions, the newest granted ${day}`,
      );
    }
    case 'none':
      return 'no access';
    case 'notGranted':
      return 'not granted, but may own the model';
    case 'owner':
      return 'owns the model, so it always has access';
    case 'loading':
    case 'failed':
    case 'unknown':
      return 'access unknown';
  }
}

/**
 * A cell for a table that names its row and its column: as the legend has it, then what may be doubted, then what is
 * staged.
 */
export function cellAlone(facts: CellFacts): string {
  const { cell, isLoaded } = facts;
  const isUnknown = cell.kind === 'unknown' || cell.kind === 'loading' || cell.kind === 'failed';
  // A part of the list, or an older one, was loaded.
  const state = isUnknown && isLoaded ? stateInWords(cell) : legend[cell.kind];
  return metadata(...new Set([state, ...reliability(facts), ...stagedInWords(facts)]));
}

/** The doubt about a cell, or why it is unknown. Ownership does not come from the list. */
function reliability({ cell, standing, isLoaded }: CellFacts): string[] {
  const doubt = standing === '' ? [] : [standing];
  switch (cell.kind) {
    case 'owner':
      return [];
    case 'access':
    case 'none':
    case 'notGranted':
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

/** Whether a staged change is already in effect, because someone else made it. */
export function isInEffect(staged: StagedAction, cell: Cell): boolean {
  return staged === 'grant' ? cell.kind === 'access' : cell.kind === 'none' || cell.kind === 'notGranted';
}

function stagedInWords({ staged, cell, failure }: CellFacts): string[] {
  if (!staged) return [];
  const words = staged === 'grant' ? 'staged to grant' : 'staged to revoke';
  if (isInEffect(staged, cell)) return [words, 'already in effect'];
  const owner = cell.kind === 'notGranted' ? ['refused by the API if it is the owner'] : [];
  return failure === undefined ? [words, ...owner] : [words, lastAttemptFailed(failure)];
}

/** Facts of a row. */
export interface RowFacts {
  readonly standing: RowStanding;
  /** Why loading failed, as a sentence. */
  readonly reason?: string | undefined;
}

/** Facts of a cell beyond {@link cellInWords}, a line each. */
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

/** When a list was loaded, where none of its doubts says so. */
function loadedInWords({ standing }: RowFacts, now: number): string[] {
  const { loadedAt } = standing;
  return loadedAt === undefined || isDated(standing) ? [] : [`loaded ${ago(loadedAt, now)}`];
}

/** How many have access. `isWhole` is false if there may be more. */
export interface Count {
  readonly number: number;
  readonly isWhole: boolean;
}

/** `3`, `3+` if there may be more, and `?` if nothing is known, because unknown must not look like none. */
export function countInShort({ number: known, isWhole }: Count): string {
  if (known === 0 && !isWhole) return '?';
  return isWhole ? number(known) : `${number(known)}+`;
}

/** How many projects have access to a checkpoint. */
export function projectsWithAccess({ number: known, isWhole }: Count): string {
  // The owning project has access without a permission, so nothing may say that no project has.
  if (known === 0) return isWhole ? 'not shared with any project' : 'access unknown';
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
  if (known === 0) return isWhole ? 'no permissions' : 'access unknown';
  return isWhole
    ? plural(known, 'access to 1 checkpoint', (checkpoints) => `access to ${checkpoints} checkpoints`)
    : plural(
        known,
        'access to 1 checkpoint, maybe more',
        (checkpoints) => `access to ${checkpoints} checkpoints, maybe more`,
      );
}

/** Facts of a checkpoint's heading. */
export interface MatrixHeadingFacts extends RowFacts {
  /** The name of the owning project. Undefined while it is unknown. */
  readonly owner: string | undefined;
  readonly id: string;
  readonly baseModel: string;
  readonly shutdown?: Shutdown | undefined;
  readonly count: Count;
}

/** The details of a checkpoint, a line each, for the status line. */
export function checkpointDetails(facts: MatrixHeadingFacts, now: number): string[] {
  return [
    facts.id,
    `Base model ${facts.baseModel}`,
    ...(facts.shutdown ? [shutdownInWords(facts.shutdown, now)] : []),
    facts.owner === undefined ? 'Owner unknown' : `Owner ${facts.owner}`,
    ...checkpointState(facts, now),
  ];
}

/** The variable details of a checkpoint. Without its ID, which screen readers would repeat with each row. */
export function checkpointState(facts: RowFacts & Pick<MatrixHeadingFacts, 'count'>, now: number): string[] {
  const { standing } = facts;
  const doubts = standing.state === 'loaded' ? doubtsInWords(standing, now) : [];
  const state = standing.isLoading
    ? ['loading']
    : standing.state === 'loaded'
      ? loadedInWords(facts, now)
      : [standingInWords(standing, now)];
  return [projectsWithAccess(facts.count), ...doubts, ...state, ...reasons(facts)];
}

/** The details of a project's heading. */
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

/** The corner of the grid. The label for screen readers has the size. */
export function cornerInWords(isSwapped: boolean, rows: number, columns: number) {
  const text = isSwapped ? 'Projects by checkpoint' : 'Checkpoints by project';
  const label = metadata(
    text,
    plural(rows, '1 row', (all) => `${all} rows`),
    plural(columns, '1 column', (all) => `${all} columns`),
  );
  return { text, label } as const;
}

/** Progress of loading. */
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

/** Progress with the wait before the next request. */
export function progressWithWait(progress: LoadingProgress, wait: Wait | undefined, now: number): string {
  const words = progressInWords(progress);
  return metadata(words, wait && wait.until > now ? waitInWords(wait, now) : '');
}

/** Progress for screen readers: announced at the start and the end, not for each list. */
export function progressAloud(progress: LoadingProgress): string {
  return progress.isLoading ? 'Loading who has access' : progressInWords(progress);
}

/** The button that leads to the staged changes. */
export function reviewChanges(changes: number): string {
  if (changes === 0) return matrixPage.preview;
  return plural(changes, 'Review 1 Change…', (count) => `Review ${count} Changes…`);
}

/** Number of staged changes. */
export function stagedCount({ grants, revokes }: { readonly grants: number; readonly revokes: number }) {
  if (grants === 0 && revokes === 0) return 'Nothing staged';
  if (revokes === 0) return `Staged: ${number(grants)} to grant`;
  if (grants === 0) return `Staged: ${number(revokes)} to revoke`;
  return `Staged: ${number(grants)} to grant, ${number(revokes)} to revoke`;
}

/** The number of staged grants whose checkpoint has an unknown owner. Empty if there are none. */
export function stagedOwnersUnknown(grants: number): string {
  return grants === 0
    ? ''
    : plural(
        grants,
        'owner unknown for 1: refused by the API if the project owns the model',
        (count) => `owner unknown for ${count}: refused by the API if the project owns the model`,
      );
}

/** The note on checkpoints whose owner is unknown; empty if there are none. */
export function ownersUnknownNote(checkpoints: number): string {
  return checkpoints === 0
    ? ''
    : plural(
        checkpoints,
        'The owner of 1 checkpoint is unknown. A project that is not granted may own it.',
        (count) =>
          `The owners of ${count} checkpoints are unknown. Projects that are not granted may own them.`,
      );
}

/** What the search hides; empty if nothing. */
export function hiddenBySearch({
  checkpoints,
  projects,
}: {
  readonly checkpoints: number;
  readonly projects: number;
}): string {
  if (checkpoints + projects === 0) return '';
  const hidden = [
    ...(checkpoints === 0 ? [] : [plural(checkpoints, '1 checkpoint', (count) => `${count} checkpoints`)]),
    ...(projects === 0 ? [] : [plural(projects, '1 project', (count) => `${count} projects`)]),
  ];
  return `The search hides ${listOf(hidden)}.`;
}

/** How many staged changes the search hides; empty if none. */
export function stagedHiddenBySearch(staged: number): string {
  return staged === 0
    ? ''
    : plural(
        staged,
        '1 staged change is hidden by the search.',
        (changes) => `${changes} staged changes are hidden by the search.`,
      );
}

/** Sort orders of projects. */
export const projectSortChoices: Readonly<Record<'name' | 'access', string>> = {
  name: 'Name',
  access: 'Number of Checkpoints',
};

/** The keys of the matrix, and what each does. `isMac`: whether the keyboard is that of a Mac. */
export function matrixKeys(isMac: boolean): readonly (readonly [keys: string, does: string])[] {
  const control = isMac ? 'Cmd' : 'Ctrl';
  return [
    ['Arrow keys', 'Move to another cell or heading'],
    ['Home, End', 'Move to the first or last cell of the row'],
    ['Shift+Arrow keys', 'Select several cells'],
    ['Shift+Space', 'Select the row'],
    ['Ctrl+Space', 'Select the column'],
    [`${control}+A`, 'Select all cells'],
    ['Space', 'Stage a change for the selected cells, or unstage it'],
    ['Enter', "Load the row if it isn't loaded, else the same as Space"],
    [`${control}+C`, 'Copy the selected cells'],
    ['Shift+F10', 'Open the menu of the cell'],
    ['Esc', 'Select only one cell'],
    ['?', 'Show the legend and keys'],
  ];
}

/** Number of selected cells; empty for one. */
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
  tooMany: {
    one: (cell) =>
      `Can't stage ${cell}: ${number(mostStaged)} changes are staged, which is the maximum. Review or discard them first.`,
    several: (cells) =>
      `Can't stage ${cells} cells: at most ${number(mostStaged)} changes can be staged. Select fewer cells, or review or discard staged changes first.`,
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

/** The note about projects. `names`: a note about their names, empty if none is needed. */
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

/** Texts in place of an empty matrix. */
export const emptyMatrix = {
  loading: 'Loading',
  noCheckpoints: 'Add a checkpoint in the Checkpoints view to see its access here.',
  noProjects: 'No projects loaded yet.',
  noMatch: (words: readonly string[]) => `Nothing matches ${listOf(words.map((word) => `“${word}”`))}.`,
  noMatchingCheckpoint: (search: string) => `No checkpoint matches “${search}”.`,
  noMatchingProject: (search: string) => `No project matches “${search}”.`,
} as const;
