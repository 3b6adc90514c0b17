import type { Permission } from '../../api';
import type { Retirement } from '../../catalog/retirement';
import type { ProjectsStanding } from '../../loading/projectsStanding';
import type { Standing } from '../../loading/standing';
import type { Unused } from './unused';

/** Why access is worth a second look, most important first. */
export const findingKinds = [
  'shutDown',
  'archived',
  'unused90',
  'unused30',
  'shutsDownSoon',
  'sharedWithAll',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One project's access to one checkpoint, with every permission that gives it. */
export interface Access {
  readonly project: string;
  readonly permissions: readonly Permission[];
}

/** Why, with its dates in milliseconds since 1970. */
export type Reason =
  | { readonly kind: 'shutDown' | 'shutsDownSoon'; readonly retirement: Retirement }
  | { readonly kind: 'archived'; readonly archivedAt?: number }
  | Unused
  | {
      readonly kind: 'sharedWithAll';
      /** How many projects are active, without the owner where it is known. */
      readonly activeProjects: number;
      /** The one that has no access and may be the owner, who needs none. */
      readonly mayBeOwner?: string;
    };

/** A checkpoint and that of its access which one reason is about: of one project, or of all with which it is shared. */
export type Finding = Reason & {
  readonly checkpoint: string;
  readonly access: readonly Access[];
  /** When the permissions were loaded, in milliseconds since 1970. */
  readonly loadedAt: number;
};

/** What was not reviewed and why. `requests`: it takes at least so many to know it; 0 where loading again does not help. */
export type NotReviewed = { readonly requests: number } & (
  | { readonly about: 'checkpoint'; readonly checkpoint: string; readonly standing: Standing }
  | { readonly about: 'projects'; readonly standing: ProjectsStanding }
  | { readonly about: 'usage'; readonly why: 'notLoaded' | 'unattributed' }
  | { readonly about: 'usage'; readonly why: 'failed'; readonly error: unknown }
);

/** The result of a review: only from what is loaded. */
export interface Review {
  /** By kind, then in the order of the list and of the permissions. */
  readonly findings: readonly Finding[];
  readonly notReviewed: readonly NotReviewed[];
  /** How many permissions were reviewed. */
  readonly permissions: number;
  /** The time of the review, in milliseconds since 1970. */
  readonly at: number;
}
