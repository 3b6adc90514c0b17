import { fold, searchWords } from '../../text/fold';
import { hasNoPermission } from '../accessKind';
import { type AccessSource, type AccessState, accessState } from '../loading/accessState';
import type { Listing } from '../loading/listing';
import type { ProjectDirectory } from '../loading/projectDirectory';
import { isCertain } from '../loading/standing';
import type { CheckpointFacts } from './checkpointFacts';
import type { Filter } from './filter';
import { daysLeft } from './shutdown';

/** The sources of a filter besides the facts of a checkpoint. */
export interface FilterContext extends AccessSource {
  readonly projects: ProjectDirectory;
}

/**
 * Returns a predicate for the checkpoints that a filter shows. Unknown never hides a checkpoint. A filter by project
 * hides those that the project was not granted, although it may own some of them: the view says how many.
 */
export function matchesFilter(
  filter: Filter,
  known: FilterContext,
  now: number,
): (facts: CheckpointFacts) => boolean {
  const { text, project, endsWithin } = filter;
  const words = searchWords(text ?? '');
  return (facts) => {
    if (endsWithin !== undefined && !(shutsDownWithin(facts, endsWithin, now) && mayBeShared(facts)))
      return false;
    if (words.length > 0) {
      const searched = searchText(facts, known.projects);
      if (!words.every((word) => searched.some((part) => part.includes(word)))) return false;
    }
    return project === undefined || !hasNoPermission(accessIn(facts, project, known).known);
  };
}

export function accessIn(
  { checkpoint }: CheckpointFacts,
  project: string,
  known: FilterContext,
): AccessState {
  return accessState(known, checkpoint.id, project);
}

/** Whether a model shuts down within this many days from now, and is not shut down yet. */
export function shutsDownWithin(
  { shutdown, isShutDown }: CheckpointFacts,
  days: number,
  now: number,
): boolean {
  return shutdown !== undefined && !isShutDown && daysLeft(shutdown, now) <= days;
}

/** Whether a project may have access. Only a certain list, see {@link isCertain}, proves that none has. */
export function mayBeShared({ snapshot }: CheckpointFacts): boolean {
  return !isCertain(snapshot) || snapshot.listing?.permissions.length !== 0;
}

type Names = ProjectDirectory['snapshot']['projects'];

/**
 * Caches the search text of each list and version of the project names: building it from 10,000 permissions takes a
 * while.
 */
const searchTextCache = new WeakMap<Listing, { readonly names: Names; readonly text: string }>();

/**
 * The texts for a search, folded: the name and ID of the checkpoint, and the projects known to have access.
 */
export function searchText(
  { checkpoint, name, snapshot }: CheckpointFacts,
  projects: ProjectDirectory,
): string[] {
  const own = `${fold(name)}\n${fold(checkpoint.id)}`;
  return snapshot.listing ? [own, projectsIn(snapshot.listing, projects.snapshot.projects)] : [own];
}

function projectsIn(listing: Listing, names: Names): string {
  const cached = searchTextCache.get(listing);
  if (cached?.names === names) return cached.text;
  const text = listing.permissions
    .map(({ project_id }) => `${fold(project_id)}\n${fold(names.get(project_id)?.name ?? '')}`)
    .join('\n');
  searchTextCache.set(listing, { names, text });
  return text;
}
