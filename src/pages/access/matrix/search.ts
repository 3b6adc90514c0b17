import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { searchTerms } from '../../../text/searchTerms';
import { headingText } from '../headingText';

/** The checkpoints and projects that a search shows. */
export interface FoundHeadings {
  readonly checkpoints: readonly CheckpointHeading[];
  readonly projects: readonly ProjectHeading[];
  /** Words that occur nowhere, as they were typed. With one of them nothing is found. */
  readonly unmatched: readonly string[];
}

/**
 * Searches checkpoints and projects with one text. Each word filters what it occurs in: checkpoints, projects, or both,
 * unless a prefix chooses.
 */
export function find(
  checkpoints: readonly CheckpointHeading[],
  projects: readonly ProjectHeading[],
  search: string,
): FoundHeadings {
  let [foundCheckpoints, foundProjects] = [checkpoints, projects];
  const unmatched: string[] = [];
  for (const { text, only } of searchTerms(search)) {
    const inCheckpoints = only !== 'project' && checkpoints.some((each) => has(each, text));
    const inProjects = only !== 'model' && projects.some((each) => has(each, text));
    if (inCheckpoints) foundCheckpoints = foundCheckpoints.filter((each) => has(each, text));
    if (inProjects) foundProjects = foundProjects.filter((each) => has(each, text));
    if (!inCheckpoints && !inProjects) unmatched.push(text);
  }
  return unmatched.length > 0
    ? { checkpoints: [], projects: [], unmatched }
    : { checkpoints: foundCheckpoints, projects: foundProjects, unmatched };
}

function has(named: CheckpointHeading | ProjectHeading, text: string): boolean {
  return headingText(named).includes(text);
}
