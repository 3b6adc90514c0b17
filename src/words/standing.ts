import type { ProjectsIncomplete } from '../access/loading/projectDirectory';
import type { ProjectsDoubt, ProjectsStanding } from '../access/loading/projectsStanding';
import type { Doubt, Standing } from '../access/loading/standing';
import type { IncompleteReason } from '../openai';
import { ago } from '../text/dates';
import { plural } from '../text/numbers';

// How far a list can be trusted, in words. Clauses without a subject and full stop, to stand behind a name, a colon or a
// middle dot; every surface shows these very words. `now` in milliseconds since 1970. Runs in pages too.

/** One doubt of a list of permissions. A new doubt does not compile until it has words. */
export const doubtInWords: Readonly<Record<Doubt, (standing: Standing, now: number) => string>> = {
  beforeYourChange: () => 'loaded before your last change',
  refreshFailed: ({ loadedAt }, now) =>
    loadedAt === undefined
      ? 'the last refresh failed'
      : `the last refresh failed (loaded ${ago(loadedAt, now)})`,
  beforeYourRefresh: ({ loadedAt }, now) =>
    loadedAt === undefined
      ? 'loaded before your refresh'
      : `loaded ${ago(loadedAt, now)}, before your refresh`,
  brokenOff: ({ count }) =>
    plural(
      count,
      'list incomplete: only 1 permission loaded',
      (permissions) => `list incomplete: only ${permissions} permissions loaded`,
    ),
  moreToLoad: ({ count }) =>
    plural(count, 'only 1 permission loaded', (permissions) => `only ${permissions} permissions loaded`),
  old: ({ loadedAt }, now) => (loadedAt === undefined ? 'loaded long ago' : `loaded ${ago(loadedAt, now)}`),
};

/** Every doubt of a list, most important first. */
export function doubtsInWords(standing: Standing, now: number): string[] {
  return standing.doubts.map((doubt) => doubtInWords[doubt](standing, now));
}

/** What there is to say first of a list: that nothing is loaded, or its most important doubt. Empty where all is well. */
export function standingInWords(standing: Standing, now: number): string {
  if (standing.state === 'notLoaded') return 'not loaded';
  if (standing.state === 'failed') return "couldn't be loaded";
  const [first] = standing.doubts;
  return first ? doubtInWords[first](standing, now) : '';
}

const incomplete: Readonly<Record<IncompleteReason, string>> = {
  emptyPage: 'The API reported more, but sent an empty page.',
  stuckCursor: 'The API reported more, but its next page never comes.',
  repeatedPage: 'The API reported more, but repeated what it had sent.',
  noNextPage: 'The API reported more, but not where to find it.',
  shortPages: 'The API sent smaller pages than it should.',
  changedWhileLoading: 'The list changed while it was loading.',
};

/** Why a list broke off, as a sentence. */
export function incompleteInWords(reason: IncompleteReason): string {
  return incomplete[reason];
}

/** Why projects may be missing, as a sentence. */
export function projectsIncompleteInWords(reason: ProjectsIncomplete): string {
  if (reason === 'canceled') return 'Loading was canceled.';
  return reason === 'failed' ? "A further page couldn't be loaded." : incompleteInWords(reason);
}

/** One doubt of the list of projects. */
export const projectsDoubtInWords: Readonly<
  Record<ProjectsDoubt, (standing: ProjectsStanding, now: number) => string>
> = {
  refreshFailed: ({ loadedAt }, now) =>
    loadedAt === undefined
      ? 'the last refresh failed'
      : `the last refresh failed (loaded ${ago(loadedAt, now)})`,
  incomplete: ({ count }) =>
    plural(
      count,
      'list incomplete: only 1 project loaded',
      (projects) => `list incomplete: only ${projects} projects loaded`,
    ),
};

/** What there is to say first of the list of projects; empty where all is well. */
export function projectsStandingInWords(standing: ProjectsStanding, now: number): string {
  if (standing.state === 'notLoaded') return 'not loaded';
  if (standing.state === 'failed') return "couldn't be loaded";
  const [first] = standing.doubts;
  return first ? projectsDoubtInWords[first](standing, now) : '';
}
