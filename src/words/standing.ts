import type { ProjectsIncomplete } from '../access/loading/projectDirectory';
import type { ProjectsDoubt, ProjectsStanding } from '../access/loading/projectsStanding';
import type { Doubt, Standing } from '../access/loading/standing';
import type { IncompleteReason } from '../openai';
import { ago } from '../text/dates';
import { number, plural } from '../text/numbers';

// How far a list can be trusted, in words. Clauses without a subject or full stop, to follow a name, a colon, or a
// middle dot. Every surface shows exactly these clauses. `now` is in milliseconds since 1970. Runs in pages, too.

/** One doubt of a list of permissions. A new doubt does not compile until it has words. */
export const doubtInWords: Readonly<Record<Doubt, (standing: Standing, now: number) => string>> = {
  beforeYourChange: () => 'loaded before your last change',
  refreshFailed,
  beforeYourRefresh,
  brokenOff: ({ count }) =>
    count === 0
      ? 'list incomplete: no permissions loaded'
      : plural(
          count,
          'list incomplete: only 1 permission loaded',
          (permissions) => `list incomplete: only ${permissions} permissions loaded`,
        ),
  moreToLoad: ({ count }) =>
    count === 0
      ? 'no permissions loaded yet'
      : plural(count, 'only 1 permission loaded', (permissions) => `only ${permissions} permissions loaded`),
  old: ({ loadedAt }, now) => (loadedAt === undefined ? 'loaded long ago' : `loaded ${ago(loadedAt, now)}`),
};

function beforeYourRefresh({ loadedAt }: Pick<Standing, 'loadedAt'>, now: number): string {
  return loadedAt === undefined ? 'not refreshed' : `not refreshed (loaded ${ago(loadedAt, now)})`;
}

function refreshFailed({ loadedAt }: Pick<Standing, 'loadedAt'>, now: number): string {
  return loadedAt === undefined
    ? 'the last refresh failed'
    : `the last refresh failed (loaded ${ago(loadedAt, now)})`;
}

/** Every doubt of a list, most important first. */
export function doubtsInWords(standing: Standing, now: number): string[] {
  return standing.doubts.map((doubt) => doubtInWords[doubt](standing, now));
}

/** The most important clause of a list: why nothing is loaded, or its first doubt. Empty if there is no doubt. */
export function standingInWords(standing: Standing, now: number): string {
  if (standing.state !== 'loaded') return nothingLoaded[standing.state];
  const [first] = standing.doubts;
  return first ? doubtInWords[first](standing, now) : '';
}

/** Every doubt of a loaded list, or why nothing is loaded. */
export function doubtsOrStateInWords(standing: Standing, now: number): string[] {
  return standing.state === 'loaded' ? doubtsInWords(standing, now) : [nothingLoaded[standing.state]];
}

const nothingLoaded: Readonly<Record<Exclude<Standing['state'], 'loaded'>, string>> = {
  notLoaded: 'not loaded',
  failed: "couldn't be loaded",
};

/** The heading of a list whose next page could not be loaded. */
export const morePermissionsFailed = "More permissions couldn't be loaded";

/** Doubts whose words say how many permissions are loaded. */
const saysHowMany: Readonly<Record<Doubt, boolean>> = {
  beforeYourChange: false,
  refreshFailed: false,
  beforeYourRefresh: false,
  brokenOff: true,
  moreToLoad: true,
  old: false,
};

/** Doubts whose words say when the list was loaded. */
const saysWhen: Readonly<Record<Doubt, boolean>> = {
  beforeYourChange: false,
  refreshFailed: true,
  beforeYourRefresh: true,
  brokenOff: false,
  moreToLoad: false,
  old: true,
};

/** Whether the doubts of a list say when it was loaded. */
export function isDated({ doubts }: Pick<Standing, 'doubts'>): boolean {
  return doubts.some((doubt) => saysWhen[doubt]);
}

/** The parts of a row about a list: its number of permissions, and the most important clause. */
export function listInRow(standing: Standing, now: number): string[] {
  const first = standingInWords(standing, now);
  const [doubt] = standing.doubts;
  if (standing.state !== 'loaded' || (doubt && saysHowMany[doubt])) return [first];
  return first === '' ? [permissionsInWords(standing)] : [permissionsInWords(standing), first];
}

/** The same with every doubt, where there is room. */
export function listInWords(standing: Standing, now: number): string[] {
  if (standing.state !== 'loaded') return [standingInWords(standing, now)];
  const doubts = doubtsInWords(standing, now);
  return standing.doubts.some((doubt) => saysHowMany[doubt])
    ? doubts
    : [permissionsInWords(standing), ...doubts];
}

/** Number of permissions of a list: `250 permissions`, or `100+ permissions` if there may be more. */
export function permissionsInWords({ count, isComplete }: Pick<Standing, 'count' | 'isComplete'>): string {
  if (!isComplete) return `${number(count)}+ permissions`;
  if (count === 0) return 'no permissions';
  return plural(count, '1 permission', (permissions) => `${permissions} permissions`);
}

const incomplete: Readonly<Record<IncompleteReason, string>> = {
  emptyPage: 'The API reported more, but sent an empty page.',
  stuckCursor: 'The API reported more, but its next page never comes.',
  repeatedPage: 'The API reported more, but repeated what it had sent.',
  endless: 'The API reported more after far more pages than a list can have.',
  noNextPage: 'The API reported more, but not where to find it.',
  shortPages: 'The API sent smaller pages than it should.',
  otherPeriod: 'The API sent data of other days than it was asked for.',
  contradictoryRows: 'The API sent different entries with the same ID.',
  unknownOrder:
    'The API sent the list in no order by time, so a change while it was loading could be missed.',
  changedWhileLoading: 'The list changed while it was loading.',
};

/** Why a list is incomplete, as a sentence. */
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
  refreshFailed,
  beforeYourRefresh,
  incomplete: ({ count }) =>
    count === 0
      ? 'list incomplete: no projects loaded'
      : plural(
          count,
          'list incomplete: only 1 project loaded',
          (projects) => `list incomplete: only ${projects} projects loaded`,
        ),
  old: ({ loadedAt }, now) => (loadedAt === undefined ? 'loaded long ago' : `loaded ${ago(loadedAt, now)}`),
};

/** The most important clause of the list of projects; empty if there is no doubt. */
export function projectsStandingInWords(standing: ProjectsStanding, now: number): string {
  if (standing.state !== 'loaded') return nothingLoaded[standing.state];
  const [first] = standing.doubts;
  return first ? projectsDoubtInWords[first](standing, now) : '';
}

/** The same with its subject, inside a sentence. */
export function projectListStandingInWords(standing: ProjectsStanding, now: number): string {
  const clause = projectsStandingInWords(standing, now);
  // That clause names the list itself.
  const isNamed = standing.state === 'loaded' && standing.doubts[0] === 'incomplete';
  return isNamed ? `project ${clause}` : `project list ${clause}`;
}

/** Every doubt of the list of projects, or why it is not loaded. */
export function projectsDoubtsOrStateInWords(standing: ProjectsStanding, now: number): string[] {
  return standing.state === 'loaded'
    ? standing.doubts.map((doubt) => projectsDoubtInWords[doubt](standing, now))
    : [nothingLoaded[standing.state]];
}
