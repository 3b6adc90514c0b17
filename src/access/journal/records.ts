import type { Permission } from '../api';
import { type OrganizationIdentity, parseIdentity } from '../organizationIdentity';
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
  /** The name of the person's account on this machine. */
  readonly by: string;
  readonly at: number;
  readonly session?: Session;
  readonly steps: readonly Step[];
  /** The projects' names at the time, by id, as far as they were known. */
  readonly names: Readonly<Record<string, string>>;
  /** The id of the plan that this one takes back. */
  readonly undoes?: string;
  /** The ids of later tries of that plan, each with a record of its own. Older versions leave them out. */
  readonly undoesTries?: readonly string[];
}

/** The first line of each further file: another session has taken the plan over. */
export interface TakeoverHeader {
  readonly v: number;
  readonly kind: 'taken';
  readonly at: number;
  readonly session?: Session;
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
      readonly listed?: readonly ListedPermission[];
    }
  /** The session that took the plan over has let go of it again: any other may take it. */
  | { readonly kind: 'released'; readonly at: number }
  | { readonly kind: 'judged'; readonly at: number; readonly outcomes: readonly Judged[] }
  | { readonly kind: 'ended'; readonly at: number; readonly how: End };

/** Older versions wrote no time, and left out what they thought to be older than the request. */
export type ListedPermission = Pick<Permission, 'id' | 'project_id'> &
  Partial<Pick<Permission, 'created_at'>>;

export interface Judged {
  readonly step: number;
  readonly result: Outcome['result'];
  readonly by?: By;
  readonly permission?: Pick<Permission, 'id' | 'created_at'>;
}

/** A line as it was written. `isWhole`: nothing in it had to be left out. */
export interface ParsedLine {
  readonly line: Line;
  readonly isWhole: boolean;
}

/**
 * The line that a text is; undefined for a damaged one. What is on a disk may be anything, so each field is checked and
 * copied, and a line says only what is known here. A place of a step is any whole number from 0: how many steps there
 * are is not known yet.
 */
export function parseLine(text: string): ParsedLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const at = fields.at;
  if (!isMoment(at)) return undefined;
  switch (fields.kind) {
    case 'begun':
      return begun(fields, at);
    case 'taken':
      return typeof fields.v === 'number'
        ? whole({ kind: 'taken', v: fields.v, at, ...sessionIn(fields.session) })
        : undefined;
    case 'sending':
    case 'answered':
      return request(fields, fields.kind, at);
    case 'released':
      return whole({ kind: 'released', at });
    case 'judged': {
      if (!Array.isArray(fields.outcomes)) return undefined;
      const outcomes = fields.outcomes.flatMap((each: unknown) => judged(each) ?? []);
      return { line: { kind: 'judged', at, outcomes }, isWhole: outcomes.length === fields.outcomes.length };
    }
    case 'ended': {
      const how = oneOf(ends, fields.how);
      return how && whole({ kind: 'ended', at, how });
    }
    default:
      return undefined;
  }
}

const ends: readonly End[] = ['applied', 'forgotten', 'undone'];
const answers: readonly RequestResult['kind'][] = ['accepted', 'refused', 'doubtful', 'uncertain', 'notSent'];
const results: readonly Outcome['result'][] = ['done', 'unverified', 'failed', 'unknown', 'notSent'];
const doers: readonly NonNullable<Judged['by']>[] = ['us', 'others', 'perhapsUs'];

type Fields = Readonly<Record<string, unknown>>;

function whole(line: Line): ParsedLine {
  return { line, isWhole: true };
}

function begun(fields: Fields, at: number): ParsedLine | undefined {
  const { v, profile, organization, whose, by, steps, names, undoes, undoesTries, session } = fields;
  if (typeof v !== 'number' || typeof profile !== 'string' || !Array.isArray(steps)) return undefined;
  const known = steps.flatMap((each: unknown) => stepOf(each) ?? []);
  // A plan without one of its steps is another plan.
  if (known.length !== steps.length) return undefined;
  const identity = parseIdentity(whose);
  return whole({
    kind: 'begun',
    v,
    profile,
    organization: typeof organization === 'string' ? organization : '',
    ...(identity && { whose: identity }),
    by: typeof by === 'string' ? by : '',
    at,
    ...sessionIn(session),
    steps: known,
    // Unlike an assignment, this gives a name to a project that is called `__proto__`, and nothing more.
    names: Object.fromEntries(Object.entries(fieldsOf(names) ?? {}).filter(isNamed)),
    ...(typeof undoes === 'string' && { undoes }),
    ...(Array.isArray(undoesTries) && {
      undoesTries: undoesTries.filter((id): id is string => typeof id === 'string'),
    }),
  });
}

function isNamed(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && entry[1] !== '';
}

function stepOf(value: unknown): Step | undefined {
  const { action, checkpoint, project, permissionId, createdAt } = fieldsOf(value) ?? {};
  if (typeof checkpoint !== 'string' || typeof project !== 'string') return undefined;
  if (action === 'grant') return { action, checkpoint, project };
  if (action !== 'revoke' || typeof permissionId !== 'string') return undefined;
  const isDated = typeof createdAt === 'number';
  return { action, checkpoint, project, permissionId, ...(isDated && { createdAt }) };
}

function sessionIn(value: unknown): { session?: Session } {
  const { id, pid, host, boot, began } = fieldsOf(value) ?? {};
  if (typeof id !== 'string') return {};
  return {
    session: {
      id,
      ...(isPlace(pid) && { pid }),
      ...(typeof host === 'string' && { host }),
      ...(typeof boot === 'string' && { boot }),
      ...(typeof began === 'string' && { began }),
    },
  };
}

function request(fields: Fields, kind: 'sending' | 'answered', at: number): ParsedLine | undefined {
  const { steps: all, answer: said, made, listed = made, known, serverTime } = fields;
  if (!Array.isArray(all)) return undefined;
  const steps = all.filter(isPlace);
  const isWhole = steps.length === all.length;
  if (kind === 'sending') {
    // Each belongs to the step at its place, so they count only where all steps do.
    const facts = isWhole && Array.isArray(known) ? known.map(knownOf) : undefined;
    return { line: { kind, at, steps, ...(facts && { known: facts }) }, isWhole };
  }
  const answer = oneOf(answers, said);
  if (!answer) return undefined;
  const permissions = Array.isArray(listed) ? listed.map(permissionListed) : [];
  // A part of an answer would say that it did not list the rest.
  const areAll = permissions.every((each) => each !== undefined);
  const { date, took } = fieldsOf(serverTime) ?? {};
  const isTimed = typeof date === 'number' && typeof took === 'number';
  return {
    line: {
      kind,
      at,
      steps,
      answer,
      ...(isTimed && { serverTime: { date, took } }),
      ...(Array.isArray(listed) && areAll && { listed: permissions }),
    },
    isWhole: isWhole && areAll,
  };
}

/** What proves nothing where the record is damaged. */
function knownOf(value: unknown): Known {
  const { ids, isAll, wasTried } = fieldsOf(value) ?? {};
  const isWhole = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  return {
    ids: isWhole ? ids : [],
    isAll: isWhole && isAll === true,
    ...(wasTried === true && { wasTried }),
  };
}

function permissionListed(value: unknown): ListedPermission | undefined {
  const { id, project_id, created_at } = fieldsOf(value) ?? {};
  if (typeof id !== 'string' || typeof project_id !== 'string') return undefined;
  return { id, project_id, ...(typeof created_at === 'number' && { created_at }) };
}

function judged(value: unknown): Judged | undefined {
  const { step, result: said, by: doer, permission } = fieldsOf(value) ?? {};
  const result = oneOf(results, said);
  if (!isPlace(step) || !result) return undefined;
  const by = oneOf(doers, doer);
  const { id, created_at } = fieldsOf(permission) ?? {};
  return {
    step,
    result,
    ...(by && { by }),
    ...(typeof id === 'string' && typeof created_at === 'number' && { permission: { id, created_at } }),
  };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((each) => each === value);
}

/** A whole number from 0 that a number can hold exactly. */
function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A time that a date can hold. */
function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
