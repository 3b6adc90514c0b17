import type { Catalog } from './catalog/catalog';
import type { Owners } from './loading/owners';

/** The project that owns a checkpoint, and the source. `reportedAt` in milliseconds since 1970. */
export type Ownership =
  | { readonly project: string; readonly source: 'refusal'; readonly reportedAt: number }
  /** A fine-tuning job that was loaded with a key of the project. */
  | { readonly project: string; readonly source: 'job' };

/**
 * The project that owns a checkpoint: from a refusal for this checkpoint, else from a job of its model. The only
 * function that decides who owns a model.
 */
export function ownershipOf(
  { owners, catalog }: { owners: Pick<Owners, 'get'>; catalog: Pick<Catalog, 'entry'> },
  checkpoint: string,
): Ownership | undefined {
  const owner = owners.get(checkpoint);
  if (owner) return { project: owner.project, source: 'refusal', reportedAt: owner.at };
  const project = catalog.entry(checkpoint)?.owner;
  return project === undefined ? undefined : { project, source: 'job' };
}

/** The checkpoints in the list whose owner is unknown. Any project without a permission may be the owner. */
export function withUnknownOwner(source: {
  owners: Pick<Owners, 'get'>;
  catalog: Pick<Catalog, 'entry' | 'ids'>;
}): string[] {
  return source.catalog.ids.filter((id) => ownershipOf(source, id) === undefined);
}
