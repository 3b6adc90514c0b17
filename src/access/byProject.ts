import type { Permission } from './api';
import type { Catalog } from './catalog';
import { type CheckpointFacts, factsOf } from './checkpointFacts';
import type { PermissionStore } from './permissionStore';
import { isWhole } from './projectAccess';
import type { ProjectDirectory } from './projectDirectory';

/** A permission of a project, with the checkpoint that it is for. */
export interface ProjectGrant {
  readonly facts: CheckpointFacts;
  readonly permission: Permission;
}

/** What one project can use as far as is known. */
export interface ProjectAccessList {
  readonly project: string;
  readonly grants: readonly ProjectGrant[];
  /** For how many checkpoints of the list its access is not known. */
  readonly notKnown: number;
}

/** The list of checkpoints seen from the projects, and how complete that is. */
export interface ByProject {
  /** By name, those whose name is not known by their id; only projects that are known to have access. */
  readonly projects: readonly ProjectAccessList[];
  readonly listed: number;
  /** Of the checkpoints listed: how many were read completely, and how many could not be read. */
  readonly whole: number;
  readonly failed: number;
  /** When the oldest list in it was read, milliseconds since 1970; absent before any was. */
  readonly oldest?: number;
}

interface Gathered {
  readonly grants: ProjectGrant[];
  /** Checkpoints not read completely for which the access of this project is known nevertheless. */
  knownBeside: number;
}

/** Turns what is known around: the projects, and what each can use. Asks nobody. */
export function byProject(
  catalog: Catalog,
  store: PermissionStore,
  directory: ProjectDirectory,
  now: number,
): ByProject {
  const all = factsOf(catalog, store, now);
  const gathered = new Map<string, Gathered>();
  const of = (project: string): Gathered => {
    let found = gathered.get(project);
    if (!found) {
      found = { grants: [], knownBeside: 0 };
      gathered.set(project, found);
    }
    return found;
  };
  let whole = 0;
  for (const facts of all) {
    const isComplete = isWhole(facts.snapshot);
    if (isComplete) whole += 1;
    for (const [project, { permissions, isKnown }] of accessTo(facts, store)) {
      if (permissions.length > 0) {
        of(project).grants.push(...permissions.map((permission) => ({ facts, permission })));
      }
      if (!isComplete && isKnown) of(project).knownBeside += 1;
    }
  }
  const moments = all.flatMap(({ snapshot }) => snapshot.listing?.readAt ?? []);
  return {
    projects: inOrder(gathered, directory).map(([project, { grants, knownBeside }]) => ({
      project,
      grants: grants.sort(byName),
      notKnown: all.length - whole - knownBeside,
    })),
    listed: all.length,
    whole,
    failed: all.filter(({ snapshot }) => snapshot.failure).length,
    ...(moments.length > 0 && { oldest: Math.min(...moments) }),
  };
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
  for (const facts of factsOf(catalog, store, now)) {
    const access = accessTo(facts, store).get(project);
    for (const permission of access?.permissions ?? []) grants.push({ facts, permission });
    if (!access?.isKnown && !isWhole(facts.snapshot)) notKnown += 1;
  }
  return { project, grants: grants.sort(byName), notKnown };
}

interface Access {
  readonly permissions: readonly Permission[];
  /** Whether it is so now, as far as the server said. */
  readonly isKnown: boolean;
}

/** Every project that something is known of, by the newest of what the server said. */
function accessTo({ checkpoint, snapshot }: CheckpointFacts, store: PermissionStore): Map<string, Access> {
  const { listing, beforeChange, failure } = snapshot;
  const isCurrent = !beforeChange && failure?.during !== 'read';
  const access = new Map<string, Access>();
  for (const permission of listing?.permissions ?? []) {
    const { project_id: project } = permission;
    const before = access.get(project)?.permissions ?? [];
    access.set(project, { permissions: [...before, permission], isKnown: isCurrent });
  }
  for (const [project, answer] of store.answers.about(checkpoint.id)) {
    if ('failure' in answer || (listing && listing.readAt > answer.at)) continue;
    access.set(project, { permissions: answer.permissions, isKnown: true });
  }
  return access;
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What has ended stands below. */
function byName(one: ProjectGrant, other: ProjectGrant): number {
  return (
    Number(one.facts.ended) - Number(other.facts.ended) || names.compare(one.facts.name, other.facts.name)
  );
}

/** There may be thousands, so their names are compared as plain text. */
function inOrder(gathered: ReadonlyMap<string, Gathered>, directory: ProjectDirectory): [string, Gathered][] {
  return [...gathered]
    .filter(([, { grants }]) => grants.length > 0)
    .map((entry) => ({ entry, label: (directory.nameOf(entry[0]) ?? entry[0]).toLowerCase() }))
    .sort((one, other) => (one.label < other.label ? -1 : one.label > other.label ? 1 : 0))
    .map(({ entry }) => entry);
}
