import type { Permission } from '../../access/api';
import type { CheckpointId } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';

/** A fine-tuned model, over its checkpoints in the list: the final model and its steps. */
export interface ModelNode {
  readonly kind: 'model';
  readonly organization: Organization;
  /** The id of the final model, whether or not that is in the list. */
  readonly id: string;
}

/** A checkpoint in the list. Its children are read when it is first expanded. */
export interface CheckpointNode {
  readonly kind: 'checkpoint';
  readonly organization: Organization;
  readonly checkpoint: CheckpointId;
  /** What it stands under, where checkpoints are grouped. */
  readonly model?: ModelNode;
}

/** A project's permission for the checkpoint above it. */
export interface PermissionNode {
  readonly kind: 'permission';
  readonly parent: CheckpointNode;
  readonly permission: Permission;
  /** The project that it stands under in the reverse view. */
  readonly under?: ProjectNode;
}

/** A project in the reverse view, over what it can use as far as is known. */
export interface ProjectNode {
  readonly kind: 'project';
  readonly organization: Organization;
  /** Its id. */
  readonly project: string;
}

/** Says how much of the list the reverse view is made from. */
export interface ExtentNode {
  readonly kind: 'extent';
  readonly organization: Organization;
}

/** Says for how many checkpoints a project's access is not known. */
export interface NotKnownNode {
  readonly kind: 'notKnown';
  readonly under: ProjectNode;
  readonly checkpoints: number;
}

/** Some of the projects, where there are more than are drawn at once. */
export interface ProjectRangeNode {
  readonly kind: 'projectRange';
  readonly organization: Organization;
  /** The place of the first of them, from 0 on. */
  readonly from: number;
  /** Their ids. */
  readonly projects: readonly string[];
  /** How many there are in all. */
  readonly known: number;
}

/** Some of the permissions of a list that is too long to be drawn at once; folded until someone looks. */
export interface RangeNode {
  readonly kind: 'range';
  readonly parent: CheckpointNode;
  /** The place of the first of them in the list, from 0 on. */
  readonly from: number;
  readonly permissions: readonly Permission[];
  /** How many are known in all. */
  readonly known: number;
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

/** A row of the view of checkpoints. */
export type Node =
  | ModelNode
  | CheckpointNode
  | PermissionNode
  | RangeNode
  | MoreNode
  | NoneNode
  | FailureNode;

/** A row of the reverse view. */
export type ProjectsNode = ExtentNode | ProjectNode | ProjectRangeNode | PermissionNode | NotKnownNode;

/** A row of either view. */
export type AnyNode = Node | ProjectsNode;
