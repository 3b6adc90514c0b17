import { type AccessKind, accessKindOf } from '../accessKind';
import type { Permission } from '../api';
import type { Organization } from '../organization';
import { ownershipOf } from '../ownership';
import { permissionsOf } from './listing';
import type { Snapshot } from './snapshot';
import { isCertain, isUpToDate } from './standing';

/** The parts of an organization that tell the access of a project. */
export type AccessSource = Pick<Organization, 'catalog' | 'owners' | 'permissions'>;

/**
 * The known access of one project to one checkpoint. `at`: when the list or response was requested, milliseconds
 * since 1970. An owner is known without a list, so it has none.
 */
export type AccessState =
  | { readonly known: Exclude<AccessKind, 'owner' | 'unknown'>; readonly at: number }
  | { readonly known: 'owner' }
  /** `failure`: why the last request for this project failed. */
  | { readonly known: 'unknown'; readonly failure?: unknown };

/** Whether a project has access to a checkpoint, by the newest response. Sends no request. */
export function accessState(source: AccessSource, checkpoint: string, project: string): AccessState {
  const found = accessEvidence(source, checkpoint, project);
  const owner = ownershipOf(source, checkpoint)?.project;
  const known = accessKindOf(project, owner, found.isGranted === true, found.isGranted === false);
  if (known === 'owner') return { known };
  if (known !== 'unknown' && found.at !== undefined) return { known, at: found.at };
  return { known: 'unknown', ...('failure' in found && { failure: found.failure }) };
}

/** What says whether a project has a permission, of all that is loaded. */
export interface AccessEvidence {
  /** Undefined if nothing that is up to date says so. */
  readonly isGranted?: boolean;
  /** The permissions of the project. Present exactly with `isGranted`. */
  readonly permissions?: readonly Permission[];
  /** When it was requested, in milliseconds by the steady clock. */
  readonly at?: number;
  /** The list is of an earlier session or of another window. */
  readonly isRestored?: boolean;
  /** Why the last request for this project failed. Beside an older list if there is one. */
  readonly failure?: unknown;
  /** When that was sent, by the same clock. Present exactly with `failure`. */
  readonly failedAt?: number;
}

/** The newest evidence for or against a permission. Sends no request. */
export function accessEvidence(
  { permissions }: Pick<AccessSource, 'permissions'>,
  checkpoint: string,
  project: string,
): AccessEvidence {
  const listed = inListing(permissions.snapshot(checkpoint), project);
  const answer = permissions.answers.get(checkpoint, project);
  if (!answer || (listed && listed.at > answer.at)) return listed ?? {};
  if ('failure' in answer) return { ...listed, failure: answer.failure, failedAt: answer.at };
  return { isGranted: answer.permissions.length > 0, permissions: answer.permissions, at: answer.at };
}

function inListing(
  snapshot: Snapshot,
  project: string,
): (AccessEvidence & { readonly at: number }) | undefined {
  const { listing } = snapshot;
  if (!listing || !isUpToDate(snapshot)) return undefined;
  const permissions = permissionsOf(listing, project);
  const isGranted = permissions.length > 0;
  // A project without a permission in an incomplete list may be on a further page.
  if (!isGranted && !isCertain(snapshot)) return undefined;
  return { isGranted, permissions, at: listing.readAt, ...(snapshot.restored && { isRestored: true }) };
}
