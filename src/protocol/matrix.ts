import type { Shutdown } from '../access/catalog/shutdown';
import { doubts } from '../access/loading/standing';
import type {
  LoadingProgress,
  RefusedCells,
  RowKnowledge,
  RowStanding,
  StagedAction,
  StagingAction,
} from '../access/matrix/cell';
import {
  isBoolean,
  isKey,
  isKeyList,
  isNumber,
  isObject,
  isString,
  list,
  oneOf,
  record,
  tuple,
  type Validator,
} from './validators';
import { isWait, type WaitMessage } from './wait';

// Messages between the access matrix and its page. They carry codes, which the page puts into words; only failures come
// as sentences. The extension numbers checkpoints and projects, so the page needs their IDs only to show them. Texts
// from a server are safe to show as they are.

export interface CheckpointHeading {
  readonly key: number;
  readonly name: string;
  readonly id: string;
  readonly baseModel: string;
  /** When it was created, in unix seconds; absent when unknown. */
  readonly createdAt?: number;
  /** The shutdown of its model; absent when unknown. */
  readonly shutdown?: Shutdown;
}

export interface ProjectHeading {
  readonly key: number;
  /** Its name, or its ID when the name is unknown. */
  readonly name: string;
  readonly id: string;
  readonly archived: boolean;
  /** A note such as `archived`; usually empty. */
  readonly note: string;
}

/** The loaded state of one checkpoint. */
export interface RowMessage extends Omit<RowKnowledge<number>, 'access'> {
  readonly checkpoint: number;
  readonly permissions: readonly PermissionEntry[];
  /** Why loading failed, as a sentence. */
  readonly reason?: string;
}

/** `createdAt` in unix seconds. */
export type PermissionEntry = readonly [project: number, id: string, createdAt: number];

export type StagedEntry = readonly [checkpoint: number, project: number, action: StagedAction];

/** Why a staged change failed when it was applied. */
export type FailureEntry = readonly [checkpoint: number, project: number, reason: string];

export type RefusedMessage = Omit<RefusedCells, 'checkpoint' | 'project'> & {
  readonly checkpoint: number;
  readonly project: number;
};

/** What keeps a project from using a checkpoint beside its permission, and warnings, as sentences. */
export interface CellVerdict {
  readonly checkpoint: number;
  readonly project: number;
  readonly text: string;
}

/** Message of the extension to the page. Each part replaces the same part of earlier messages. */
export interface PageUpdate {
  readonly type: 'matrix';
  /** When it was sent, by the clock of `loadedAt` in its rows. The page has a clock of its own. */
  readonly now?: number;
  /** The organization of the matrix. */
  readonly organization?: { readonly name: string; readonly isSample: boolean };
  readonly checkpoints?: readonly CheckpointHeading[];
  readonly projects?: readonly ProjectHeading[];
  /** Why projects or their names may be missing; empty when none are. */
  readonly projectsNote?: string;
  /** The rows that changed. */
  readonly rows?: readonly RowMessage[];
  readonly staged?: readonly StagedEntry[];
  readonly failures?: readonly FailureEntry[];
  readonly progress?: ProgressMessage;
  /** Cells of the last `stage` request that were not staged, with the reason. */
  readonly refused?: readonly RefusedMessage[];
  /** What is known of the cell that the page asked about last, beyond its permission. Empty if nothing is. */
  readonly cell?: CellVerdict;
}

/** Progress of loading. */
export interface ProgressMessage extends Omit<LoadingProgress, 'wait'> {
  readonly wait?: WaitMessage;
}

/** Message of the page to the extension. */
export type PageRequest =
  | { readonly type: 'discard' | 'stop' | 'resume' | 'refresh' }
  /** The visible checkpoints, in the order in which to load them. */
  | { readonly type: 'visible'; readonly checkpoints: readonly number[] }
  | { readonly type: 'load'; readonly checkpoints: readonly number[] }
  /** The cell under the mouse or with the keyboard: what is known beyond its permission. Sends nothing to the server. */
  | { readonly type: 'cell'; readonly checkpoint: number; readonly project: number }
  | {
      readonly type: 'stage';
      readonly checkpoints: readonly number[];
      readonly projects: readonly number[];
      readonly action: StagingAction;
    };

/** Types of the requests without further fields. */
const plainTypes = new Set(['discard', 'stop', 'resume', 'refresh']);
const actions = new Set(['grant', 'revoke', 'toggle', 'unstage']);

/** Parses a message of the page; undefined when it is invalid. */
export function parsePageRequest(value: unknown): PageRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, checkpoints, projects, action, checkpoint, project } = value;
  if (plainTypes.has(type as string)) return { type } as PageRequest;
  if (type === 'cell')
    return isKey(checkpoint) && isKey(project)
      ? { type, checkpoint: checkpoint as number, project: project as number }
      : undefined;
  if (!isKeyList(checkpoints)) return undefined;
  if (type === 'visible' || type === 'load') return { type, checkpoints };
  if (type !== 'stage' || !isKeyList(projects) || !actions.has(action as string)) return undefined;
  return { type, checkpoints, projects, action: action as StagingAction };
}

/**
 * Parses a message of the extension; undefined when any part is invalid, so that the page never applies half a message.
 */
export function parsePageUpdate(value: unknown): PageUpdate | undefined {
  if (!isObject(value) || value.type !== 'matrix') return undefined;
  return Object.entries(partValidators).every(
    ([part, isRight]) => value[part] === undefined || isRight(value[part]),
  )
    ? (value as unknown as PageUpdate)
    : undefined;
}

const isAction = oneOf('grant', 'revoke');

const reasons: Readonly<Record<RefusedCells['why'], true>> = {
  notLoaded: true,
  loading: true,
  failed: true,
  owner: true,
  archived: true,
  tooMany: true,
};

export const isRefusedList: Validator = list(
  record({ why: oneOf(...Object.keys(reasons)), count: isNumber, checkpoint: isKey, project: isKey }),
);

const brokenOff: Readonly<Record<NonNullable<RowStanding['brokenOff']>, true>> = {
  emptyPage: true,
  stuckCursor: true,
  repeatedPage: true,
  endless: true,
  noNextPage: true,
  shortPages: true,
  otherPeriod: true,
  contradictoryRows: true,
  unknownOrder: true,
  changedWhileLoading: true,
};

const isStanding = record(
  {
    state: oneOf('notLoaded', 'failed', 'loaded'),
    count: isNumber,
    isComplete: isBoolean,
    doubts: list(oneOf(...doubts)),
    isLoading: isBoolean,
  },
  { loadedAt: isNumber, brokenOff: oneOf(...Object.keys(brokenOff)) },
);

export const isShutdown: Validator = record({ shutsDownOn: isString, source: oneOf('models', 'table') });

const partValidators: Readonly<Record<Exclude<keyof PageUpdate, 'type'>, Validator>> = {
  now: isNumber,
  organization: record({ name: isString, isSample: isBoolean }),
  checkpoints: list(
    record(
      { key: isKey, name: isString, id: isString, baseModel: isString },
      { createdAt: isNumber, shutdown: isShutdown },
    ),
  ),
  projects: list(record({ key: isKey, name: isString, id: isString, archived: isBoolean, note: isString })),
  projectsNote: isString,
  rows: list(
    record(
      {
        checkpoint: isKey,
        permissions: list(tuple(isKey, isString, isNumber)),
        standing: isStanding,
      },
      { owner: isKey, failure: oneOf('failed', 'stopped'), reason: isString },
    ),
  ),
  staged: list(tuple(isKey, isKey, isAction)),
  failures: list(tuple(isKey, isKey, isString)),
  progress: record(
    { done: isNumber, total: isNumber, failed: isNumber, isLoading: isBoolean, isStopped: isBoolean },
    { wait: isWait },
  ),
  refused: isRefusedList,
  cell: record({ checkpoint: isKey, project: isKey, text: isString }),
};
