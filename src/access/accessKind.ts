/**
 * The access of a project to a checkpoint:
 * - `granted`: it has a permission.
 * - `owner`: it owns the model, so it has access without a permission.
 * - `none`: it has no permission, and another project is known to own the model.
 * - `notGranted`: it has no permission, but it may own the model, because the owner is unknown.
 * - `unknown`: nothing that is loaded proves that it has no permission.
 */
export type AccessKind = 'granted' | 'owner' | 'none' | 'notGranted' | 'unknown';

/**
 * Decides the access of a project. The only function that does, for every view, filter, export and plan. Lists never
 * contain the owner (docs/api.md#the-owning-project-cannot-be-granted), so a list alone proves at most `notGranted`.
 *
 * `owner`: the owning project, undefined while it is unknown. `isAbsent`: the loaded data proves that there is no
 * permission. Runs in pages too, so it imports nothing.
 */
export function accessKindOf<P extends string | number>(
  project: P,
  owner: P | undefined,
  isGranted: boolean,
  isAbsent: boolean,
): AccessKind {
  if (isGranted) return 'granted';
  if (owner === project) return 'owner';
  if (!isAbsent) return 'unknown';
  return owner === undefined ? 'notGranted' : 'none';
}

/** Whether a project has no permission, proven by what is loaded. It may still have access as the owner. */
export function hasNoPermission(kind: AccessKind): boolean {
  return kind === 'none' || kind === 'notGranted';
}
