import type { Permission } from '../access/api';
import type { CheckpointId } from '../access/checkpointId';
import type { Organization } from '../access/organization';

/** A checkpoint in the list. Its children are read when it is first expanded. */
export interface CheckpointNode {
  readonly kind: 'checkpoint';
  readonly organization: Organization;
  readonly checkpoint: CheckpointId;
}

/** A project's permission for the checkpoint above it. */
export interface PermissionNode {
  readonly kind: 'permission';
  readonly parent: CheckpointNode;
  readonly permission: Permission;
}

/** The server has further permissions, which cost one request. */
export interface MoreNode {
  readonly kind: 'more';
  readonly parent: CheckpointNode;
  /** How many are shown above it. */
  readonly shown: number;
}

/** The server said that there is no permission. Never stands for a failure. */
export interface NoneNode {
  readonly kind: 'none';
  readonly parent: CheckpointNode;
}

/** Reading failed, or the server broke off. Rows beside it, if any, are older or not all there are. */
export interface FailureNode {
  readonly kind: 'failure';
  /** Absent when the organization itself cannot be shown. */
  readonly parent?: CheckpointNode;
  /** What could not be had: tells two failures of one checkpoint apart. */
  readonly of: 'organization' | 'read' | 'readMore' | 'rest';
  readonly what: string;
  readonly next: string;
  readonly detail?: string;
  /** When the rows shown beside it were read, where there are any; milliseconds since 1970. */
  readonly olderRowsFrom?: number;
  /** Those rows are from before a change that was sent since. */
  readonly beforeChange?: boolean;
}

export type Node = CheckpointNode | PermissionNode | MoreNode | NoneNode | FailureNode;
