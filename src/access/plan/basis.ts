import type { Permission } from '../api';
import { type Listing, permissionsOf } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';

/** What a plan's basis said about the project of a step, before anything was sent. */
export interface Known {
  /** The IDs of the project's permissions. */
  readonly ids: readonly string[];
  /** It had no others: the list was complete, or the server was asked about the project. */
  readonly isAll: boolean;
  /** An earlier request of ours may have made the change already, although no list has shown it. */
  readonly wasTried?: true;
}

/** What was known of one checkpoint's access when a plan was made from it. Immutable. */
export interface Basis {
  /** Its list. */
  readonly listing?: Listing;
  /** What the server answered about single projects, with the moment of the oldest answer. */
  readonly answers?: { readonly byProject: ReadonlyMap<string, readonly Permission[]>; readonly at: number };
  /** It decided steps of other projects or checkpoints: it is the source of a copy. */
  readonly isSource?: boolean;
}

/** What a plan was made from, by checkpoint. */
export type Bases = ReadonlyMap<string, Basis>;

/** What a basis says about the permissions of one project. */
export function knownOf(basis: Basis | undefined, project: string): Known {
  const answer = basis?.answers?.byProject.get(project);
  const listed = basis?.listing ? permissionsOf(basis.listing, project) : [];
  const ids = [...new Set([...listed, ...(answer ?? [])].map(({ id }) => id))];
  return { ids, isAll: answer !== undefined || basis?.listing?.ending.kind === 'complete' };
}

/** When the oldest part of a basis was read; undefined when nothing was. */
export function readAtOf({ listing, answers }: Basis): number | undefined {
  const moments = [listing?.readAt, answers?.at].filter((at) => at !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The basis of a checkpoint as the store has it now; undefined when it is older than a change of our own. */
export function currentBasis(
  store: Pick<PermissionStore, 'snapshot'>,
  checkpoint: string,
): Basis | undefined {
  const { listing, beforeChange } = store.snapshot(checkpoint);
  return listing && !beforeChange ? { listing } : undefined;
}

/** A basis with answers about single projects. A complete list that is newer says the same. */
export function withAnswers(
  basis: Basis | undefined,
  answers: ReadonlyMap<string, readonly Permission[]>,
  at: number,
): Basis {
  if (basis?.listing?.ending.kind === 'complete' && basis.listing.readAt >= at) return basis;
  const known = basis?.answers;
  return {
    ...basis,
    answers: {
      byProject: new Map([...(known?.byProject ?? []), ...answers]),
      at: Math.min(at, known?.at ?? at),
    },
  };
}

/** The basis after the access of some projects was read. `asked`: what the server was asked about one by one, since `at`. */
export function basisOfAccess(
  store: Pick<PermissionStore, 'snapshot'>,
  checkpoint: string,
  asked: ReadonlyMap<string, readonly Permission[]>,
  at: number,
): Basis {
  const { listing } = store.snapshot(checkpoint);
  return withAnswers(listing && { listing }, asked, at);
}
