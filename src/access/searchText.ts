import type { CheckpointFacts } from './checkpointFacts';
import type { Listing } from './listing';
import type { ProjectDirectory } from './projectDirectory';

type Names = ProjectDirectory['snapshot']['projects'];

/** Made once for each list and each reading of the names: with 10,000 permissions that takes a moment. */
const madeFor = new WeakMap<Listing, { readonly names: Names; readonly text: string }>();

/** Everything that a checkpoint can be found by, in small letters: its own names, and the projects known to have access. */
export function searchText(
  { checkpoint, name, snapshot }: CheckpointFacts,
  projects: ProjectDirectory,
): string[] {
  const own = `${name}\n${checkpoint.id}`.toLowerCase();
  return snapshot.listing ? [own, projectsIn(snapshot.listing, projects.snapshot.projects)] : [own];
}

function projectsIn(listing: Listing, names: Names): string {
  const made = madeFor.get(listing);
  if (made?.names === names) return made.text;
  const text = listing.permissions
    .map(({ project_id }) => `${project_id}\n${names.get(project_id)?.name ?? ''}`)
    .join('\n')
    .toLowerCase();
  madeFor.set(listing, { names, text });
  return text;
}
