import { setImmediate as nextTurn } from 'node:timers/promises';
import { fold } from '../../text/fold';
import { names } from '../../text/order';
import { toDate } from '../../text/steadyClock';
import type { Permission } from '../api';
import { type AccessSource, accessState } from '../loading/accessState';
import { permissionsOf } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { ProjectAnswer } from '../loading/projectAnswers';
import type { ProjectDirectory } from '../loading/projectDirectory';
import type { Snapshot } from '../loading/snapshot';
import { type Doubt, isCertain, isUpToDate, type Standing, standingOf } from '../loading/standing';
import type { Organization } from '../organization';
import { ownershipOf, withUnknownOwner } from '../ownership';
import { pauses } from '../slices';
import { type CheckpointFacts, checkpointFactsIn } from './checkpointFacts';

/** A permission of a project, with its checkpoint. */
export interface ProjectGrant {
  readonly facts: CheckpointFacts;
  readonly permission: Permission;
  /**
   * When a request for this project alone was sent, milliseconds since 1970. Absent if the permission is from the
   * list of the checkpoint.
   */
  readonly answeredAt?: number;
}

/** The known access of one project. */
export interface ProjectAccessList {
  readonly project: string;
  readonly grants: readonly ProjectGrant[];
  /** The number of checkpoints in the list for which its access is unknown. */
  readonly notKnown: number;
}

/** Why a list does not prove the absence of a permission: its state, or its first doubt. Age alone is no reason. */
export type Uncertainty = Exclude<Standing['state'], 'loaded'> | Exclude<Doubt, 'old'>;

/** The checkpoint list grouped by project, and how complete it is. */
export interface AccessByProject {
  /** The projects known to have access, by name, or by ID where the name is unknown. */
  readonly projects: readonly ProjectAccessList[];
  readonly listed: number;
  /** The number of checkpoints whose list is certain, see {@link isCertain}. */
  readonly whole: number;
  /** The number of checkpoints whose owner is unknown. It has access without a permission, and is not in a list. */
  readonly ownersUnknown: number;
  /** Why the other lists are uncertain, with the number of checkpoints. In a fixed order, each once. */
  readonly uncertainties: readonly (readonly [why: Uncertainty, checkpoints: number])[];
  /** When the oldest of the lists was loaded, milliseconds since 1970. Absent before any was loaded. */
  readonly oldest?: number;
}

interface ProjectDraft {
  readonly project: string;
  readonly grants: ProjectGrant[];
  /** Uncertain lists for which the access of this project is known nevertheless. */
  knownBeside: number;
}

/**
 * Groups the known access by project. Sends no request. Yields between checkpoints, because thousands of permissions
 * take a while.
 */
export async function groupByProject(
  source: Pick<Organization, 'catalog' | 'owners' | 'permissions' | 'projects'>,
  now: number,
): Promise<AccessByProject> {
  const { catalog, permissions: store, projects: directory } = source;
  const pause = pauses();
  // Sorted once here, so that the checkpoints of each project are in order.
  const all = checkpointFactsIn(catalog, store, now).sort(compareByName);
  const gathered = new Map<string, ProjectDraft>();
  let whole = 0;
  for (const facts of all) {
    await pause();
    const isComplete = isCertain(facts.snapshot);
    if (isComplete) whole += 1;
    const known = collectGrants(facts, store, gathered);
    if (!isComplete) for (const each of known()) each.knownBeside += 1;
  }
  await nextTurn();
  const moments = all.flatMap(({ snapshot }) => (snapshot.listing ? toDate(snapshot.listing.readAt) : []));
  return {
    projects: (await sortByName(gathered, directory)).map(({ project, grants, knownBeside }) => ({
      project,
      grants,
      notKnown: all.length - whole - knownBeside,
    })),
    listed: all.length,
    whole,
    ownersUnknown: withUnknownOwner(source).length,
    uncertainties: uncertaintiesOf(all, now),
    ...(moments.length > 0 && { oldest: Math.min(...moments) }),
  };
}

/** The order of display: what a person did or requested, then failures, then what is missing. */
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

/** The access of one project, with the checkpoints that it owns or may own. */
export interface ProjectAccess extends ProjectAccessList {
  /** The checkpoints that it is known to own. */
  readonly owns: readonly string[];
  /** The number of checkpoints that it was not granted, but may own, because the owner is unknown. */
  readonly mayOwn: number;
}

/** The known access of one project, also if there is none. Sends no request. */
export function projectAccess(source: AccessSource, project: string, now: number): ProjectAccess {
  const { catalog, permissions: store } = source;
  const known = catalog.ids.map((id) => [id, accessState(source, id, project).known] as const);
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
    const isOwner = ownershipOf(source, checkpoint.id)?.project === project;
    if (!isKnown && !isCertain(snapshot) && !isOwner) notKnown += 1;
  }
  return {
    project,
    grants,
    notKnown,
    owns: known.flatMap(([id, kind]) => (kind === 'owner' ? [id] : [])),
    mayOwn: known.filter(([, kind]) => kind === 'notGranted').length,
  };
}

/** The response for one project, unless it failed or the loaded list is newer. */
function currentAnswer({ listing }: Snapshot, answer: ProjectAnswer | undefined) {
  if (!answer || 'failure' in answer || (listing && listing.readAt > answer.at)) return undefined;
  return answer;
}

/**
 * Adds the known access to a checkpoint to each project, from the newest response. Returns a function that finds the
 * projects whose access is up to date; it is needed for uncertain lists only.
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

/** Compares by name. Models that are shut down come last. */
function compareByName(one: CheckpointFacts, other: CheckpointFacts): number {
  return Number(one.isShutDown) - Number(other.isShutDown) || names.compare(one.name, other.name);
}

/** Sorts by name as plain text, because a collator is too slow for thousands of projects. Yields in between. */
async function sortByName(
  gathered: ReadonlyMap<string, ProjectDraft>,
  directory: ProjectDirectory,
): Promise<ProjectDraft[]> {
  const shown = [...gathered.values()].filter(({ grants }) => grants.length > 0);
  const labels = shown.map(({ project }, index) => `${fold(directory.nameOf(project) ?? project)}\0${index}`);
  await nextTurn();
  labels.sort();
  await nextTurn();
  return labels.flatMap((label) => shown[Number(label.slice(label.lastIndexOf('\0') + 1))] ?? []);
}
