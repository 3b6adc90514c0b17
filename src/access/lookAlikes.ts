import { lookOf } from '../text/fold';
import { plainText } from '../text/plainText';
import { whyNotProject } from './ids/checkpointId';
import type { ProjectDirectory } from './loading/projectDirectory';

/** How much of a name is shown. Names that are equal so far look equal. */
const shownLength = 100;

/** Which names look equal: the one owner of the decision when a name needs an ID beside it. */
export class LookAlikes {
  /** The ID of what looks so; undefined if several do. */
  readonly #owners = new Map<string, string | undefined>();

  constructor(named: Iterable<readonly [id: string, name: string]>) {
    for (const [id, name] of named) {
      const look = lookOf(plainText(name, shownLength));
      const isShared = this.#owners.has(look) && this.#owners.get(look) !== id;
      this.#owners.set(look, isShared ? undefined : id);
    }
  }

  /** Whether something with another ID looks like this name. */
  isShared(id: string, name: string): boolean {
    const look = lookOf(plainText(name, shownLength));
    return this.#owners.has(look) && this.#owners.get(look) !== id;
  }
}

/** Compared once for each loaded list. */
const ofProjects = new WeakMap<ReadonlyMap<string, unknown>, LookAlikes>();

/**
 * Whether a project's name does not tell which project it is: another one looks the same, or it looks like an ID.
 * `name`: the name that is shown, which may be a recorded one.
 */
export function isAmbiguousProject(
  { snapshot }: Pick<ProjectDirectory, 'snapshot'>,
  id: string,
  name: string,
): boolean {
  if (whyNotProject(lookOf(name)) === undefined) return true;
  let looks = ofProjects.get(snapshot.projects);
  if (!looks) {
    looks = new LookAlikes([...snapshot.projects].map(([each, project]) => [each, project.name ?? '']));
    ofProjects.set(snapshot.projects, looks);
  }
  return looks.isShared(id, name);
}
