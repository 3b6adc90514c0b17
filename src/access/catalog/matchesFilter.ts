import { type AccessState, accessState } from '../loading/accessState';
import type { Listing } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { ProjectDirectory } from '../loading/projectDirectory';
import { isCertain } from '../loading/standing';
import type { CheckpointFacts } from './checkpointFacts';
import { daysLeft } from './retirement';

/** What a filter can go by beside the facts. */
export interface FilterContext {
  readonly permissions: PermissionStore;
  readonly projects: ProjectDirectory;
}

/** Whether a filter shows a checkpoint. What is not known is shown, never hidden as if it were known not to fit. */
export function matchesFilter(
  filter: Filter,
  known: FilterContext,
  now: number,
): (facts: CheckpointFacts) => boolean {
  const { text, project, endsWithin } = filter;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (facts) => {
    if (endsWithin !== undefined && !(shutsDownWithin(facts, endsWithin, now) && mayBeShared(facts)))
      return false;
    if (words.length > 0) {
      const searched = searchText(facts, known.projects);
      if (!words.every((word) => searched.some((part) => part.includes(word)))) return false;
    }
    return project === undefined || accessIn(facts, project, known).known !== 'no';
  };
}

export function accessIn(
  { checkpoint }: CheckpointFacts,
  project: string,
  known: FilterContext,
): AccessState {
  return accessState(known.permissions, checkpoint.id, project);
}

/** Whether it ends within so many days from now, and has not ended yet. */
export function shutsDownWithin({ retirement, ended }: CheckpointFacts, days: number, now: number): boolean {
  return retirement !== undefined && !ended && daysLeft(retirement, now) <= days;
}

/** Only a list that was read to its end, and not before a change or a refresh, can say that nobody has access. */
export function mayBeShared({ snapshot }: CheckpointFacts): boolean {
  return !isCertain(snapshot) || snapshot.listing?.permissions.length !== 0;
}

/** What of the list is shown; what is not set hides nothing. */
export interface Filter {
  /** Each of its words must be found. */
  readonly text?: string;
  /** Only what this project can use, or may be able to. */
  readonly project?: string;
  /** Only shared checkpoints, or those not read yet, that end within so many days. */
  readonly endsWithin?: number;
}

/** Whether a filter hides anything at all. */
export function isFiltering({ text, project, endsWithin }: Filter): boolean {
  return Boolean(text?.trim()) || project !== undefined || endsWithin !== undefined;
}

type Names = ProjectDirectory['snapshot']['projects'];

/** Made once for each list and each reading of the names: with 10,000 permissions that takes a moment. */
const searchTextCache = new WeakMap<Listing, { readonly names: Names; readonly text: string }>();

/** Everything that a checkpoint can be found by, in small letters: its own names, and the projects known to have access. */
export function searchText(
  { checkpoint, name, snapshot }: CheckpointFacts,
  projects: ProjectDirectory,
): string[] {
  const own = `${name}\n${checkpoint.id}`.toLowerCase();
  return snapshot.listing ? [own, projectsIn(snapshot.listing, projects.snapshot.projects)] : [own];
}

function projectsIn(listing: Listing, names: Names): string {
  const made = searchTextCache.get(listing);
  if (made?.names === names) return made.text;
  const text = listing.permissions
    .map(({ project_id }) => `${project_id}\n${names.get(project_id)?.name ?? ''}`)
    .join('\n')
    .toLowerCase();
  searchTextCache.set(listing, { names, text });
  return text;
}
