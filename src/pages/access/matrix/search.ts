import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { fold } from '../../../text/fold';

/** What a search looks through, by name and ID. */
interface Named {
  readonly name: string;
  readonly id: string;
}

/** A word of a search, folded. `only`: the axis that a prefix names. */
interface Term {
  readonly text: string;
  readonly only?: 'model' | 'project';
}

/** The checkpoints and projects that a search shows. */
export interface FoundHeadings {
  readonly checkpoints: readonly CheckpointHeading[];
  readonly projects: readonly ProjectHeading[];
  /** Words that occur nowhere, as they were typed. With one of them nothing is found. */
  readonly unmatched: readonly string[];
}

/** A word, or several in quotation marks, after a prefix or none. A quotation mark without another one ends at the end. */
const termPattern = /(?:(model|project):)?(?:"([^"]*)(?:"|$)|(\S*))/giu;

/**
 * Searches checkpoints and projects with one text. Each word filters what it occurs in: checkpoints, projects, or both.
 * `model:` and `project:` before a word, or before words in quotation marks, choose.
 */
export function find(
  checkpoints: readonly CheckpointHeading[],
  projects: readonly ProjectHeading[],
  search: string,
): FoundHeadings {
  let [foundCheckpoints, foundProjects] = [checkpoints, projects];
  const unmatched: string[] = [];
  for (const { text, only } of termsIn(search)) {
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

function termsIn(search: string): Term[] {
  return [...search.matchAll(termPattern)].flatMap(([, prefix, quoted, word]): Term[] => {
    const text = fold(quoted ?? word ?? '').trim();
    if (text === '') return [];
    const only = prefix?.toLowerCase();
    return only === 'model' || only === 'project' ? [{ text, only }] : [{ text }];
  });
}

/** Name and ID of what was searched, folded once: a word is looked for with each key. */
const folded = new WeakMap<Named, string>();

function has(named: Named, text: string): boolean {
  let known = folded.get(named);
  if (known === undefined) {
    known = fold(`${named.name} ${named.id}`);
    folded.set(named, known);
  }
  return known.includes(text);
}
