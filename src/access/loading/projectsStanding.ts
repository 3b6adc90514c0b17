import type { ProjectsIncomplete, ProjectsSnapshot } from './projectDirectory';

/** Why the list of projects may not be what the server has now, most important first. */
export type ProjectsDoubt = 'refreshFailed' | 'incomplete';

/** How far the list of projects can be trusted: who there is, what they are called, which are archived. */
export interface ProjectsStanding {
  /** `failed`: nothing is loaded, because loading failed. */
  readonly state: 'notLoaded' | 'failed' | 'loaded';
  /** Projects loaded so far, archived ones included. */
  readonly count: number;
  readonly isComplete: boolean;
  readonly doubts: readonly ProjectsDoubt[];
  /** Milliseconds since 1970. */
  readonly loadedAt?: number;
  /** Why the last attempt failed. */
  readonly failure?: unknown;
  /** Why projects may be missing; present exactly with that doubt. */
  readonly incomplete?: ProjectsIncomplete;
  readonly isLoading: boolean;
}

/** How far the list of projects can be trusted. The only place that decides it. */
export function projectsStandingOf({
  projects,
  readAt,
  incomplete,
  failure,
  reading,
}: ProjectsSnapshot): ProjectsStanding {
  const known = { isLoading: reading, count: projects.size, ...(failure !== undefined && { failure }) };
  if (readAt === undefined) {
    const state = failure === undefined ? 'notLoaded' : 'failed';
    return { ...known, state, isComplete: false, doubts: [] };
  }
  // A failure that came after some pages is told as what is missing, not as a refresh that failed.
  const isRefreshFailed = failure !== undefined && incomplete === undefined;
  return {
    ...known,
    state: 'loaded',
    isComplete: incomplete === undefined,
    doubts: [
      ...(isRefreshFailed ? (['refreshFailed'] as const) : []),
      ...(incomplete === undefined ? [] : (['incomplete'] as const)),
    ],
    loadedAt: readAt,
    ...(incomplete !== undefined && { incomplete }),
  };
}

/** Whether the list proves which projects there are: loaded to its end, and the last attempt did not fail. */
export function areProjectsCertain(snapshot: ProjectsSnapshot): boolean {
  const { state, doubts } = projectsStandingOf(snapshot);
  return state === 'loaded' && doubts.length === 0;
}
