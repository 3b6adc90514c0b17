import type { CheckpointFacts } from './checkpointFacts';
import type { Filter } from './filter';
import type { PermissionStore } from './permissionStore';
import { isWhole, type ProjectAccess, projectAccess } from './projectAccess';
import type { ProjectDirectory } from './projectDirectory';
import { daysLeft } from './retirement';
import { searchText } from './searchText';

/** What a filter can go by beside the facts. */
export interface Known {
  readonly permissions: PermissionStore;
  readonly projects: ProjectDirectory;
}

/** Whether a filter shows a checkpoint. What is not known is shown, never hidden as if it were known not to fit. */
export function passes(filter: Filter, known: Known, now: number): (facts: CheckpointFacts) => boolean {
  const { text, project, endsWithin } = filter;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (facts) => {
    if (endsWithin !== undefined && !(endsSoon(facts, endsWithin, now) && mayBeShared(facts))) return false;
    if (words.length > 0) {
      const searched = searchText(facts, known.projects);
      if (!words.every((word) => searched.some((part) => part.includes(word)))) return false;
    }
    return project === undefined || accessIn(facts, project, known).known !== 'no';
  };
}

export function accessIn({ checkpoint }: CheckpointFacts, project: string, known: Known): ProjectAccess {
  return projectAccess(known.permissions, checkpoint.id, project);
}

/** Whether it ends within so many days from now, and has not ended yet. */
export function endsSoon({ retirement, ended }: CheckpointFacts, days: number, now: number): boolean {
  return retirement !== undefined && !ended && daysLeft(retirement, now) <= days;
}

/** Only a list that was read to its end, and not before a change or a refresh, can say that nobody has access. */
export function mayBeShared({ snapshot }: CheckpointFacts): boolean {
  return !isWhole(snapshot) || snapshot.outdated || snapshot.listing?.permissions.length !== 0;
}
