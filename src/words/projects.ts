import type { ProjectsStanding } from '../access/loading/projectsStanding';
import { ago, exactly } from '../text/dates';
import { metadata, sentences } from '../text/lists';
import { explainProjects } from './errors';
import { projectsDoubtInWords, projectsIncompleteInWords, projectsStandingInWords } from './standing';

/** How the list of projects is known: its age and every doubt. */
export function projectListInWords(standing: ProjectsStanding, now: number): string {
  const { state, loadedAt, isLoading, doubts } = standing;
  const parts =
    state === 'loaded' && loadedAt !== undefined
      ? [
          `loaded ${exactly(loadedAt)} (${ago(loadedAt, now)})`,
          ...doubts.map((doubt) => projectsDoubtInWords[doubt](standing, now)),
        ]
      : [projectsStandingInWords(standing, now)];
  return `Project names: ${metadata(...parts, isLoading ? 'loading now' : '')}`;
}

/** What a view says when project names are missing or old because they could not be loaded. */
export function projectNamesNote(standing: ProjectsStanding, now: number): string {
  const { state, failure, incomplete, loadedAt } = standing;
  const [doubt] = standing.doubts;
  if (state !== 'failed' && !doubt) return '';
  const shown =
    state === 'failed' || loadedAt === undefined
      ? "Projects are shown by ID because their names couldn't be loaded."
      : doubt === 'incomplete'
        ? 'Some projects are shown by ID because not all names could be loaded.'
        : `Project names are from ${ago(loadedAt, now)} because the last refresh failed.`;
  if (failure === undefined) {
    return sentences(
      shown,
      incomplete === undefined ? '' : projectsIncompleteInWords(incomplete),
      'Refresh to try again.',
    );
  }
  const { what, next, offer } = explainProjects(failure);
  return sentences(shown, `${what}.`, next, offer === 'retry' ? '' : 'Then refresh.');
}
