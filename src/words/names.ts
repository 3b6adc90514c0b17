import { parseCheckpointId, shortName } from '../access/ids/checkpointId';
import { isAmbiguousProject } from '../access/lookAlikes';
import type { Organization } from '../access/organization';
import { firstOf } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage, plainText, visible } from '../text/plainText';

/** The organization among whose checkpoints a name must be unambiguous. */
export type Among = Pick<Organization, 'catalog'>;

/**
 * A checkpoint's short name, for sentences: `support-bot (step 160)`. With its ID if the name of another checkpoint
 * `among` the listed ones looks the same.
 */
export function checkpointName(checkpoint: string, among?: Among): string {
  const parsed = parseCheckpointId(checkpoint);
  if (!parsed) return escapeForMessage(checkpoint, 100);
  const { step, ...model } = parsed;
  const name = escapeForMessage(shortName(model), 100);
  if (among?.catalog.isNameShared(checkpoint)) return `${name} (${escapeForMessage(checkpoint, 200)})`;
  return step === undefined ? name : `${name} (step ${step})`;
}

/** The same with its ID, where a person has to find it by that: `support-bot (ft:…)`. */
export function checkpointWithId(checkpoint: string, among?: Among): string {
  const name = checkpointName(checkpoint, among);
  const id = escapeForMessage(visible(checkpoint), 400);
  return name.includes(id) ? name : `${name} (${id})`;
}

/** The same for rows: `support-bot · step 160`. */
export function checkpointLabel(checkpoint: string, among?: Among): string {
  return escapeForMessage(plainCheckpointLabel(checkpoint, among), 400);
}

/** The same for trees and screen readers, where links and icons have no meaning. */
export function plainCheckpointLabel(checkpoint: string, among?: Among): string {
  const label = plainText(checkpointShortName(checkpoint), 100);
  return among?.catalog.isNameShared(checkpoint) ? `${label} (${plainText(checkpoint, 200)})` : label;
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
export function checkpointNames(checkpoints: readonly string[], among?: Among): string {
  const [only] = checkpoints;
  return plural(
    checkpoints.length,
    only === undefined ? '1 checkpoint' : checkpointName(only, among),
    (number) => `${number} checkpoints`,
  );
}

/** The first of many checkpoints, and the number of the others: `support-bot (step 48), reader, and 12 more`. */
export function firstCheckpoints(checkpoints: readonly string[], most: number, among?: Among): string {
  return firstOf(
    checkpoints.slice(0, most).map((id) => checkpointName(id, among)),
    checkpoints.length,
  );
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

/** The organization whose projects are named. */
export type ProjectNames = Pick<Organization, 'projects'>;

/**
 * A project in sentences: its name, both name and ID if the name of another project looks the same or if it looks like
 * an ID, else its ID. `recorded`: the name to use for a project that is not in the list any more.
 */
export function projectName(organization: ProjectNames, id: string, recorded?: string): string {
  return escapeForMessage(plainProjectName(organization, id, recorded), 300);
}

/** The same for trees and screen readers, where links and icons have no meaning. */
export function plainProjectName({ projects }: ProjectNames, id: string, recorded?: string): string {
  const name = projects.nameOf(id) ?? recorded ?? '';
  const shown = plainText(name, 100);
  if (shown === '') return plainText(id, 100);
  return isAmbiguousProject(projects, id, name) ? `${shown} (${plainText(id, 100)})` : shown;
}

/** A project's name and ID, where it must be unambiguous: `Berth planning (proj_…)`. */
export function projectWithId(organization: ProjectNames, id: string): string {
  const name = knownName(organization, id);
  return name === '' ? escapeForMessage(id, 100) : `${name} (${escapeForMessage(id, 100)})`;
}

/** The first of many projects, and the number of the others: `Berth planning, Customs desk, and 12 more`. */
export function firstProjects(organization: ProjectNames, ids: readonly string[], most: number): string {
  return firstOf(
    ids.slice(0, most).map((id) => projectName(organization, id)),
    ids.length,
  );
}

function knownName({ projects }: ProjectNames, id: string): string {
  return escapeForMessage(projects.nameOf(id) ?? '', 100);
}
