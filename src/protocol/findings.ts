import { type FindingKind, findingKinds, type ReasonFacts } from '../access/evidence/review/finding';
import { reasonsWithoutEffect } from '../access/withoutEffect';
import { isShutdown } from './matrix';
import { isPolicies, type PoliciesMessage } from './policies';
import { type CopiedRowId, isCopiedRowId, isRowMenu, type RowMenu } from './rowMenu';
import {
  isBoolean,
  isKey,
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

// Messages between the Findings tab and its page. They carry codes, which the page puts into words. What was not
// checked comes as sentences, because only the extension can explain failures.

/** The access of a project to a checkpoint, by their keys. */
export type AccessKeys = readonly [checkpoint: number, project: number];

/** A reason of a row, with the key of a project. */
export type ReasonEntry = ReasonFacts<number> & { readonly acceptance?: AcceptanceEntry };

/** `until`: the last day, `YYYY-MM-DD`. `reason`: safe to show. */
export interface AcceptanceEntry {
  readonly until: string;
  readonly reason: string;
  readonly isExpired: boolean;
  /** The access file of the workspace has it. */
  readonly isOfFile?: true;
}

/** A row of a category. `grantedAt` in Unix seconds: the oldest permission; 0 if unknown. */
export interface FindingEntry {
  readonly at: AccessKeys;
  readonly place: FindingKind | 'accepted';
  readonly reasons: readonly ReasonEntry[];
  readonly grantedAt: number;
  /** The number of permissions that give the access. */
  readonly permissions: number;
  readonly permissionId: string;
}

/** What was not checked, as sentences. */
export interface GapEntry {
  /** Names it in later updates. */
  readonly key: string;
  readonly about: 'checkpoint' | 'projects' | 'owners' | 'usage' | 'policies';
  readonly text: string;
  /** The minimum number of requests to load it; 0 if loading doesn't help. */
  readonly requests: number;
  readonly checkpoint?: number;
  /** The project whose model policy could not be loaded. */
  readonly project?: number;
}

export interface ReviewUsageMessage {
  readonly state: 'notLoaded' | 'loaded' | 'unattributed' | 'failed';
  readonly loadedAt?: number;
  /** The number of requests that loading it takes. */
  readonly requests: number;
  readonly isLoading: boolean;
  /** The load can be canceled here. */
  readonly canCancel: boolean;
  readonly progress?: { readonly done: number; readonly total: number };
  readonly wait?: WaitMessage;
  /** Why the last load failed, as a sentence. */
  readonly failure?: string;
}

/** What holds for all rows. */
export interface FindingsSummary {
  /** The findings that count. */
  readonly open: number;
  readonly permissions: number;
  /** The number of projects' access that was checked. */
  readonly accesses: number;
  readonly mayBeMore: boolean;
  readonly unusedDays: number;
  readonly mostUnusedDays: number;
  readonly shutsDownSoon: { readonly found: number; readonly isCounted: boolean };
  /** Whether what a category is about was looked at, at least in part. */
  readonly isChecked: Readonly<Record<FindingKind, boolean>>;
  /** Whether the list of projects, which decides two categories, was looked at. */
  readonly projects: 'whole' | 'partly' | 'not';
}

/** What became of a request, for the status line. */
export type FindingsResult =
  /** `others`: changes that were staged before. */
  | { readonly did: 'staged'; readonly revokes: number; readonly others: number }
  | { readonly did: 'unstaged' | 'tooManyStaged' | 'removed' | 'leftToFile'; readonly count: number }
  | { readonly did: 'accepted'; readonly count: number; readonly until: string };

/** Message of the extension to the tab. */
export interface FindingsUpdate {
  readonly type: 'findings';
  /** When it was sent, by the clock of its dates. */
  readonly now?: number;
  /** The page forgets the rows that it has. */
  readonly isFirst?: boolean;
  /** Rows that are new or changed, and rows that are gone. Shown once `summary` comes. */
  readonly rows?: readonly FindingEntry[];
  readonly gone?: readonly AccessKeys[];
  readonly gaps?: readonly GapEntry[];
  readonly goneGaps?: readonly string[];
  /** All rows were sent, but for `isCountOnly`: the tab is out of sight, so the summary is for its number alone. */
  readonly summary?: FindingsSummary;
  readonly isCountOnly?: boolean;
  readonly usage?: ReviewUsageMessage;
  readonly policies?: PoliciesMessage;
  readonly result?: FindingsResult;
  /** Something was chosen in the menu of a row. */
  readonly menu?: RowMenu;
}

const plainTypes = [
  'loadUsage',
  'cancelUsage',
  'loadPolicies',
  'cancelPolicies',
  'loadProjects',
  'export',
  'again',
] as const;
const rowTypes = ['stage', 'unstage', 'accept', 'removeAcceptance'] as const;

/** Message of the tab to the extension. */
export type FindingsRequest =
  | { readonly type: (typeof plainTypes)[number] }
  | { readonly type: (typeof rowTypes)[number]; readonly rows: readonly AccessKeys[] }
  | { readonly type: 'details'; readonly row: AccessKeys }
  | { readonly type: 'menu'; readonly menu: RowMenu }
  | { readonly type: 'copyIds'; readonly of: CopiedRowId; readonly rows: readonly AccessKeys[] }
  /** Loads the model policy of one project. */
  | { readonly type: 'loadPolicy'; readonly project: number }
  | { readonly type: 'unusedDays'; readonly days: number }
  | { readonly type: 'countShutdownSoon'; readonly isCounted: boolean };

/** Longest list of rows in a request: a longer one is a mistake. */
const maxRows = 100_000;

const isAccess = tuple(isKey, isKey);
const isRowList: Validator = (value) =>
  Array.isArray(value) && value.length <= maxRows && value.every(isAccess);

/** Parses a message of the tab; undefined when it is invalid. */
export function parseFindingsRequest(value: unknown): FindingsRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, rows, row, days, isCounted, menu, of, project } = value;
  const plain = plainTypes.find((each) => each === type);
  if (plain) return { type: plain };
  const ofRows = rowTypes.find((each) => each === type);
  if (ofRows) return isRowList(rows) ? { type: ofRows, rows: rows as AccessKeys[] } : undefined;
  if (type === 'details') return isAccess(row) ? { type, row: row as unknown as AccessKeys } : undefined;
  if (type === 'menu') return isRowMenu(menu) ? { type, menu: menu as unknown as RowMenu } : undefined;
  if (type === 'copyIds')
    return isCopiedRowId(of) && isRowList(rows)
      ? { type, of: of as CopiedRowId, rows: rows as AccessKeys[] }
      : undefined;
  if (type === 'loadPolicy') return isKey(project) ? { type, project: project as number } : undefined;
  if (type === 'unusedDays') return Number.isInteger(days) ? { type, days: days as number } : undefined;
  if (type === 'countShutdownSoon' && typeof isCounted === 'boolean') return { type, isCounted };
  return undefined;
}

const isAcceptance = record(
  { until: isString, reason: isString, isExpired: isBoolean },
  { isOfFile: (value) => value === true },
);
const hasShutdown = { shutdown: isShutdown };

const reasons: Readonly<Record<FindingKind, Validator>> = {
  shutDown: record(hasShutdown),
  archived: record({}, { archivedAt: isNumber }),
  unused: record({ days: isNumber }, { lastUsed: isNumber }),
  shutsDownSoon: record(hasShutdown),
  sharedWithAll: record({ activeProjects: isNumber }, { mayBeOwner: isKey }),
  withoutEffect: record({
    why: (value) => list(oneOf(...reasonsWithoutEffect))(value) && (value as unknown[]).length > 0,
  }),
};

const isReason: Validator = (value) => {
  if (!isObject(value)) return false;
  const kind = findingKinds.find((each) => each === value.kind);
  if (kind === undefined || !reasons[kind](value)) return false;
  return value.acceptance === undefined || isAcceptance(value.acceptance);
};
const isReasonList: Validator = (value) => list(isReason)(value) && (value as unknown[]).length > 0;

const isResult: Validator = (value) => {
  if (!isObject(value)) return false;
  const { did } = value;
  if (did === 'staged') return record({ revokes: isNumber, others: isNumber })(value);
  if (did === 'accepted') return record({ count: isNumber, until: isString })(value);
  return oneOf('unstaged', 'tooManyStaged', 'removed', 'leftToFile')(did) && isNumber(value.count);
};

const parts: Readonly<Record<Exclude<keyof FindingsUpdate, 'type'>, Validator>> = {
  now: isNumber,
  isFirst: isBoolean,
  rows: list(
    record({
      at: isAccess,
      place: oneOf(...findingKinds, 'accepted'),
      reasons: isReasonList,
      grantedAt: isNumber,
      permissions: isNumber,
      permissionId: isString,
    }),
  ),
  gone: list(isAccess),
  gaps: list(
    record(
      {
        key: isString,
        about: oneOf('checkpoint', 'projects', 'owners', 'usage', 'policies'),
        text: isString,
        requests: isNumber,
      },
      { checkpoint: isKey, project: isKey },
    ),
  ),
  goneGaps: list(isString),
  summary: record({
    open: isNumber,
    permissions: isNumber,
    accesses: isNumber,
    mayBeMore: isBoolean,
    unusedDays: isNumber,
    mostUnusedDays: isNumber,
    shutsDownSoon: record({ found: isNumber, isCounted: isBoolean }),
    isChecked: record(Object.fromEntries(findingKinds.map((kind) => [kind, isBoolean]))),
    projects: oneOf('whole', 'partly', 'not'),
  }),
  isCountOnly: isBoolean,
  usage: record(
    {
      state: oneOf('notLoaded', 'loaded', 'unattributed', 'failed'),
      requests: isNumber,
      isLoading: isBoolean,
      canCancel: isBoolean,
    },
    {
      loadedAt: isNumber,
      progress: record({ done: isNumber, total: isNumber }),
      wait: isWait,
      failure: isString,
    },
  ),
  policies: isPolicies,
  result: isResult,
  menu: isRowMenu,
};

/** Parses a message of the extension; undefined when any part is invalid, so that the page never applies half of it. */
export function parseFindingsUpdate(value: unknown): FindingsUpdate | undefined {
  if (!isObject(value) || value.type !== 'findings') return undefined;
  return Object.entries(parts).every(([part, isRight]) => value[part] === undefined || isRight(value[part]))
    ? (value as unknown as FindingsUpdate)
    : undefined;
}
