import type { Change } from '../../access/evidence/history/change';
import type { Organization } from '../../access/organization';
import type { HistoryFailure } from '../../words/history';

/** One grant or revoke. */
export interface ChangeNode {
  readonly kind: 'change';
  readonly organization: Organization;
  readonly change: Change;
  /** Whether the log is loaded to its end, so that an unknown project or checkpoint stays unknown. */
  readonly isLogComplete: boolean;
}

/** Nothing of the audit log is loaded. `requests`: the minimum number to load its newest events. */
export interface LoadLogNode {
  readonly kind: 'loadLog';
  readonly organization: Organization;
  readonly requests: number;
}

/** The log has older events; loading the next page costs one request. */
export interface OlderNode {
  readonly kind: 'older';
  readonly organization: Organization;
  /** The time of the oldest loaded event, in milliseconds since 1970. */
  readonly backTo?: number;
}

/** Loading failed, so the rows beside it are incomplete. */
export interface HistoryFailureNode {
  readonly kind: 'failure';
  readonly organization: Organization;
  readonly failure: HistoryFailure;
}

/** No changes, or none that match the filter, in the loaded part of the log. */
export interface NothingNode {
  readonly kind: 'nothing';
  readonly organization: Organization;
  readonly filtered: boolean;
  readonly whole: boolean;
}

export type HistoryNode = ChangeNode | LoadLogNode | OlderNode | HistoryFailureNode | NothingNode;
