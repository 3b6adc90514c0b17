import type { Change, ChangeNote, ChangeSource, Person } from '../access/evidence/history/change';
import { type HistoryFilter, parseHistoryFilter } from '../access/evidence/history/filter';
import type { LogQuery } from '../access/evidence/history/logQuery';
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
  type Validator,
} from './validators';
import { isWait, type WaitMessage } from './wait';

// Messages between the History tab and the extension. The extension numbers the changes. Texts from a server are safe
// to show as they are, IDs too. Moments are milliseconds since 1970.

/** One grant or revoke. */
export interface HistoryRow extends Pick<Change, 'at' | 'action'> {
  readonly key: number;
  /** Who made it, in words. */
  readonly who: string;
  readonly persons: readonly Person[];
  /** The log names no actor, so it may be anybody. */
  readonly isActorUnknown: boolean;
  /** The ID of the project. Absent if unknown, as the following are. */
  readonly project?: string;
  readonly projectName?: string;
  readonly checkpoint?: string;
  readonly checkpointName?: string;
  readonly permission?: string;
  readonly source: ChangeSource;
  readonly notes: readonly ChangeNote[];
}

/** Something that could not be loaded, in sentences. */
export interface HistoryProblem {
  /** The newest or older events of the log, what a filter asked for, the end of the log, the record of this computer. */
  readonly of: 'newest' | 'older' | 'rest' | 'journal';
  readonly title: string;
  readonly next: string;
  readonly detail?: string;
}

/** How far a history is loaded, for one filter. */
export interface HistoryState {
  /** By the clock of the other moments. The page has a clock of its own. */
  readonly now: number;
  /** The filter that the state is about, and the rows of a narrowed search. */
  readonly filter: HistoryFilter;
  /** More rows are on their way. */
  readonly isSending: boolean;
  /** When the newest events were loaded. Absent while none are. */
  readonly loadedAt?: number;
  /** The whole log is loaded. */
  readonly isWhole: boolean;
  /** The whole log is loaded, and has no change of access. */
  readonly isEmpty: boolean;
  /** The log is loaded back to here, without a gap. */
  readonly oldestAt?: number;
  /** The least number of requests that loading the log takes. */
  readonly requests: number;
  /** Whether everything that the filter can show is loaded. */
  readonly isOver: boolean;
  /** How far back the filter is searched. */
  readonly backTo?: number;
  /** What the API was asked for because of the filter. */
  readonly asked?: LogQuery;
  /** What else must be known about the rows, as sentences. */
  readonly notes: readonly string[];
  readonly problems: readonly HistoryProblem[];
  /** Loading the newest events, or searching older ones. */
  readonly activity: 'none' | 'loading' | 'searching';
  readonly wait?: WaitMessage;
}

/** All facts of one change, a line each. */
export interface HistoryFacts {
  readonly key: number;
  readonly lines: readonly string[];
}

/** Message of the extension to the tab. */
export interface HistoryUpdate {
  readonly type: 'history';
  /** Rows that are new or have changed. */
  readonly rows?: readonly HistoryRow[];
  /** Rows that are no longer in the history. */
  readonly gone?: readonly number[];
  readonly state?: HistoryState;
  /** The filter to set in place of that of the page. */
  readonly filter?: HistoryFilter;
  readonly facts?: HistoryFacts;
  /** IDs to copy of a row, or of all selected rows if it is one of them. */
  readonly copy?: { readonly of: CopiedHistoryId; readonly key: number };
}

/** What is copied of rows. */
export const copiedHistoryIds = ['permission', 'project', 'checkpoint'] as const;
export type CopiedHistoryId = (typeof copiedHistoryIds)[number];

/** What is asked for one row. */
export const historyRowActs = ['facts', 'explain', 'details', 'undo'] as const;
export type HistoryRowAct = (typeof historyRowActs)[number];

/** Message of the tab to the extension. */
export type HistoryRequest =
  /** Loads the newest events of the audit log; stops what is under way; opens the log of the extension. */
  | { readonly type: 'load' | 'stop' | 'showLog' }
  /** `filter`: is set. `search`: loads older events until it shows one more change. `export`: saves what it shows. */
  | { readonly type: 'filter' | 'search' | 'export'; readonly filter: HistoryFilter }
  /**
   * `facts`: all facts. `explain`: the Explain tab. `details`: the page of the permission. `undo`: undoes the plan that the
   * change was part of.
   */
  | { readonly type: HistoryRowAct; readonly key: number }
  | { readonly type: 'copyIds'; readonly of: CopiedHistoryId; readonly keys: readonly number[] }
  /** From the menu of a row: copies of all selected rows, if the row is one of them. */
  | { readonly type: 'copyOf'; readonly of: CopiedHistoryId; readonly key: number };

const isCopied = oneOf(...copiedHistoryIds);
const isRowAct = oneOf(...historyRowActs);
const isFilter: Validator = (value) => parseHistoryFilter(value).isWhole;

/** Parses a message of the tab; undefined when it is invalid. */
export function parseHistoryRequest(value: unknown): HistoryRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, filter, key, keys, of } = value;
  if (type === 'load' || type === 'stop' || type === 'showLog') return { type };
  if (type === 'filter' || type === 'search' || type === 'export')
    return isFilter(filter) ? { type, filter: filter as HistoryFilter } : undefined;
  if (isRowAct(type)) return isKey(key) ? { type: type as HistoryRowAct, key: key as number } : undefined;
  if (!isCopied(of)) return undefined;
  if (type === 'copyIds' && isKeyList(keys)) return { type, of: of as CopiedHistoryId, keys };
  return type === 'copyOf' && isKey(key)
    ? { type, of: of as CopiedHistoryId, key: key as number }
    : undefined;
}

const notes: Readonly<Record<ChangeNote, true>> = {
  notConfirmed: true,
  outcomeUnknown: true,
  maybeOfSomeoneElse: true,
  perhapsOurs: true,
  maybeOtherOrganization: true,
  originUnknown: true,
  originNotLoaded: true,
};

const isRow = record(
  {
    key: isKey,
    at: isNumber,
    action: oneOf('granted', 'revoked'),
    who: isString,
    persons: list(record({ kind: oneOf('actor', 'account'), id: isString })),
    isActorUnknown: isBoolean,
    source: oneOf('log', 'computer', 'both'),
    notes: list(oneOf(...Object.keys(notes))),
  },
  {
    project: isString,
    projectName: isString,
    checkpoint: isString,
    checkpointName: isString,
    permission: isString,
  },
);

const isState = record(
  {
    now: isNumber,
    filter: isFilter,
    isSending: isBoolean,
    isWhole: isBoolean,
    isEmpty: isBoolean,
    requests: isNumber,
    isOver: isBoolean,
    notes: list(isString),
    problems: list(
      record(
        { of: oneOf('newest', 'older', 'rest', 'journal'), title: isString, next: isString },
        { detail: isString },
      ),
    ),
    activity: oneOf('none', 'loading', 'searching'),
  },
  {
    loadedAt: isNumber,
    oldestAt: isNumber,
    backTo: isNumber,
    asked: record({}, { from: isNumber, to: isNumber, actors: list(isString) }),
    wait: isWait,
  },
);

const isUpdate = record(
  { type: oneOf('history') },
  {
    rows: list(isRow),
    gone: isKeyList,
    state: isState,
    filter: isFilter,
    facts: record({ key: isKey, lines: list(isString) }),
    copy: record({ of: isCopied, key: isKey }),
  },
);

/** Parses a message of the extension; undefined when any part is invalid. */
export function parseHistoryUpdate(value: unknown): HistoryUpdate | undefined {
  return isUpdate(value) ? (value as HistoryUpdate) : undefined;
}
