import { setImmediate as nextTurn } from 'node:timers/promises';
import { names } from '../../text/order';
import type { Permission } from '../api';
import { permissionsOf } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { ProjectAnswer } from '../loading/projectAnswers';
import type { ProjectDirectory } from '../loading/projectDirectory';
import type { Snapshot } from '../loading/snapshot';
import { type Doubt, isCertain, isUpToDate, type Standing, standingOf } from '../loading/standing';
import type { Catalog } from './catalog';
import { type CheckpointFacts, checkpointFactsIn } from './checkpointFacts';

/** A permission of a project, with the checkpoint that it is for. */
export interface ProjectGrant {
  readonly facts: CheckpointFacts;
  readonly permission: Permission;
  /** When the API answered about this project alone, milliseconds since 1970; absent where the checkpoint's list has it. */
  readonly answeredAt?: number;
}

/** What one project can use as far as is known. */
export interface ProjectAccessList {
  readonly project: string;
  readonly grants: readonly ProjectGrant[];
  /** For how many checkpoints of the list its access is unknown. */
  readonly notKnown: number;
}

/** Why a list does not prove what is not in it: its state, or its first doubt. Age alone is no reason. */
export type Uncertainty = Exclude<Standing['state'], 'loaded'> | Exclude<Doubt, 'old'>;

/** The list of checkpoints seen from the projects, and how complete that is. */
export interface AccessByProject {
  /** By name, or by ID where the name is unknown; only projects that are known to have access. */
  readonly projects: readonly ProjectAccessList[];
  readonly listed: number;
  /** Of the checkpoints listed: how many have a list that proves what is not in it, see {@link isCertain}. */
  readonly whole: number;
  /** Why the others do not, with how many of them; in a fixed order, none twice. */
  readonly uncertainties: readonly (readonly [why: Uncertainty, checkpoints: number])[];
  /** When the oldest list in it was loaded, milliseconds since 1970; absent before any was. */
  readonly oldest?: number;
}

interface ProjectDraft {
  readonly project: string;
  readonly grants: ProjectGrant[];
  /** Checkpoints not loaded completely for which the access of this project is known nevertheless. */
  knownBeside: number;
}

/** So long may pass in milliseconds before others get their turn. */
const maxSliceMs = 10;

/**
 * Turns what is known around: the projects, and what each can use. Asks nobody. With thousands of permissions it takes
 * a while, in which it lets others have their turn.
 */
export async function groupByProject(
  catalog: Catalog,
  store: PermissionStore,
  directory: ProjectDirectory,
  now: number,
): Promise<AccessByProject> {
  let turnBegan = performance.now();
  // In the order in which they will stand under each project, so that no project's have to be sorted by themselves.
  const all = checkpointFactsIn(catalog, store, now).sort(compareByName);
  const gathered = new Map<string, ProjectDraft>();
  let whole = 0;
  for (const facts of all) {
    if (performance.now() - turnBegan > maxSliceMs) {
      await nextTurn();
      turnBegan = performance.now();
    }
    const isComplete = isCertain(facts.snapshot);
    if (isComplete) whole += 1;
    const known = collectGrants(facts, store, gathered);
    if (!isComplete) for (const each of known()) each.knownBeside += 1;
  }
  await nextTurn();
  const moments = all.flatMap(({ snapshot }) => snapshot.listing?.readAt ?? []);
  return {
    projects: (await sortByName(gathered, directory)).map(({ project, grants, knownBeside }) => ({
      project,
      grants,
      notKnown: all.length - whole - knownBeside,
    })),
    listed: all.length,
    whole,
    uncertainties: uncertaintiesOf(all, now),
    ...(moments.length > 0 && { oldest: Math.min(...moments) }),
  };
}

/** In the order in which they are said: what a person did or asked for, then what failed, then what is missing. */
const uncertainties: readonly Uncertainty[] = [
  'beforeYourChange',
  'beforeYourRefresh',
  'refreshFailed',
  'failed',
  'brokenOff',
  'moreToLoad',
  'notLoaded',
];

function uncertaintiesOf(all: readonly CheckpointFacts[], now: number): AccessByProject['uncertainties'] {
  const counts = new Map<Uncertainty, number>();
  for (const { snapshot } of all) {
    const why = uncertaintyOf(standingOf(snapshot, now));
    if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return uncertainties.flatMap((why): AccessByProject['uncertainties'] => {
    const count = counts.get(why);
    return count === undefined ? [] : [[why, count]];
  });
}

function uncertaintyOf({ state, doubts: [first] }: Standing): Uncertainty | undefined {
  if (state !== 'loaded') return state;
  return first === 'old' ? undefined : first;
}

/** What one project can use as far as is known, also when that is nothing. Asks nobody. */
export function projectList(
  catalog: Catalog,
  store: PermissionStore,
  project: string,
  now: number,
): ProjectAccessList {
  const grants: ProjectGrant[] = [];
  let notKnown = 0;
  for (const facts of checkpointFactsIn(catalog, store, now).sort(compareByName)) {
    const { snapshot, checkpoint } = facts;
    const answer = currentAnswer(snapshot, store.answers.get(checkpoint.id, project));
    const permissions =
      answer?.permissions ?? (snapshot.listing ? permissionsOf(snapshot.listing, project) : []);
    for (const permission of permissions)
      grants.push({ facts, permission, ...(answer && { answeredAt: answer.at }) });
    const isKnown = answer !== undefined || (permissions.length > 0 && isUpToDate(snapshot));
    if (!isKnown && !isCertain(snapshot)) notKnown += 1;
  }
  return { project, grants, notKnown };
}

/** An answer about one project, unless the list that is loaded is newer, or it is none. */
function currentAnswer({ listing }: Snapshot, answer: ProjectAnswer | undefined) {
  if (!answer || 'failure' in answer || (listing && listing.readAt > answer.at)) return undefined;
  return answer;
}

/**
 * Adds what is known of a checkpoint to each project, by the newest of what the server said. Returns what finds the
 * projects whose access to it is known as of now; that is not wanted for most.
 */
function collectGrants(
  facts: CheckpointFacts,
  store: PermissionStore,
  gathered: Map<string, ProjectDraft>,
): () => Set<ProjectDraft> {
  const { snapshot, checkpoint } = facts;
  const { listing } = snapshot;
  const of = (project: string): ProjectDraft => {
    let found = gathered.get(project);
    if (!found) {
      found = { project, grants: [], knownBeside: 0 };
      gathered.set(project, found);
    }
    return found;
  };
  const answers = [...store.answers.about(checkpoint.id)].flatMap(([project, each]) => {
    const answer = currentAnswer(snapshot, each);
    return answer ? [[project, answer] as const] : [];
  });
  const answered = new Set(answers.map(([project]) => project));
  for (const permission of listing?.permissions ?? []) {
    const { project_id: project } = permission;
    if (answered.size === 0 || !answered.has(project)) of(project).grants.push({ facts, permission });
  }
  for (const [project, { permissions, at }] of answers) {
    for (const permission of permissions) of(project).grants.push({ facts, permission, answeredAt: at });
  }
  return () => {
    const listed = isUpToDate(snapshot) ? (listing?.permissions ?? []) : [];
    return new Set([
      ...listed.map(({ project_id }) => of(project_id)),
      ...answers.map(([project]) => of(project)),
    ]);
  };
}

/** What has ended stands below. */
function compareByName(one: CheckpointFacts, other: CheckpointFacts): number {
  return Number(one.ended) - Number(other.ended) || names.compare(one.name, other.name);
}

/** There may be thousands, so their names are compared as plain text, by the runtime's own way to sort text. */
async function sortByName(
  gathered: ReadonlyMap<string, ProjectDraft>,
  directory: ProjectDirectory,
): Promise<ProjectDraft[]> {
  const shown = [...gathered.values()].filter(({ grants }) => grants.length > 0);
  const labels = shown.map(
    ({ project }, index) => `${(directory.nameOf(project) ?? project).toLowerCase()}\0${index}`,
  );
  await nextTurn();
  labels.sort();
  await nextTurn();
  return labels.flatMap((label) => shown[Number(label.slice(label.lastIndexOf('\0') + 1))] ?? []);
}
