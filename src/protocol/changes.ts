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
} from './validators';
import { isWaitFor, type WaitMessage } from './wait';

// Messages between the Changes tab of the Access page and the extension. Texts are safe to show as they are. A sheet is
// what the tab lists: the staged changes, or the plan that is proposed. Its number changes with what it lists, and each
// request names the sheet that the person saw.

/** What is said of a change besides what speaks against it. */
export type ChangeRemark =
  /** It takes back what others may have done. */
  | 'perhapsUs'
  /** As loaded, it is in effect already. */
  | 'inEffect'
  /** Its access is not loaded. */
  | 'undecided';

export interface ChangeRow {
  readonly key: number;
  readonly action: 'grant' | 'revoke';
  /** The name of the checkpoint. */
  readonly checkpoint: string;
  readonly checkpointId: string;
  readonly project: string;
  readonly projectId: string;
  /** What a revoke revokes; absent while that is not loaded. */
  readonly permission?: string;
  /** When that was granted, in Unix seconds. */
  readonly grantedAt?: number;
  /** What speaks against the change, as a sentence. */
  readonly obstacle?: string;
  /** It can't be made, so it can't be selected. */
  readonly isImpossible?: true;
  readonly note?: ChangeRemark;
  /** Why it is made, not a sentence. */
  readonly reason?: string;
  /** Why it failed when it was applied the last time. */
  readonly failure?: string;
}

/** What became of a change. `done` is confirmed by a list. */
export type ChangeStatus =
  | 'toSend'
  | 'sending'
  | 'answered'
  | 'done'
  /** In effect, made by someone else. */
  | 'others'
  /** In effect, perhaps made by someone else. */
  | 'perhapsUs'
  | 'unverified'
  | 'failed'
  | 'unknown'
  | 'notSent';

/** `reason`: a sentence; empty where there is none. */
export type StatusEntry = readonly [key: number, status: ChangeStatus, reason: string];

export interface SheetHead {
  readonly kind: 'staged' | 'proposal';
  /** What makes the plan and what it does; empty for staged changes. */
  readonly title: string;
  /** Paragraphs about the whole. */
  readonly notes: readonly string[];
  /** How many rows follow, in this message and later ones. */
  readonly rows: number;
}

export type SheetPhase = 'open' | 'checking' | 'applying' | 'over';

/** What changes with the selection, and while the plan is applied. */
export interface SheetFoot {
  readonly phase: SheetPhase;
  /** How many changes are selected. */
  readonly selected: number;
  /** Paragraphs about the selected changes, their cost among them. */
  readonly notes: readonly string[];
  /** The outcome in short; empty before there is one. */
  readonly summary: string;
  /** How many changes a retry would send. */
  readonly retry: number;
  readonly canCheckAgain: boolean;
  readonly canUndo: boolean;
}

/** What is being done. An empty title: nothing is. */
export interface ActivityMessage {
  readonly title: string;
  readonly message: string;
  readonly wait?: WaitMessage<'rate-limit' | 'retry' | 'list'>;
}

/** Message of the extension to the tab. Each part replaces the same part of earlier messages of the same sheet. */
export interface ChangesUpdate {
  readonly type: 'changes';
  readonly sheet: number;
  /** The changes of the sheet, as the name of the tab counts them. */
  readonly count: number;
  /** The staged changes, also while a proposal is shown. */
  readonly staged: number;
  /** Begins the sheet. The rows of the one before are gone. */
  readonly head?: SheetHead;
  /** Rows that are added, in their order. */
  readonly rows?: readonly ChangeRow[];
  /** The keys of all rows that are not selected. */
  readonly cleared?: readonly number[];
  readonly statuses?: readonly StatusEntry[];
  readonly foot?: SheetFoot;
  readonly activity?: ActivityMessage;
}

/** Message of the tab to the extension. */
export type ChangesRequest =
  | {
      readonly type: 'select';
      readonly sheet: number;
      readonly keys: readonly number[];
      readonly isSelected: boolean;
    }
  /** Applies the selected changes. `changes`: how many the person saw to be selected. */
  | { readonly type: 'apply'; readonly sheet: number; readonly changes: number }
  /** Unstages changes. */
  | { readonly type: 'discard'; readonly sheet: number; readonly keys: readonly number[] }
  /** `close` removes a plan that was applied, `cancel` one that was not. `stop` ends what is being done. */
  | {
      readonly type: 'cancel' | 'close' | 'stop' | 'retry' | 'checkAgain' | 'undo';
      readonly sheet: number;
    };

const plainRequests = ['cancel', 'close', 'stop', 'retry', 'checkAgain', 'undo'] as const;

/** Parses a message of the tab; undefined when it is invalid. */
export function parseChangesRequest(value: unknown): ChangesRequest | undefined {
  if (!isObject(value) || !isKey(value.sheet)) return undefined;
  const { type, keys, isSelected, changes } = value;
  const sheet = value.sheet as number;
  const plain = plainRequests.find((each) => each === type);
  if (plain) return { type: plain, sheet };
  if (type === 'apply') return isKey(changes) ? { type, sheet, changes: changes as number } : undefined;
  if (!isKeyList(keys)) return undefined;
  if (type === 'discard') return { type, sheet, keys };
  return type === 'select' && typeof isSelected === 'boolean' ? { type, sheet, keys, isSelected } : undefined;
}

const statuses: Readonly<Record<ChangeStatus, true>> = {
  toSend: true,
  sending: true,
  answered: true,
  done: true,
  others: true,
  perhapsUs: true,
  unverified: true,
  failed: true,
  unknown: true,
  notSent: true,
};

const isUpdate = record(
  { type: oneOf('changes'), sheet: isKey, count: isKey, staged: isKey },
  {
    head: record({
      kind: oneOf('staged', 'proposal'),
      title: isString,
      notes: list(isString),
      rows: isKey,
    }),
    rows: list(
      record(
        {
          key: isKey,
          action: oneOf('grant', 'revoke'),
          checkpoint: isString,
          checkpointId: isString,
          project: isString,
          projectId: isString,
        },
        {
          permission: isString,
          grantedAt: isNumber,
          obstacle: isString,
          isImpossible: (value) => value === true,
          note: oneOf('perhapsUs', 'inEffect', 'undecided'),
          reason: isString,
          failure: isString,
        },
      ),
    ),
    cleared: isKeyList,
    statuses: list(tuple(isKey, oneOf(...Object.keys(statuses)), isString)),
    foot: record({
      phase: oneOf('open', 'checking', 'applying', 'over'),
      selected: isKey,
      notes: list(isString),
      summary: isString,
      retry: isKey,
      canCheckAgain: isBoolean,
      canUndo: isBoolean,
    }),
    activity: record(
      { title: isString, message: isString },
      {
        wait: isWaitFor('rate-limit', 'retry', 'list'),
      },
    ),
  },
);

/** Parses a message of the extension; undefined when any part is invalid, so that the tab never applies half a message. */
export function parseChangesUpdate(value: unknown): ChangesUpdate | undefined {
  return isUpdate(value) ? (value as ChangesUpdate) : undefined;
}
