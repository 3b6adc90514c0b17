import type { Permission } from '../../api';

/** Why a grant is worth a second look, the gravest first. */
export const findingKinds = ['ended', 'archived', 'unused90', 'unused30', 'endsSoon', 'everybody'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One project's access to one checkpoint, with every permission that gives it. */
export interface Access {
  readonly project: string;
  readonly permissions: readonly Permission[];
}

/** A checkpoint and those of its grants that one reason is about: one grant, or all that make it shared with everybody. */
export interface Finding {
  readonly kind: FindingKind;
  readonly checkpoint: string;
  readonly access: readonly Access[];
  /** The reason with its dates, as a sentence without a full stop. */
  readonly reason: string;
  /** When the permissions were read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** What was not looked at, why, and what it takes to know it. */
export interface NotReviewed {
  /** As a sentence without a full stop; of a checkpoint, what is the matter with it: `its permissions were not read`. */
  readonly what: string;
  /** At least so many requests; 0 where asking again helps nothing. */
  readonly requests: number;
  readonly about: 'checkpoint' | 'projects' | 'use';
  /** The checkpoint whose permissions are to be read, where that is it. */
  readonly checkpoint?: string;
}

/** The same as one sentence without a full stop, such as `ft:…: its permissions were not read`. */
export function notReviewedInWords({ checkpoint, what }: NotReviewed): string {
  return checkpoint === undefined ? what : `${checkpoint}: ${what}`;
}

/** What a review came to: only from what is known. */
export interface Review {
  /** By kind, then in the order of the list and of the permissions. */
  readonly findings: readonly Finding[];
  readonly notReviewed: readonly NotReviewed[];
  /** How many grants were looked at. */
  readonly grants: number;
  /** The time of the review, in milliseconds since 1970. */
  readonly at: number;
}
