import type { Change } from '../../access/evidence/history/change';
import type { Organization } from '../../access/organization';
import type { HistoryFailure } from '../../words/history';

/** One grant or revoke. */
export interface ChangeNode {
  readonly kind: 'change';
  readonly organization: Organization;
  readonly change: Change;
  /** The log was loaded to its end, so what it does not tell now it never will. */
  readonly isLogComplete: boolean;
}

/** The log has older events, which cost one request. */
export interface OlderNode {
  readonly kind: 'older';
  readonly organization: Organization;
  /** How far it is loaded, in milliseconds since 1970. */
  readonly backTo?: number;
}

/** Something could not be loaded; what is shown beside it is not all there is. */
export interface HistoryFailureNode {
  readonly kind: 'failure';
  readonly organization: Organization;
  readonly failure: HistoryFailure;
}

/** Nothing is there, or nothing that fits the filter, as far as is loaded. */
export interface NothingNode {
  readonly kind: 'nothing';
  readonly organization: Organization;
  readonly filtered: boolean;
  readonly whole: boolean;
}

export type HistoryNode = ChangeNode | OlderNode | HistoryFailureNode | NothingNode;
