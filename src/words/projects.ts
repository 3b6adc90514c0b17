import type { ProjectsDoubt, ProjectsStanding } from '../access/loading/projectsStanding';
import { APIUserAbortError } from '../openai';
import { ago } from '../text/dates';
import { explainProjects } from './errors';
import { projectsIncompleteInWords } from './standing';

// How far the names of projects can be trusted, in whole sentences. Reasons come from a server: whoever shows them makes
// them safe. `now` in milliseconds since 1970.

const problems: Readonly<Record<ProjectsDoubt, (standing: ProjectsStanding, now: number) => string[]>> = {
  refreshFailed: ({ loadedAt }, now) => [
    loadedAt === undefined ? 'Project names may be old.' : `Project names are from ${ago(loadedAt, now)}.`,
    'The last refresh failed.',
  ],
  incomplete: ({ incomplete }) => [
    'Some project names are missing.',
    ...(incomplete === undefined ? [] : [projectsIncompleteInWords(incomplete)]),
  ],
};

/** What is wrong with the names of projects, a sentence each; empty where all is well or nothing was loaded yet. */
export function projectNamesProblem(standing: ProjectsStanding, now: number): string[] {
  const { state, doubts, failure } = standing;
  const isCanceled = failure instanceof APIUserAbortError;
  if (state === 'failed' && isCanceled) return ["Project names weren't loaded because you stopped loading."];
  const reason = failure === undefined || isCanceled ? [] : reasonOf(failure);
  if (state === 'failed') return ["Project names couldn't be loaded.", ...reason];
  const [first] = doubts;
  return first === undefined ? [] : [...problems[first](standing, now), ...reason];
}

function reasonOf(failure: unknown): string[] {
  const { what, next } = explainProjects(failure);
  return [`${what}.`, next];
}

/** How the names of projects are known, a sentence each; never empty. `loaded`: when, as the surface writes it. */
export function projectNamesInWords(standing: ProjectsStanding, loaded: string, now: number): string[] {
  if (standing.state === 'notLoaded') {
    return [standing.isLoading ? 'Project names are loading.' : "Project names aren't loaded."];
  }
  const problem = projectNamesProblem(standing, now);
  return standing.state === 'loaded' ? [`Project names loaded ${loaded}.`, ...problem] : problem;
}

/** The note of the access matrix about its projects; empty where all is well. */
export function matrixProjectsNote(standing: ProjectsStanding, now: number): string {
  if (standing.state === 'notLoaded') return standing.isLoading ? 'Project names are loading.' : '';
  const problem = projectNamesProblem(standing, now);
  return [
    ...problem,
    ...(standing.state === 'failed' ? ["Projects without access aren't listed."] : []),
    ...(standing.doubts.includes('incomplete') ? ['Projects without access may be missing.'] : []),
  ].join(' ');
}
