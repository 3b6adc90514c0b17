import { setImmediate as nextTurn } from 'node:timers/promises';
import { fold, searchWords } from '../../text/fold';
import { names } from '../../text/order';
import { toDate } from '../../text/steadyClock';
import { type AccessKind, accessKindOf } from '../accessKind';
import type { Permission } from '../api';
import { type AccessSource, accessState } from '../loading/accessState';
import { permissionsOf } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { ProjectAnswer } from '../loading/projectAnswers';
import type { ProjectDirectory } from '../loading/projectDirectory';
import { areProjectsCertain } from '../loading/projectsStanding';
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

/** The projects in the list of projects that have no known permission, and own nothing as far as is known. */
export interface ProjectsWithout {
  /** Their IDs, by name. */
  readonly projects: readonly string[];
  /** The weakest that is proven of one of them, for all checkpoints in the list. */
  readonly known: Extract<AccessKind, 'none' | 'notGranted' | 'unknown'>;
  /** The list of projects is complete and up to date, so that there are no others. */
  readonly areAllProjectsKnown: boolean;
}

/** The effect of a search on the projects with access. */
export interface FilteredProjects {
  /** The number of those that are shown or hidden. */
  readonly all: number;
  /** The number of those that are hidden, although their name or their access isn't fully loaded. */
  readonly mayMatch: number;
}

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
  /** The projects without a permission. With a search, those whose name or ID it finds. */
  readonly without: ProjectsWithout;
  /** With a search: what it hides. */
  readonly filtered?: FilteredProjects;
  /** When the oldest of the lists was loaded, milliseconds since 1970. Absent before any was loaded. */
  readonly oldest?: number;
}

interface ProjectDraft {
  readonly project: string;
  readonly grants: ProjectGrant[];
  /** Uncertain lists for which the access of this project is known nevertheless. */
  knownBeside: number;
}

/** What the grouping by project is made from. */
type GroupedSource = Pick<Organization, 'catalog' | 'owners' | 'permissions' | 'projects'>;

/**
 * Groups the known access by project. Sends no request. Yields between checkpoints, because thousands of permissions
 * take a while. `search`: words that must all be found in a project's name, its ID, or the checkpoints it can use.
 */
export async function groupByProject(
  source: GroupedSource,
  now: number,
  search = '',
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
  const notKnownOf = (draft: ProjectDraft | undefined): number =>
    all.length - whole - (draft?.knownBeside ?? 0);
  const words = searchWords(search);
  const withAccess = [...gathered.values()].filter(({ grants }) => grants.length > 0);
  const isFound = matcher(words, all, directory);
  const isEachNameKnown = areProjectsCertain(directory.snapshot);
  const found: ProjectDraft[] = [];
  let mayMatch = 0;
  for (const draft of withAccess) {
    await pause();
    if (isFound(draft)) found.push(draft);
    else if (notKnownOf(draft) > 0 || !(isEachNameKnown || directory.get(draft.project))) mayMatch += 1;
  }
  const ownersUnknown = withUnknownOwner(source).length;
  return {
    projects: (await sortByName(found, directory)).map(({ project, grants, knownBeside }) => ({
      project,
      grants,
      notKnown: all.length - whole - knownBeside,
    })),
    listed: all.length,
    whole,
    ownersUnknown,
    uncertainties: uncertaintiesOf(all, now),
    without: await projectsWithout(source, gathered, words, (draft) =>
      // Any other project is the owner of each checkpoint, once all owners are known.
      accessKindOf('', ownersUnknown === 0 ? 'other' : undefined, false, notKnownOf(draft) === 0),
    ),
    ...(words.length > 0 && { filtered: { all: withAccess.length, mayMatch } }),
    ...(moments.length > 0 && { oldest: Math.min(...moments) }),
  };
}

/** The projects without a permission, of those that the words find. `kindOf`: what is proven of one of them. */
async function projectsWithout(
  source: GroupedSource,
  gathered: ReadonlyMap<string, ProjectDraft>,
  words: readonly string[],
  kindOf: (draft: ProjectDraft | undefined) => AccessKind,
): Promise<ProjectsWithout> {
  const { catalog, projects: directory } = source;
  await nextTurn();
  const pause = pauses();
  const owners = new Set(catalog.ids.map((id) => ownershipOf(source, id)?.project));
  const isFound = matcher(words, [], directory);
  const without: ProjectDraft[] = [];
  const kinds = new Set<AccessKind>();
  for (const project of directory.snapshot.projects.keys()) {
    await pause();
    const draft = gathered.get(project);
    if ((draft && draft.grants.length > 0) || owners.has(project)) continue;
    const empty = draft ?? { project, grants: [], knownBeside: 0 };
    if (!isFound(empty)) continue;
    without.push(empty);
    kinds.add(kindOf(draft));
  }
  return {
    projects: (await sortByName(without, directory)).map(({ project }) => project),
    known: (['unknown', 'notGranted'] as const).find((kind) => kinds.has(kind)) ?? 'none',
    areAllProjectsKnown: areProjectsCertain(directory.snapshot),
  };
}

/** Finds the projects that have each word in their name, their ID, or a checkpoint they can use. */
function matcher(
  words: readonly string[],
  checkpoints: readonly CheckpointFacts[],
  directory: ProjectDirectory,
): (draft: ProjectDraft) => boolean {
  if (words.length === 0) return () => true;
  // Each checkpoint is searched once, however many projects can use it.
  const texts = checkpoints.map((facts) => [facts, fold(`${facts.name}\n${facts.checkpoint.id}`)] as const);
  const having = words.map(
    (word) => new Set(texts.flatMap(([facts, text]) => (text.includes(word) ? [facts] : []))),
  );
  return ({ project, grants }) => {
    const own = fold(`${directory.nameOf(project) ?? ''}\n${project}`);
    return words.every(
      (word, at) => own.includes(word) || grants.some(({ facts }) => having[at]?.has(facts)),
    );
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
  shown: readonly ProjectDraft[],
  directory: ProjectDirectory,
): Promise<ProjectDraft[]> {
  const labels = shown.map(({ project }, index) => `${fold(directory.nameOf(project) ?? project)}\0${index}`);
  await nextTurn();
  labels.sort();
  await nextTurn();
  return labels.flatMap((label) => shown[Number(label.slice(label.lastIndexOf('\0') + 1))] ?? []);
}
