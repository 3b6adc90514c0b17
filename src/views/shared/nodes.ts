import type { Permission } from '../../access/api';
import type { CheckpointId } from '../../access/ids/checkpointId';
import type { Standing } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import type { FailureInWords } from '../../words/checkpoints';

/** A fine-tuned model, over its checkpoints in the list: the final model and its steps. */
export interface ModelNode {
  readonly kind: 'model';
  readonly organization: Organization;
  /** The ID of the final model, whether or not that is in the list. */
  readonly id: string;
}

/** A checkpoint in the list. Its children are loaded when it is first expanded. */
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
  /** The project that it stands under in the Projects view. */
  readonly projectNode?: ProjectNode;
  /**
   * When the API answered about this project alone, in milliseconds since 1970; absent where the permission is known from
   * the checkpoint's list.
   */
  readonly answeredAt?: number;
}

/** A project in the Projects view, over what it can use as far as is known. */
export interface ProjectNode {
  readonly kind: 'project';
  readonly organization: Organization;
  /** Its ID. */
  readonly project: string;
}

/** Says how much of the list the Projects view is based on. */
export interface ExtentNode {
  readonly kind: 'extent';
  readonly organization: Organization;
}

/** Says for how many checkpoints a project's access is unknown. */
export interface NotKnownNode {
  readonly kind: 'notKnown';
  readonly projectNode: ProjectNode;
  readonly checkpoints: number;
}

/** Some of the projects, where there are more than are drawn at once. */
export interface ProjectRangeNode {
  readonly kind: 'projectRange';
  readonly organization: Organization;
  /** The place of the first of them, from 0 on. */
  readonly from: number;
  /** Their IDs. */
  readonly projects: readonly string[];
  /** How many there are in all. */
  readonly known: number;
}

/** Some of the permissions of a list that is too long to be drawn at once; collapsed until someone looks. */
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

/** The API reported no permission. Never stands for a failure. */
export interface NoneNode {
  readonly kind: 'none';
  readonly parent: CheckpointNode;
}

/** Loading failed, or the list broke off. Rows beside it, if any, are older or not all there are. */
export interface FailureNode extends FailureInWords {
  readonly kind: 'failure';
  /** Absent when the organization itself cannot be shown. */
  readonly parent?: CheckpointNode;
  /** What could not be had: tells two failures of one checkpoint apart. */
  readonly operation: 'organization' | 'read' | 'readMore' | 'rest';
  /** What is known of the rows below it, where there are any. */
  readonly olderStanding?: Standing;
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

/** A row of the Projects view. */
export type ProjectsNode = ExtentNode | ProjectNode | ProjectRangeNode | PermissionNode | NotKnownNode;

/** A row of either view. */
export type AnyNode = Node | ProjectsNode;

/** IDs are paths, so that what the server sends twice in different places stays two items. */
export function itemId(node: AnyNode): string {
  switch (node.kind) {
    case 'model':
      return `${node.organization.id}/model/${node.id}`;
    case 'checkpoint':
      return `${node.organization.id}/${node.checkpoint.id}`;
    case 'project':
      return `${node.organization.id}/project/${node.project}`;
    case 'projectRange':
      return `${node.organization.id}/projects/${node.from}`;
    case 'extent':
      return `${node.organization.id}/extent`;
    case 'notKnown':
      return `${itemId(node.projectNode)}/notKnown`;
  }
  if (node.kind === 'permission' && node.projectNode) {
    return `${itemId(node.projectNode)}/permission/${node.parent.checkpoint.id}/${node.permission.id}`;
  }
  const parent = node.parent ? itemId(node.parent) : 'root';
  if (node.kind === 'permission') return `${parent}/permission/${node.permission.id}`;
  if (node.kind === 'range') return `${parent}/range/${node.from}`;
  return node.kind === 'failure' ? `${parent}/failure/${node.operation}` : `${parent}/${node.kind}`;
}
