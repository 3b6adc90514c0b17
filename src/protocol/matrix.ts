import type { Retirement } from '../access/catalog/retirement';
import { doubts } from '../access/loading/standing';
import type {
  LoadingProgress,
  Refused,
  RowKnowledge,
  RowStanding,
  StagedAction,
  StagingAction,
} from '../access/matrix/cell';

// The messages between the access matrix and its page. They carry codes, which the page puts into words, but for the
// words of failures. The extension numbers checkpoints and projects, so the page needs their IDs only to show them. Texts
// from a server are safe to show as they are.

export interface CheckpointHeading {
  readonly key: number;
  readonly name: string;
  readonly id: string;
  readonly baseModel: string;
  /** When its model shuts down, where that is known. */
  readonly retirement?: Retirement;
}

export interface ProjectHeading {
  readonly key: number;
  /** Its name, or its id where the name is not known. */
  readonly name: string;
  readonly id: string;
  readonly archived: boolean;
  /** What else there is to know of it, such as `archived`; empty as a rule. */
  readonly note: string;
}

/** What is known of one checkpoint. */
export interface RowMessage extends Omit<RowKnowledge<number>, 'access'> {
  readonly checkpoint: number;
  readonly permissions: readonly PermissionEntry[];
  /** Why loading failed, as a sentence. */
  readonly reason?: string;
}

/** `createdAt` in unix seconds. */
export type PermissionEntry = readonly [project: number, id: string, createdAt: number];

export type StagedEntry = readonly [checkpoint: number, project: number, action: StagedAction];

/** Why a staged change could not be done when it was applied. */
export type FailureEntry = readonly [checkpoint: number, project: number, reason: string];

export type RefusedMessage = Omit<Refused, 'checkpoint' | 'project'> & {
  readonly checkpoint: number;
  readonly project: number;
};

/** What the extension tells the page. Each part replaces what was told of it before. */
export interface PageUpdate {
  readonly type: 'matrix';
  /** What the matrix belongs to. */
  readonly organization?: { readonly name: string; readonly isSample: boolean };
  readonly checkpoints?: readonly CheckpointHeading[];
  readonly projects?: readonly ProjectHeading[];
  /** Why names of projects, or projects, may be missing; empty when none are. */
  readonly projectsNote?: string;
  /** Those that changed. */
  readonly rows?: readonly RowMessage[];
  readonly staged?: readonly StagedEntry[];
  readonly failures?: readonly FailureEntry[];
  readonly progress?: LoadingProgress;
  /** Why some of the cells that the page wanted staged were not. */
  readonly refused?: readonly RefusedMessage[];
}

/** What the page asks of the extension. */
export type PageRequest =
  | { readonly type: 'ready' | 'preview' | 'discard' | 'stop' | 'resume' | 'refresh' }
  /** The checkpoints that are in sight, in the order in which they are wanted. */
  | { readonly type: 'inSight'; readonly checkpoints: readonly number[] }
  | { readonly type: 'load'; readonly checkpoints: readonly number[] }
  | {
      readonly type: 'stage';
      readonly checkpoints: readonly number[];
      readonly projects: readonly number[];
      readonly action: StagingAction;
    };

/** More than a person can mean at once is a mistake. */
const most = 100_000;

const bare = new Set(['ready', 'preview', 'discard', 'stop', 'resume', 'refresh']);
const actions = new Set(['grant', 'revoke', 'toggle', 'unstage']);

/** A message of the page, or undefined when it is none. */
export function parsePageRequest(value: unknown): PageRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, checkpoints, projects, action } = value;
  if (bare.has(type as string)) return { type } as PageRequest;
  if (!isKeys(checkpoints)) return undefined;
  if (type === 'inSight' || type === 'load') return { type, checkpoints };
  if (type !== 'stage' || !isKeys(projects) || !actions.has(action as string)) return undefined;
  return { type, checkpoints, projects, action: action as StagingAction };
}

/** A message of the extension, or undefined when it is none: the page shows nothing that is only half right. */
export function parsePageUpdate(value: unknown): PageUpdate | undefined {
  if (!isObject(value) || value.type !== 'matrix') return undefined;
  return Object.entries(parts).every(([part, isRight]) => value[part] === undefined || isRight(value[part]))
    ? (value as unknown as PageUpdate)
    : undefined;
}

type Validator = (value: unknown) => boolean;

const isText: Validator = (value) => typeof value === 'string';
const isNumber: Validator = (value) => typeof value === 'number' && Number.isFinite(value);
const isTruth: Validator = (value) => typeof value === 'boolean';
const isAction = oneOf('grant', 'revoke');

const reasons: Readonly<Record<Refused['why'], true>> = {
  notLoaded: true,
  loading: true,
  failed: true,
  owner: true,
  archived: true,
};

const brokenOff: Readonly<Record<NonNullable<RowStanding['brokenOff']>, true>> = {
  emptyPage: true,
  stuckCursor: true,
  repeatedPage: true,
  noNextPage: true,
  shortPages: true,
  changedWhileLoading: true,
};

const isStanding = record(
  {
    state: oneOf('notLoaded', 'failed', 'loaded'),
    count: isNumber,
    isComplete: isTruth,
    doubts: list(oneOf(...doubts)),
    isLoading: isTruth,
  },
  { loadedAt: isNumber, brokenOff: oneOf(...Object.keys(brokenOff)) },
);

const parts: Readonly<Record<Exclude<keyof PageUpdate, 'type'>, Validator>> = {
  organization: record({ name: isText, isSample: isTruth }),
  checkpoints: list(
    record(
      { key: isKey, name: isText, id: isText, baseModel: isText },
      { retirement: record({ endsOn: isText, source: oneOf('models', 'table') }) },
    ),
  ),
  projects: list(record({ key: isKey, name: isText, id: isText, archived: isTruth, note: isText })),
  projectsNote: isText,
  rows: list(
    record(
      {
        checkpoint: isKey,
        permissions: list(tuple(isKey, isText, isNumber)),
        standing: isStanding,
      },
      { owner: isKey, failure: oneOf('failed', 'stopped'), reason: isText },
    ),
  ),
  staged: list(tuple(isKey, isKey, isAction)),
  failures: list(tuple(isKey, isKey, isText)),
  progress: record(
    { done: isNumber, total: isNumber, failed: isNumber, isLoading: isTruth, isStopped: isTruth },
    { wait: record({ reason: oneOf('rate-limit', 'retry'), until: isNumber }) },
  ),
  refused: list(
    record({ why: oneOf(...Object.keys(reasons)), count: isNumber, checkpoint: isKey, project: isKey }),
  ),
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKey(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isKeys(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= most && value.every(isKey);
}

function oneOf(...values: readonly string[]): Validator {
  return (value) => values.includes(value as string);
}

function list(isItem: Validator): Validator {
  return (value) => Array.isArray(value) && value.every(isItem);
}

function tuple(...checks: readonly Validator[]): Validator {
  return (value) =>
    Array.isArray(value) &&
    value.length === checks.length &&
    checks.every((isRight, index) => isRight(value[index]));
}

function record(
  fields: Readonly<Record<string, Validator>>,
  optional: Readonly<Record<string, Validator>> = {},
): Validator {
  const [needed, others] = [Object.entries(fields), Object.entries(optional)];
  return (value) =>
    isObject(value) &&
    needed.every(([name, isRight]) => isRight(value[name])) &&
    others.every(([name, isRight]) => value[name] === undefined || isRight(value[name]));
}
