import type { Permission } from '../../access/api';
import type { CheckpointId } from '../../access/ids/checkpointId';
import type { Standing } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import type { FailureInWords } from '../../words/checkpoints';

/** A fine-tuned model, the parent of its checkpoints in the list: the final model and its steps. */
export interface ModelNode {
  readonly kind: 'model';
  readonly organization: Organization;
  /** The ID of the final model, which may not be in the list itself. */
  readonly id: string;
}

/** A checkpoint in the list. Its children are loaded when it is first expanded. */
export interface CheckpointNode {
  readonly kind: 'checkpoint';
  readonly organization: Organization;
  readonly checkpoint: CheckpointId;
  /** The parent row, when checkpoints are grouped by model. */
  readonly model?: ModelNode;
}

/** A project's permission for the checkpoint above it. */
export interface PermissionNode {
  readonly kind: 'permission';
  readonly parent: CheckpointNode;
  readonly permission: Permission;
  /** The parent row in the By Project view. */
  readonly projectNode?: ProjectNode;
  /**
   * When a query for this project alone was answered, in milliseconds since 1970; absent when the permission comes from
   * the checkpoint's list.
   */
  readonly answeredAt?: number;
}

/** A project in the By Project view, the parent of the permissions it is known to have. */
export interface ProjectNode {
  readonly kind: 'project';
  readonly organization: Organization;
  /** Its ID. */
  readonly project: string;
}

/** Shows how many checkpoints the By Project view is based on. */
export interface ExtentNode {
  readonly kind: 'extent';
  readonly organization: Organization;
}

/** Shows how many projects have no permission. */
export interface WithoutNode {
  readonly kind: 'without';
  readonly organization: Organization;
}

/** Shows for how many checkpoints a project's access is unknown. */
export interface NotKnownNode {
  readonly kind: 'notKnown';
  readonly projectNode: ProjectNode;
  readonly checkpoints: number;
}

/** A collapsed range of projects, for lists too long to draw at once. */
export interface ProjectRangeNode {
  readonly kind: 'projectRange';
  readonly organization: Organization;
  /** The index of the first project, from 0. */
  readonly from: number;
  /** Their IDs. */
  readonly projects: readonly string[];
  /** The number of all projects. */
  readonly known: number;
}

/** A collapsed range of permissions, for lists too long to draw at once. */
export interface RangeNode {
  readonly kind: 'range';
  readonly parent: CheckpointNode;
  /** The index of the first permission in the list, from 0. */
  readonly from: number;
  readonly permissions: readonly Permission[];
  /** The number of all loaded permissions. */
  readonly known: number;
}

/** The API has more permissions; loading the next page costs one request. */
export interface MoreNode {
  readonly kind: 'more';
  readonly parent: CheckpointNode;
  /** The number of permissions shown above it. */
  readonly shown: number;
}

/** The API reported that there are no permissions. Never stands for a failure. */
export interface NoneNode {
  readonly kind: 'none';
  readonly parent: CheckpointNode;
}

/** Loading failed, or the list broke off. Permissions beside it, if any, are older or incomplete. */
export interface FailureNode extends FailureInWords {
  readonly kind: 'failure';
  /** Absent when the organization itself can't be shown. */
  readonly parent?: CheckpointNode;
  /** The operation that failed. Distinguishes two failures of one checkpoint. */
  readonly operation: 'organization' | 'read' | 'readMore' | 'rest';
  /** The standing of the older permissions below it, if any. */
  readonly olderStanding?: Standing;
}

/** A row of the Checkpoints view. */
export type Node =
  | ModelNode
  | CheckpointNode
  | PermissionNode
  | RangeNode
  | MoreNode
  | NoneNode
  | FailureNode;

/** A row of the By Project view. */
export type ProjectsNode =
  | ExtentNode
  | WithoutNode
  | ProjectNode
  | ProjectRangeNode
  | PermissionNode
  | NotKnownNode;

/** A row of either view. */
export type AnyNode = Node | ProjectsNode;

/** Whether a row is one of the By Project view. */
export function isOfProjects(node: AnyNode): node is ProjectsNode {
  switch (node.kind) {
    case 'extent':
    case 'without':
    case 'project':
    case 'projectRange':
    case 'notKnown':
      return true;
    case 'permission':
      return node.projectNode !== undefined;
    default:
      return false;
  }
}

/** Whether a row is one of the Checkpoints view. */
export function isOfCheckpoints(node: AnyNode): node is Node {
  return !isOfProjects(node);
}

/** The item ID of a node: a path, so that one object of the API in two places makes two items. */
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
    case 'without':
      return `${node.organization.id}/${node.kind}`;
    case 'notKnown':
      return `${itemId(node.projectNode)}/notKnown`;
  }
  if (node.kind === 'permission' && node.projectNode) {
    const { id } = node.parent.checkpoint;
    return `${itemId(node.projectNode)}/permission/${JSON.stringify([id, node.permission.id])}`;
  }
  const parent = node.parent ? itemId(node.parent) : 'root';
  if (node.kind === 'permission') {
    // A server may send two projects under one ID. VS Code refuses two rows with one.
    const { id, project_id } = node.permission;
    return `${parent}/permission/${JSON.stringify([project_id, id])}`;
  }
  if (node.kind === 'range') return `${parent}/range/${node.from}`;
  return node.kind === 'failure' ? `${parent}/failure/${node.operation}` : `${parent}/${node.kind}`;
}
