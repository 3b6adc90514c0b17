import type { AccessErrorKind, ErrorPlace } from '../access/explain/accessError';
import type { LoadedGate } from '../access/explain/explainAccess';
import type { GateKind, GateState } from '../access/explain/gates';
import { parseCheckpointId, whyNotProject } from '../access/ids/checkpointId';
import { isBoolean, isKey, isNumber, isObject, isString, list, oneOf, record } from './validators';
import { isWait, type WaitMessage } from './wait';

// Messages between the Explain tab and the extension. Gates and verdicts come as sentences, because only the extension
// can explain failures. Texts of a server are safe to show as they are.

/** What the page can do about a gate. */
export const explainActions = [
  'grant',
  'revoke',
  'findCheckpoints',
  'setAdminKey',
  'settings',
  'choose',
] as const;
export type ExplainAction = (typeof explainActions)[number];

/** A gate as it is shown. */
export interface ExplainedGate {
  readonly kind: GateKind;
  /** Which mark it has. */
  readonly state: GateState;
  readonly stateText: string;
  readonly title: string;
  readonly evidence: string;
  /** Where that is from, and how old it is. Empty if it has neither. */
  readonly source: string;
  /** What to do. Empty if there is nothing to do. */
  readonly advice: string;
  readonly detail?: string;
  readonly actions: readonly ExplainAction[];
  /** It can be loaded again alone. */
  readonly canLoadAgain: boolean;
}

/** An explanation as it is shown. */
export interface ShownExplanation {
  /** The IDs, which a restored page asks for again. */
  readonly project: string;
  readonly checkpoint: string;
  readonly projectName: string;
  readonly checkpointName: string;
  readonly verdict: 'can' | 'cannot' | 'unknown';
  readonly line: string;
  readonly reasons: string;
  readonly warnings: readonly string[];
  /** What an error said that led here. Empty if none did. */
  readonly heard: string;
  readonly gates: readonly ExplainedGate[];
  /** The least number of requests that load what is missing or old; 0 if nothing is. */
  readonly requests: number;
  /** The least number of requests that load everything again. */
  readonly requestsAgain: number;
  readonly hasLoaded: boolean;
  readonly isLoading: boolean;
  /** A person stopped the last load. */
  readonly isStopped: boolean;
  readonly wait?: WaitMessage;
}

/** Message of the extension to the tab. Without an explanation if there is none to show. */
export interface ExplainUpdate {
  readonly type: 'explain';
  readonly shown?: ShownExplanation;
}

/** What is explained: a project and a checkpoint, and the error that a person read them from. */
export interface ExplainedPlace {
  readonly project: string;
  readonly checkpoint: string;
  readonly heard?: { readonly kind: AccessErrorKind; readonly from: ErrorPlace };
}

const plainTypes = ['load', 'loadAgain', 'stop', 'copy', 'again'] as const;

/** Message of the tab to the extension. */
export type ExplainRequest =
  | { readonly type: (typeof plainTypes)[number] | ExplainAction }
  /** The page was restored, and showed this before. */
  | { readonly type: 'restore'; readonly project: string; readonly checkpoint: string }
  | { readonly type: 'loadGate'; readonly gate: LoadedGate }
  /** Explains the access of a row or cell of another tab. What is absent is asked for. */
  | { readonly type: 'explain'; readonly project?: number; readonly checkpoint?: number };

const loadedGates: Readonly<Record<LoadedGate, true>> = {
  project: true,
  permission: true,
  policy: true,
  key: true,
  usage: true,
};
const isLoadedGate = oneOf(...Object.keys(loadedGates));
const isGate = oneOf(...Object.keys(loadedGates), 'shutdown');
const isErrorKind = oneOf('noAccess', 'missingScopes', 'owningProject', 'notFound', 'other');
const isHeard = record({ kind: isErrorKind, from: oneOf('selection', 'terminal', 'clipboard') });

/** Parses what is to be explained; undefined when it is invalid. Its IDs need not exist. */
export function parseExplainedPlace(value: unknown): ExplainedPlace | undefined {
  if (!isObject(value)) return undefined;
  const { project, checkpoint, heard } = value;
  if (typeof project !== 'string' || whyNotProject(project) !== undefined) return undefined;
  if (typeof checkpoint !== 'string' || parseCheckpointId(checkpoint)?.id !== checkpoint) return undefined;
  return {
    project,
    checkpoint,
    ...(isHeard(heard) && { heard: heard as NonNullable<ExplainedPlace['heard']> }),
  };
}

/** Parses a message of the tab; undefined when it is invalid. */
export function parseExplainRequest(value: unknown): ExplainRequest | undefined {
  if (!isObject(value)) return undefined;
  const { type, project, checkpoint, gate } = value;
  const plain = [...plainTypes, ...explainActions].find((each) => each === type);
  if (plain) return { type: plain };
  if (type === 'restore') {
    const place = parseExplainedPlace(value);
    return place && { type, project: place.project, checkpoint: place.checkpoint };
  }
  if (type === 'loadGate' && isLoadedGate(gate)) return { type, gate: gate as LoadedGate };
  const isOptionalKey = (key: unknown): boolean => key === undefined || isKey(key);
  if (type !== 'explain' || !isOptionalKey(project) || !isOptionalKey(checkpoint)) return undefined;
  return {
    type,
    ...(project !== undefined && { project: project as number }),
    ...(checkpoint !== undefined && { checkpoint: checkpoint as number }),
  };
}

const isShown = record(
  {
    project: isString,
    checkpoint: isString,
    projectName: isString,
    checkpointName: isString,
    verdict: oneOf('can', 'cannot', 'unknown'),
    line: isString,
    reasons: isString,
    warnings: list(isString),
    heard: isString,
    gates: list(
      record(
        {
          kind: isGate,
          state: oneOf('open', 'closed', 'unknown'),
          stateText: isString,
          title: isString,
          evidence: isString,
          source: isString,
          advice: isString,
          actions: list(oneOf(...explainActions)),
          canLoadAgain: isBoolean,
        },
        { detail: isString },
      ),
    ),
    requests: isNumber,
    requestsAgain: isNumber,
    hasLoaded: isBoolean,
    isLoading: isBoolean,
    isStopped: isBoolean,
  },
  { wait: isWait },
);

/** Parses a message of the extension; undefined when any part is invalid. */
export function parseExplainUpdate(value: unknown): ExplainUpdate | undefined {
  if (!isObject(value) || value.type !== 'explain') return undefined;
  return value.shown === undefined || isShown(value.shown) ? (value as unknown as ExplainUpdate) : undefined;
}
