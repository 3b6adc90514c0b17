import type { Permission } from '../api';
import type { OrganizationIdentity } from '../organizationIdentity';
import type { RequestResult } from '../plan/answer';
import type { By, ServerTime } from '../plan/attribution';
import type { Known } from '../plan/basis';
import type { Outcome } from '../plan/outcome';
import type { Step } from '../plan/plan';
import type { Session } from './session';

/** Goes up when an older version of this code could misunderstand what a newer one wrote. */
export const version = 1;

/** Why nothing more is to be done for a plan. */
export type End = 'applied' | 'forgotten' | 'undone';

/** The first line of a plan's first file: all that is needed to go on without whoever wrote it. */
export interface Begun {
  readonly v: number;
  readonly kind: 'begun';
  /** The profile, and its organization's name as people were shown it. */
  readonly profile: string;
  readonly organization: string;
  /** Which organization that was, for the profile may have the key of another one by now. */
  readonly whose?: OrganizationIdentity;
  /** What the person did, such as `Grant`. */
  readonly title: string;
  /** The name of the person's account on this machine. */
  readonly by: string;
  readonly at: number;
  readonly session: Session;
  readonly steps: readonly Step[];
  /** The projects' names at the time, by id, as far as they were known. */
  readonly names: Readonly<Record<string, string>>;
  /** The id of the plan that this one takes back. */
  readonly undoes?: string;
}

/** The first line of each further file: another session has taken the plan over. */
export interface TakeoverHeader {
  readonly v: number;
  readonly kind: 'taken';
  readonly at: number;
  readonly session: Session;
}

/**
 * Each line of a file as JSON, of which an older version leaves out what it does not know. Steps are named by their
 * place in the plan; times are in milliseconds since 1970.
 */
export type Line =
  | Begun
  | TakeoverHeader
  | {
      readonly kind: 'sending';
      readonly at: number;
      readonly steps: readonly number[];
      /** What was known of the project of each step, in their order. */
      readonly known?: readonly Known[];
    }
  | {
      readonly kind: 'answered';
      readonly at: number;
      readonly steps: readonly number[];
      readonly answer: RequestResult['kind'];
      /** When the server answered, where its answer told. */
      readonly serverTime?: ServerTime;
      /** What the answer to a grant listed: what was granted, and what the projects had already. */
      readonly listed?: readonly Pick<Permission, 'id' | 'project_id' | 'created_at'>[];
      /** The same by older versions, which left out what they thought to be older. */
      readonly made?: readonly Pick<Permission, 'id' | 'project_id'>[];
      /** For whoever reads the file, redacted. */
      readonly why?: string;
    }
  /** The session that took the plan over has let go of it again: any other may take it. */
  | { readonly kind: 'released'; readonly at: number }
  | { readonly kind: 'judged'; readonly at: number; readonly outcomes: readonly Judged[] }
  | { readonly kind: 'ended'; readonly at: number; readonly how: End };

export interface Judged {
  readonly step: number;
  readonly result: Outcome['result'];
  readonly by?: By;
  readonly permission?: Pick<Permission, 'id' | 'created_at'>;
  readonly why?: string;
}

/** A line as it was written; undefined for a damaged one. */
export function parseLine(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null && 'kind' in line && isUsable(line as OnDisk)
      ? (line as Line)
      : undefined;
  } catch {
    return undefined;
  }
}

type OnDisk = { readonly kind: unknown } & Readonly<Record<string, unknown>>;

/** One plan that cannot be made sense of must not keep all others from being read. */
function isUsable({ kind, steps, outcomes }: OnDisk): boolean {
  if (kind === 'sending' || kind === 'answered') return Array.isArray(steps);
  if (kind !== 'judged') return true;
  return Array.isArray(outcomes) && outcomes.every((each) => typeof each === 'object' && each !== null);
}

/** Whether a line that was read names a plan that can be worked with; what is on a disk may be anything. */
export function isBegun(line: Line | undefined): line is Begun {
  return line?.kind === 'begun' && Array.isArray(line.steps) && line.steps.every(isStep);
}

function isStep(step: unknown): step is Step {
  const { action, checkpoint, project, permissionId } = (step ?? {}) as Record<string, unknown>;
  if (typeof checkpoint !== 'string' || typeof project !== 'string') return false;
  return action === 'grant' || (action === 'revoke' && typeof permissionId === 'string');
}
