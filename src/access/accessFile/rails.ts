import type { FilePlan } from './planAccessFile';

/** Why a plan is not applied, although nothing failed. */
export type Rail =
  | { readonly kind: 'otherOrganization'; readonly file: string; readonly live: string }
  /** `allowed`: the number that was allowed for once, if it was another. */
  | {
      readonly kind: 'tooManyRemovals';
      readonly removals: number;
      readonly limit: number;
      readonly allowed?: number;
    }
  | { readonly kind: 'ofEarlierSession' };

export interface RailOptions {
  /** Lifts the limit of removals for exactly so many. */
  readonly allowRemovals?: number;
}

/**
 * Why a plan may not be applied. None if it may, apart from errors of the file, which a person has to mend first. That an
 * incomplete list revokes nothing is not among them: such a list plans nothing.
 */
export function railsOf(plan: FilePlan, { allowRemovals }: RailOptions = {}): Rail[] {
  const { file, organization, removals, isOfEarlierSession } = plan;
  const rails: Rail[] = [];
  if (organization.is === 'other')
    rails.push({ kind: 'otherOrganization', file: file.organization, live: organization.live ?? '' });
  if (removals > file.removals && allowRemovals !== removals) {
    rails.push({
      kind: 'tooManyRemovals',
      removals,
      limit: file.removals,
      ...(allowRemovals !== undefined && { allowed: allowRemovals }),
    });
  }
  if (isOfEarlierSession) rails.push({ kind: 'ofEarlierSession' });
  return rails;
}
