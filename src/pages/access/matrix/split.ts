import { fold, searchWords } from '../../../text/fold';

interface Named {
  readonly name: string;
  readonly id: string;
}

/** The words of the page's search that filter checkpoints, and those that filter projects. */
export interface SplitSearch {
  readonly checkpoints: string;
  readonly projects: string;
}

/**
 * Splits one search among the two axes of the matrix. A word filters the axis where it occurs, or both; `model:` and
 * `project:` name one. A word that occurs nowhere filters checkpoints, so that nothing matches.
 */
export function splitSearch(
  search: string,
  checkpoints: readonly Named[],
  projects: readonly Named[],
): SplitSearch {
  const occurs = (all: readonly Named[], word: string): boolean =>
    all.some(({ name, id }) => fold(`${name} ${id}`).includes(word));
  const [ofCheckpoints, ofProjects]: [string[], string[]] = [[], []];
  for (const word of searchWords(search)) {
    const [, axis, rest = ''] = /^(model|project):(.*)$/s.exec(word) ?? [];
    if (axis === 'model') ofCheckpoints.push(rest);
    else if (axis === 'project') ofProjects.push(rest);
    else {
      const isProject = occurs(projects, word);
      if (isProject) ofProjects.push(word);
      if (!isProject || occurs(checkpoints, word)) ofCheckpoints.push(word);
    }
  }
  return { checkpoints: ofCheckpoints.join(' '), projects: ofProjects.join(' ') };
}
