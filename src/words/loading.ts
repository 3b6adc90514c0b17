import type { ProjectsIncomplete } from '../access/loading/projectDirectory';
import type { Failure } from '../access/loading/snapshot';
import { sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { type Explanation, explain, explainProjects, explanationInWords } from './errors';
import { type Among, checkpointName } from './names';
import { projectsIncompleteInWords } from './standing';

// Commands that load permissions and project names. Names and texts of servers are not escaped unless stated: callers
// escape them.

/** A failure to load permissions, for the log. */
export function failureInLog(checkpoint: string, { error, during }: Failure): string {
  const why = explanationInWords(explain(error));
  return during === 'read'
    ? `Loading the permissions of ${checkpoint}: ${why}`
    : `Loading more permissions of ${checkpoint}: ${why}`;
}

/** Refresh has nothing to load. */
export const nothingToRefresh = 'Nothing to refresh. Expand a checkpoint to load its permissions.';

export const refreshQuestion = { title: 'Refresh Permissions', placeHolder: 'Select checkpoints to refresh' };

export const loadMoreQuestion = {
  title: 'Load More Permissions',
  placeHolder: 'Select a checkpoint to load more permissions for',
};

/** Refreshing project names failed. */
export function projectsFailed(error: unknown): string {
  const { what, next } = explainProjects(error);
  return sentences("Project names couldn't be loaded.", `${what}.`, next);
}

/** Project names were refreshed, but some may be missing. */
export function projectsIncomplete(projects: number, reason: ProjectsIncomplete): string {
  return sentences(
    plural(
      projects,
      'Loaded 1 project, but the list is incomplete.',
      (count) => `Loaded ${count} projects, but the list is incomplete.`,
    ),
    projectsIncompleteInWords(reason),
    'Use Refresh Project Names to try again.',
  );
}

/** Project names were refreshed. `archived`: number of archived projects. */
export function projectsLoaded(projects: number, archived: number): string {
  return archived === 0
    ? plural(projects, 'Loaded 1 project', (count) => `Loaded ${count} projects`)
    : plural(
        projects,
        'Loaded 1 project, which is archived',
        (count) => `Loaded ${count} projects, ${number(archived)} of them archived`,
      );
}

/** Load All Permissions has nothing to load. */
export function nothingToLoad(listed: number): string {
  return listed === 0
    ? 'Your checkpoint list is empty, so nothing was sent.'
    : 'All permissions are already loaded, so nothing was sent.';
}

const longLists = 'Lists of more than 100 permissions take one more request for each further 100.';

/** The question of Load All Permissions, before anything is sent. `cost`: number of requests, as a sentence. */
export function loadAllQuestion(
  missing: number,
  cost: string,
  withNames: boolean,
): { readonly question: string; readonly detail: string } {
  return {
    question: plural(
      missing,
      'Load all permissions for 1 checkpoint?',
      (count) => `Load all permissions for ${count} checkpoints?`,
    ),
    detail: [
      sentences(cost, longLists),
      ...(withNames ? ['Project names are loaded, too, with one request for each 100 projects.'] : []),
      'Other actions take priority. You can cancel anytime and keep what has loaded.',
    ].join('\n\n'),
  };
}

export const loadAllButton = 'Load All';
export const loadingAll = 'Loading all permissions';

/** Progress of a command over checkpoints. */
export function checkpointsDone(done: number, all: number): string {
  return plural(all, `${number(done)} of 1 checkpoint`, (count) => `${number(done)} of ${count} checkpoints`);
}

/** The result of Load All Permissions, without a full stop. */
export function allLoaded(complete: number, asked: number, isCanceled: boolean): string {
  const of = number(complete);
  return isCanceled
    ? plural(
        asked,
        `Canceled after loading all permissions for ${of} of 1 checkpoint`,
        (count) => `Canceled after loading all permissions for ${of} of ${count} checkpoints`,
      )
    : plural(
        asked,
        `Loaded all permissions for ${of} of 1 checkpoint`,
        (count) => `Loaded all permissions for ${of} of ${count} checkpoints`,
      );
}

/** Names of at most this many checkpoints are shown. */
const mostNamed = 3;

/** Which checkpoints failed and why. The error is undefined for an incomplete list. */
export function failuresInWords(failed: ReadonlyMap<string, unknown>, among?: Among): string {
  const named = [...failed]
    .slice(0, mostNamed)
    .map(([id, error]) =>
      error === undefined
        ? `${checkpointName(id, among)}: The list is incomplete.`
        : `${checkpointName(id, among)}: ${explain(error).what}.`,
    );
  const others = failed.size - named.length;
  return sentences(
    ...named,
    others > 0 ? plural(others, '1 more failed.', (count) => `${count} more failed.`) : '',
  );
}

/** A failure as one paragraph. `checkpoint`: the one that the request was about, if any. */
export function explanationOfCheckpoint(checkpoint: string | undefined, explained: Explanation): string {
  const words = explanationInWords(explained);
  return checkpoint === undefined ? words : `${checkpointName(checkpoint)}: ${words}`;
}

/** Checkpoints that could not be loaded for an export or review. */
export function missingNotLoaded(failed: ReadonlyMap<string, unknown>): string {
  return sentences(
    plural(
      failed.size,
      "Permissions for 1 checkpoint couldn't be loaded.",
      (count) => `Permissions for ${count} checkpoints couldn't be loaded.`,
    ),
    failuresInWords(failed),
  );
}

/** The question before an export or review of incomplete data. `missing`: checkpoints; 0 if only projects are. */
export function loadMissingQuestion(missing: number): string {
  return missing === 0
    ? "The list of projects isn't fully loaded."
    : plural(
        missing,
        "Permissions for 1 checkpoint aren't complete and up to date.",
        (count) => `Permissions for ${count} checkpoints aren't complete and up to date.`,
      );
}

/** `cost`: number of requests, as a sentence. */
export function loadMissingDetail(cost: string): string {
  return [
    sentences(cost, longLists),
    "Export Anyway marks what isn't loaded as unknown, and the file says what is missing.",
  ].join('\n\n');
}

export const loadAndExport = 'Load and Export';
export const exportAnyway = 'Export Anyway';
