import { toDate } from '../../text/steadyClock';
import type { ProjectsIncomplete, ProjectsSnapshot } from './projectDirectory';

/** Why the loaded list of projects may differ from the server, most important first. */
export type ProjectsDoubt = 'refreshFailed' | 'beforeYourRefresh' | 'incomplete' | 'old';

/** How far the list of projects can be trusted: which projects exist, their names, and which are archived. */
export interface ProjectsStanding {
  /** `failed`: nothing is loaded, because loading failed. */
  readonly state: 'notLoaded' | 'failed' | 'loaded';
  /** Projects loaded so far, including archived ones. */
  readonly count: number;
  readonly isComplete: boolean;
  readonly doubts: readonly ProjectsDoubt[];
  /** Milliseconds since 1970. */
  readonly loadedAt?: number;
  /** Why the last load failed. */
  readonly failure?: unknown;
  /** Why the list may be incomplete. Present exactly with that doubt. */
  readonly incomplete?: ProjectsIncomplete;
  readonly isLoading: boolean;
}

/** How far the list of projects can be trusted. The only function that decides it. */
export function projectsStandingOf({
  projects,
  readAt,
  incomplete,
  failure,
  outdated,
  restored,
  reading,
}: ProjectsSnapshot): ProjectsStanding {
  const known = { isLoading: reading, count: projects.size, ...(failure !== undefined && { failure }) };
  if (readAt === undefined) {
    const state = failure === undefined ? 'notLoaded' : 'failed';
    return { ...known, state, isComplete: false, doubts: [] };
  }
  // A failure after some pages counts as an incomplete list, not as a failed refresh.
  const isRefreshFailed = failure !== undefined && incomplete === undefined;
  return {
    ...known,
    state: 'loaded',
    isComplete: incomplete === undefined,
    doubts: [
      ...(isRefreshFailed ? (['refreshFailed'] as const) : []),
      // A refresh that failed is said as that, and one that is under way by `isLoading`.
      ...(outdated && !isRefreshFailed && !reading ? (['beforeYourRefresh'] as const) : []),
      ...(incomplete === undefined ? [] : (['incomplete'] as const)),
      // Of an earlier session. The doubts before it say that, too.
      ...(restored && !outdated && !isRefreshFailed ? (['old'] as const) : []),
    ],
    loadedAt: toDate(readAt),
    ...(incomplete !== undefined && { incomplete }),
  };
}

/** Whether the list proves which projects exist: it is complete, and the last load did not fail. */
export function areProjectsCertain(snapshot: ProjectsSnapshot): boolean {
  const { state, doubts } = projectsStandingOf(snapshot);
  return state === 'loaded' && doubts.length === 0;
}
