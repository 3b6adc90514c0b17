import { parseCheckpointId, shortName, whyNotProject } from '../access/ids/checkpointId';
import type { Organization } from '../access/organization';
import { firstOf } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';

/** A checkpoint's short name, for sentences: `support-bot (step 160)`. */
export function checkpointName(checkpoint: string): string {
  const parsed = parseCheckpointId(checkpoint);
  if (!parsed) return escapeForMessage(checkpoint, 100);
  const { step, ...model } = parsed;
  const name = escapeForMessage(shortName(model), 100);
  return step === undefined ? name : `${name} (step ${step})`;
}

/** The same for rows: `support-bot · step 160`. */
export function checkpointLabel(checkpoint: string): string {
  return escapeForMessage(checkpointShortName(checkpoint), 100);
}

/** A checkpoint's short name, or its ID where it has none. Not escaped. */
export function checkpointShortName(checkpoint: string): string {
  const parsed = parseCheckpointId(checkpoint);
  return parsed ? shortName(parsed) : checkpoint;
}

/** A checkpoint under its model, which has the name. `step` is undefined for the final model. */
export function checkpointOfModel(step: number | undefined): string {
  return step === undefined ? 'Final model' : `Step ${step}`;
}

/** One checkpoint's short name, or how many there are: `3 checkpoints`. */
export function checkpointNames(checkpoints: readonly string[]): string {
  const [only] = checkpoints;
  return plural(
    checkpoints.length,
    only === undefined ? '1 checkpoint' : checkpointName(only),
    (number) => `${number} checkpoints`,
  );
}

/** The first of many checkpoints, and the number of the others: `support-bot (step 48), reader, and 12 more`. */
export function firstCheckpoints(checkpoints: readonly string[], most: number): string {
  return firstOf(checkpoints.slice(0, most).map(checkpointName), checkpoints.length);
}

/** A name in quotation marks, for sentences. */
export function quotedName(name: string): string {
  return `“${escapeForMessage(name, 120)}”`;
}

/** The first of many names, and the number of the others: `a, b, and 12 more`. Fewer if they are long. */
export function firstNames(names: readonly string[], most: number): string {
  return firstOf(
    names.slice(0, most).map((name) => escapeForMessage(name, 100)),
    names.length,
  );
}

/** A project in sentences: its name, both name and ID if the name is not unique or looks like an ID, else its ID. */
export function projectName(organization: Organization, id: string): string {
  const name = knownName(organization, id);
  if (name === '') return escapeForMessage(id, 100);
  const looksLikeAnId = whyNotProject(name) === undefined;
  return looksLikeAnId || isShared(organization, name) ? projectWithId(organization, id) : name;
}

/** A project's name and ID, where it must be unambiguous: `Berth planning (proj_…)`. */
export function projectWithId(organization: Organization, id: string): string {
  const name = knownName(organization, id);
  return name === '' ? escapeForMessage(id, 100) : `${name} (${escapeForMessage(id, 100)})`;
}

/** The first of many projects, and the number of the others: `Berth planning, Customs desk, and 12 more`. */
export function firstProjects(organization: Organization, ids: readonly string[], most: number): string {
  return firstOf(
    ids.slice(0, most).map((id) => projectName(organization, id)),
    ids.length,
  );
}

function knownName({ projects }: Organization, id: string): string {
  return escapeForMessage(projects.nameOf(id) ?? '', 100);
}

/** Number of projects with each name, counted once for each loaded list. */
const nameCounts = new WeakMap<ReadonlyMap<string, unknown>, ReadonlyMap<string, number>>();

function isShared({ projects: { snapshot } }: Organization, name: string): boolean {
  let counts = nameCounts.get(snapshot.projects);
  if (!counts) {
    const counted = new Map<string, number>();
    for (const project of snapshot.projects.values()) {
      const each = escapeForMessage(project.name ?? '', 100);
      counted.set(each, (counted.get(each) ?? 0) + 1);
    }
    counts = counted;
    nameCounts.set(snapshot.projects, counted);
  }
  return (counts.get(name) ?? 0) > 1;
}
