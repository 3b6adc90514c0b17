import type { Permission } from '../api';
import { ensureNotBrokenOff, permissionsOf } from '../loading/listing';
import { type PermissionStore, pageSize } from '../loading/permissionStore';
import { isRecent } from '../loading/standing';
import { type Basis, withAnswers } from './basis';
import { type Plan, planRevokes } from './plan';
import type { MaxAge } from './stillHolds';

/** A permission that somebody named. `project`: what the server said of it before; absent when nobody but the caller did. */
export interface PermissionName {
  readonly checkpoint: string;
  readonly permissionId: string;
  readonly project?: string | undefined;
}

/** A plan of revokes of named permissions, and those that don't exist, or not any more. */
export interface NamedRevokes {
  readonly plan: Plan;
  readonly gone: readonly PermissionName[];
}

/** Up to so many projects are asked for one by one rather than a long list read again. */
const fewProjects = 3;

/**
 * Plans revokes of named permissions, with the projects and dates that the server has for them. Sends no request while
 * what is known is recent. Rejects with the client's error, or with `IncompleteListError` if the list breaks off before
 * it says whether a permission of an unknown project exists.
 */
export async function planNamedRevokes(
  names: readonly PermissionName[],
  store: PermissionStore,
  maxAge: MaxAge,
  signal?: AbortSignal,
): Promise<NamedRevokes> {
  const found: { checkpoint: string; permission: Permission }[] = [];
  const gone: PermissionName[] = [];
  const basis = new Map<string, Basis>();
  for (const checkpoint of new Set(names.map((name) => name.checkpoint))) {
    signal?.throwIfAborted();
    const here = names.filter((name) => name.checkpoint === checkpoint);
    const known = await readNamed(checkpoint, here, store, maxAge(checkpoint), signal);
    basis.set(checkpoint, known);
    const permissions = new Map(permissionsIn(known).map((permission) => [permission.id, permission]));
    for (const name of here) {
      const permission = permissions.get(name.permissionId);
      if (permission) found.push({ checkpoint, permission });
      else gone.push(name);
    }
  }
  return { plan: { ...planRevokes(found), basis }, gone };
}

function permissionsIn({ listing, answers }: Basis): Permission[] {
  return [...(listing?.permissions ?? []), ...[...(answers?.byProject.values() ?? [])].flat()];
}

async function readNamed(
  checkpoint: string,
  names: readonly PermissionName[],
  store: PermissionStore,
  maxAge: number,
  signal: AbortSignal | undefined,
): Promise<Basis> {
  const missingIn = (basis: Basis): PermissionName[] => {
    const ids = new Set(permissionsIn(basis).map(({ id }) => id));
    return names.filter(({ permissionId }) => !ids.has(permissionId));
  };
  const now = store.now();
  const snapshot = store.snapshot(checkpoint);
  let basis: Basis = {};
  if (isRecent(snapshot, now, maxAge) && snapshot.listing) basis = { listing: snapshot.listing };
  for (const [project, answer] of store.answers.about(checkpoint)) {
    if (!('permissions' in answer) || answer.at > now || now - answer.at > maxAge) continue;
    if (names.some((name) => answer.permissions.some(({ id }) => id === name.permissionId)))
      basis = withAnswers(basis, new Map([[project, answer.permissions]]), answer.at);
  }
  if (missingIn(basis).length === 0) return basis;

  const isLong = (snapshot.listing?.permissions.length ?? 0) > pageSize;
  const projects = new Set(missingIn(basis).map(({ project }) => project));
  const isAskedByProject = !projects.has(undefined) && projects.size <= fewProjects;
  if (!basis.listing && !(isLong && isAskedByProject)) {
    basis = { ...basis, listing: await store.readCurrent(checkpoint, maxAge, signal) };
  }
  const askByProject = async (): Promise<void> => {
    for (const { project } of missingIn(basis)) {
      if (project === undefined || basis.answers?.byProject.has(project)) continue;
      signal?.throwIfAborted();
      const at = store.now();
      const permissions = await store.readProject(checkpoint, project, signal);
      basis = withAnswers(basis, new Map([[project, permissions]]), at);
    }
  };
  if (isAskedByProject && basis.listing?.ending.kind !== 'complete') await askByProject();
  const isOpen = ({ project }: PermissionName): boolean =>
    project === undefined || !basis.answers?.byProject.has(project);
  while (missingIn(basis).some(isOpen) && basis.listing?.ending.kind === 'more') {
    signal?.throwIfAborted();
    basis = { ...basis, listing: await store.readMore(checkpoint, 'person', signal) };
  }
  // A list that broke off doesn't prove that what it lacks is gone.
  if (basis.listing?.ending.kind === 'incomplete') {
    if (missingIn(basis).some(({ project }) => project === undefined))
      ensureNotBrokenOff(basis.listing, checkpoint);
    await askByProject();
  }
  return basis;
}

/** The other permissions of the plan's projects, through which they keep access. */
export function keptPermissions(
  plan: Plan,
  store: Pick<PermissionStore, 'snapshot'>,
): { readonly project: string; readonly id: string }[] {
  const going = new Set(plan.steps.map((step) => (step.action === 'revoke' ? step.permissionId : '')));
  return plan.steps.flatMap(({ checkpoint, project }) => {
    const { listing } = store.snapshot(checkpoint);
    const others = listing ? permissionsOf(listing, project).filter(({ id }) => !going.has(id)) : [];
    return others.map(({ id }) => ({ project, id }));
  });
}
