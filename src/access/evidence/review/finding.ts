import type { Permission } from '../../api';
import type { Shutdown } from '../../catalog/shutdown';
import type { PolicyCoverage } from '../../explain/projectPolicies';
import type { ProjectsStanding } from '../../loading/projectsStanding';
import type { Standing } from '../../loading/standing';
import type { WhyWithoutEffect } from '../../withoutEffect';
import type { Unused } from './unused';

/** The kinds of findings, most important first. */
export const findingKinds = [
  'shutDown',
  'archived',
  'unused',
  'shutsDownSoon',
  'sharedWithAll',
  'withoutEffect',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** The access of one project to one checkpoint, with all its permissions. */
export interface Access {
  readonly project: string;
  readonly permissions: readonly Permission[];
}

/**
 * Access that is granted and yet can't be used, for reasons that are no finding of their own. A model that has shut down
 * and a project that is archived are, so that they are not counted twice. An archived project is among these reasons only
 * where the list of projects doesn't say so yet.
 */
export interface WithoutEffect {
  readonly kind: 'withoutEffect';
  /** At least one. */
  readonly why: readonly WhyWithoutEffect[];
}

/** The reason of a finding. Dates in milliseconds since 1970. */
export type Reason =
  | { readonly kind: 'shutDown' | 'shutsDownSoon'; readonly shutdown: Shutdown }
  | { readonly kind: 'archived'; readonly archivedAt?: number }
  | Unused
  | WithoutEffect
  | {
      readonly kind: 'sharedWithAll';
      /** The number of active projects, without the owner where known. */
      readonly activeProjects: number;
      /** The only project without access, which may be the owner. */
      readonly mayBeOwner?: string;
    };

/**
 * The facts of a reason that a row has room for. A page has them, too, with its own numbers for projects. Every reason
 * has them.
 */
export type ReasonFacts<P = string> =
  | { readonly kind: 'shutDown' | 'shutsDownSoon'; readonly shutdown: Shutdown }
  | { readonly kind: 'archived'; readonly archivedAt?: number }
  | { readonly kind: 'unused'; readonly days: number; readonly lastUsed?: number }
  | { readonly kind: 'sharedWithAll'; readonly activeProjects: number; readonly mayBeOwner?: P }
  | WithoutEffect;

/**
 * A finding: a checkpoint, the reason, and the access that it is about, of one project or of all projects with which
 * it is shared.
 */
export type Finding = Reason & {
  readonly checkpoint: string;
  readonly access: readonly Access[];
  /** When the permissions were loaded, in milliseconds since 1970. */
  readonly loadedAt: number;
};

/**
 * What was not reviewed, and why. `requests`: the minimum number of requests to load it; 0 if loading does not help.
 */
export type NotReviewed = { readonly requests: number } & (
  | { readonly about: 'checkpoint'; readonly checkpoint: string; readonly standing: Standing }
  | { readonly about: 'projects'; readonly standing: ProjectsStanding }
  /** The checkpoints whose owner is unknown. The owner has access without a permission. */
  | { readonly about: 'owners'; readonly checkpoints: number }
  | { readonly about: 'usage'; readonly why: 'notLoaded' | 'unattributed' }
  | { readonly about: 'usage'; readonly why: 'failed'; readonly error: unknown }
  /** In milliseconds since 1970. */
  | { readonly about: 'usage'; readonly why: 'old'; readonly loadedAt: number }
  /** The model policies of so many projects. */
  | { readonly about: 'policies'; readonly why: 'notLoaded'; readonly projects: number }
  /** When the oldest of them was loaded, in milliseconds since 1970. */
  | {
      readonly about: 'policies';
      readonly why: 'old';
      readonly projects: number;
      readonly loadedAt: number;
    }
  /** The model policy of one project. */
  | { readonly about: 'policies'; readonly why: 'failed'; readonly project: string; readonly error: unknown }
);

/** The result of a review of loaded data. */
export interface Review {
  /** By kind, then in the order of the list and of the permissions. */
  readonly findings: readonly Finding[];
  readonly notReviewed: readonly NotReviewed[];
  /** How far the model policies are loaded that decide whether access has an effect. */
  readonly policies: PolicyCoverage;
  /** Access that was not used for this many days was a finding. */
  readonly unusedDays: number;
  /** The number of permissions reviewed. */
  readonly permissions: number;
  /** The number of projects' access reviewed: that of a project to a checkpoint counts once. */
  readonly accesses: number;
  /** The time of the review, in milliseconds since 1970. */
  readonly at: number;
}
