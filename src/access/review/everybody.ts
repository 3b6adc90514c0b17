import type { Listing } from '../listing';
import type { Access } from './finding';
import type { ReviewSource } from './review';

/**
 * Whether a checkpoint is shared with every active project. The owner needs no grant and can be given none (API reference
 * §1 trap 2), so it is left out; while it is not known, the one project that lacks access may be it. Undefined unless both
 * lists were read to their end.
 */
export function everybody(
  { projects, owners, catalog }: ReviewSource,
  checkpoint: string,
  { ending }: Listing,
  all: readonly Access[],
): { readonly access: readonly Access[]; readonly reason: string } | undefined {
  const { readAt, incomplete, projects: known } = projects.snapshot;
  if (ending.kind !== 'complete' || readAt === undefined || incomplete !== undefined) return undefined;
  const owner = owners.of(checkpoint) ?? catalog.entry(checkpoint)?.owner;
  const active = [...known.keys()].filter((id) => !projects.isArchived(id) && id !== owner);
  const having = new Set(all.map(({ project }) => project));
  const lacking = active.filter((id) => !having.has(id));
  // Of one project it says nothing that it is all there are.
  if (active.length - lacking.length < 2) return undefined;
  const access = all.filter(({ project }) => known.has(project) && !projects.isArchived(project));
  if (lacking.length === 0)
    return { access, reason: `Shared with every active project: all ${active.length} of them` };
  const [last = ''] = lacking;
  if (lacking.length > 1 || owner !== undefined) return undefined;
  const name = projects.nameOf(last) ?? last;
  return {
    access,
    reason: `Shared with every active project but ${name}, which may be the owner: ${access.length} of ${active.length}`,
  };
}
