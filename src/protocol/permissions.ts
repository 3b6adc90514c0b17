import { type FindingKind, findingKinds } from '../access/evidence/review/finding';
import type { DecidingGate, Verdict } from '../access/explain/verdict';
import { isRefusedList, type RefusedMessage } from './matrix';
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

// Messages between the Permissions tab and the extension. The rows themselves are in the model of the page. These
// messages add what no list of permissions has. They carry codes, which the page puts into words. Texts of a server are
// safe to show as they are. Moments are milliseconds since 1970.

/** How far the audit log is loaded. */
export interface LogMessage {
  readonly state: 'unread' | 'more' | 'complete' | 'incomplete';
  readonly isLoading: boolean;
  /** Pages are loaded one after another until every permission is found, or the log ends. */
  readonly isLoadingAll: boolean;
  readonly loadedAt?: number;
  /** The time of the oldest loaded event. */
  readonly backTo?: number;
  /** The whole log has nothing about permissions: what that may mean, as sentences. */
  readonly emptyNote?: string;
  /** Why the last load failed, as sentences. */
  readonly failure?: string;
  readonly wait?: WaitMessage;
}

/** How far usage data is loaded. */
export interface UsageMessage {
  /** The number of requests to load it again; 0 while it is fresh. */
  readonly requests: number;
  readonly loadedAt?: number;
  /** The start of the first day of the data. */
  readonly from?: number;
  /** The API reported usage without a project or a model, so no access can be called unused. */
  readonly unattributed: boolean;
  /** Requests answered, and requests in all, while it is loading. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** This tab began the load that is running, so it can stop it. */
  readonly canStop: boolean;
  readonly failure?: string;
  readonly wait?: WaitMessage;
}

/** The usage of a checkpoint by a project. `lastDay`: the start of the last day with usage. */
export type UseEntry = readonly [project: number, lastDay: number, days: readonly number[] | null];

/** Whether the access of a project is effective, and the gates that decide it, as in `EffectInShort`. */
export type EffectEntry = readonly [project: number, kind: Verdict['kind'], gates: readonly DecidingGate[]];

/** What is known of the permissions of one checkpoint. It replaces what was known, or adds to it if it `continues`. */
export interface EvidenceMessage {
  readonly checkpoint: number;
  readonly continues?: true;
  /** The number of permissions in the list that it is about. */
  readonly permissions: number;
  readonly isReviewed: boolean;
  readonly granters: readonly (readonly [permission: string, granter: string])[];
  /** `days` of an entry: requests of each day since `from` of the usage. */
  readonly uses: readonly UseEntry[];
  readonly findings: readonly (readonly [project: number, kinds: readonly FindingKind[]])[];
  readonly effects: readonly EffectEntry[];
}

/** What came of the last request to stage. */
export interface StagedOutcome {
  /** The number of projects and checkpoints that are staged now and were selected. */
  readonly staged: number;
  readonly refused: readonly RefusedMessage[];
}

/** Message of the extension to the tab. Each part replaces the same part of earlier messages. */
export interface PermissionsUpdate {
  readonly type: 'permissions';
  /** When it was sent, by the clock of its moments. */
  readonly now: number;
  readonly log?: LogMessage;
  readonly usage?: UsageMessage;
  readonly policies?: PoliciesMessage;
  /** Access that was not used for this many days is a finding. */
  readonly unusedDays?: number;
  readonly evidence?: readonly EvidenceMessage[];
  /** The log or usage has changed, and evidence of what it says now is still to come. */
  readonly isCatchingUp?: boolean;
  readonly outcome?: StagedOutcome;
  /** Something was chosen in the menu of a row. */
  readonly menu?: RowMenu;
}

/** A permission, by the key of its checkpoint and its ID as it is shown. */
export type PermissionRef = readonly [checkpoint: number, permission: string];

/** A permission with the key of its project. */
export type CopiedRow = readonly [checkpoint: number, project: number, permission: string];
const plainTypes = [
  'loadLog',
  'loadOlderLog',
  'loadWholeLog',
  'stopLog',
  'loadUsage',
  'stopUsage',
  'loadPolicies',
  'stopPolicies',
] as const;

/** Message of the tab to the extension. */
export type PermissionsRequest =
  | { readonly type: (typeof plainTypes)[number] }
  | { readonly type: 'stage'; readonly cells: readonly (readonly [checkpoint: number, project: number])[] }
  | { readonly type: 'details'; readonly permission: PermissionRef }
  | { readonly type: 'menu'; readonly menu: RowMenu }
  | { readonly type: 'copyIds'; readonly of: CopiedRowId; readonly rows: readonly CopiedRow[] }
  /** `filter`: the filter as it is shown, empty for none. */
  | { readonly type: 'export'; readonly permissions: readonly PermissionRef[]; readonly filter: string };

/** Longest list in a request: a longer one is a mistake. */
const most = 200_000;
const isCell = tuple(isKey, isKey);
const isRef = tuple(isKey, isString);
const isCopiedRow = tuple(isKey, isKey, isString);

/** Parses a message of the tab; undefined when it is invalid. */
export function parsePermissionsRequest(value: unknown): PermissionsRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, cells, permission, permissions, filter, menu, of, rows } = value;
  const plain = plainTypes.find((each) => each === type);
  if (plain) return { type: plain };
  const isShort = (some: unknown): boolean => Array.isArray(some) && some.length <= most;
  if (type === 'stage' && isShort(cells) && list(isCell)(cells))
    return { type, cells: cells as readonly (readonly [number, number])[] };
  if (type === 'details' && isRef(permission)) return { type, permission: permission as PermissionRef };
  if (type === 'menu' && isRowMenu(menu)) return { type, menu: menu as unknown as RowMenu };
  if (type === 'copyIds' && isCopiedRowId(of) && isShort(rows) && list(isCopiedRow)(rows))
    return { type, of: of as CopiedRowId, rows: rows as readonly CopiedRow[] };
  if (type === 'export' && isShort(permissions) && list(isRef)(permissions) && isString(filter))
    return { type, permissions: permissions as readonly PermissionRef[], filter: filter as string };
  return undefined;
}

const isKind = oneOf(...findingKinds);
const gates: Readonly<Record<DecidingGate, true>> = {
  project: true,
  permission: true,
  policy: true,
  shutdown: true,
};
const isGate = oneOf(...Object.keys(gates));

const parts: Readonly<Record<Exclude<keyof PermissionsUpdate, 'type' | 'now'>, Validator>> = {
  log: record(
    {
      state: oneOf('unread', 'more', 'complete', 'incomplete'),
      isLoading: isBoolean,
      isLoadingAll: isBoolean,
    },
    { loadedAt: isNumber, backTo: isNumber, emptyNote: isString, failure: isString, wait: isWait },
  ),
  usage: record(
    { requests: isNumber, unattributed: isBoolean, canStop: isBoolean },
    {
      loadedAt: isNumber,
      from: isNumber,
      progress: record({ done: isNumber, total: isNumber }),
      failure: isString,
      wait: isWait,
    },
  ),
  evidence: list(
    record(
      {
        checkpoint: isKey,
        permissions: isNumber,
        isReviewed: isBoolean,
        granters: list(tuple(isString, isString)),
        uses: list(tuple(isKey, isNumber, (value) => value === null || list(isNumber)(value))),
        findings: list(tuple(isKey, list(isKind))),
        effects: list(tuple(isKey, oneOf('can', 'cannot', 'unknown'), list(isGate))),
      },
      { continues: (value) => value === true },
    ),
  ),
  policies: isPolicies,
  unusedDays: isNumber,
  isCatchingUp: isBoolean,
  outcome: record({
    staged: isNumber,
    refused: isRefusedList,
  }),
  menu: isRowMenu,
};

/** Parses a message of the extension; undefined when any part is invalid. */
export function parsePermissionsUpdate(value: unknown): PermissionsUpdate | undefined {
  if (!isObject(value) || value.type !== 'permissions' || !isNumber(value.now)) return undefined;
  return Object.entries(parts).every(([part, isRight]) => value[part] === undefined || isRight(value[part]))
    ? (value as unknown as PermissionsUpdate)
    : undefined;
}
