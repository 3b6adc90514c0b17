import type { StepReason } from '../access/accessFile/planAccessFile';
import type { Step } from '../access/plan/plan';
import type { CLIVerb } from '../words/cliHelp';
import type { ExitCode } from './exitCodes';

/** `information` is a fact to know. Only `error` and `warning` want something done. */
export type Severity = 'error' | 'warning' | 'information';

/** One thing to say. `text` is whole sentences, with texts of others escaped. */
export interface ReportedMessage {
  readonly severity: Severity;
  /** A name that stays, for machines. */
  readonly kind: string;
  readonly text: string;
  /** Of the file, counted from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly checkpoint?: string;
  readonly project?: string;
  readonly permissions?: readonly string[];
}

/** A change of a plan, with what became of it if it was applied. */
export interface ReportedChange {
  readonly step: Step;
  /** What the API calls the project. */
  readonly projectName?: string;
  readonly why?: StepReason['kind'];
  readonly reason?: string;
  readonly until?: string;
  readonly line?: number;
  /** Why, and until when. Empty if the file says neither. */
  readonly reasonText: string;
  /** The change in one line, with its reason. */
  readonly text: string;
  readonly outcome?: {
    readonly result: string;
    readonly by?: string;
    /** That was granted. */
    readonly permissionId?: string;
    readonly text: string;
  };
}

/** The changes that people are shown. Drift says each of them as a difference already. */
export function shownChanges({ verb, changes }: Report): readonly ReportedChange[] {
  return verb === 'drift' ? [] : changes;
}

/** The names of results, which stay. */
export type ResultName =
  | 'inSync'
  | 'applied'
  | 'valid'
  | 'formatted'
  | 'written'
  | 'error'
  | 'differences'
  | 'refused'
  | 'partly'
  | 'canceled';

/** All that a run has to say, in each format. */
export interface Report {
  readonly verb: CLIVerb;
  readonly result: ResultName;
  readonly code: ExitCode;
  /** The path as it was given. */
  readonly file: string;
  readonly organization?: { readonly file?: string; readonly live?: string };
  /** `YYYY-MM-DD`, which decided what `until` has ended. */
  readonly day?: string;
  /** Milliseconds since 1970. */
  readonly loadedAt?: number;
  /** Whole sentences: the result in short. */
  readonly summary: readonly string[];
  readonly changes: readonly ReportedChange[];
  readonly messages: readonly ReportedMessage[];
  /** The numbers of differences, where they were looked for. */
  readonly differences?: { readonly count: number; readonly strict: number };
  /** The path of a file that was written. */
  readonly written?: string;
}
