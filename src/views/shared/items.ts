import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type CheckpointId, parseCheckpointId, shortName } from '../../access/ids/checkpointId';
import { plainText } from '../../editor/plainText';
import { ago } from '../../editor/time';
import { commandIds, itemKinds } from '../../ids';
import type { UnderModel } from '../checkpoints/arrangedRoot';
import type {
  AnyNode,
  CheckpointNode,
  FailureNode,
  ModelNode,
  MoreNode,
  Node,
  NoneNode,
  PermissionNode,
  RangeNode,
} from './nodes';
import { projectInWords } from './projectInWords';
import { type End, endOf } from './retirementWords';

/**
 * How a node looks and reads aloud; models are seen to by `modelItem.ts`. `note` is something more to say of a checkpoint.
 * Tooltips are made later, on hover (`tooltips.ts`).
 */
export function itemFor(node: Exclude<Node, ModelNode>, now: number, note = ''): TreeItem {
  switch (node.kind) {
    case 'checkpoint':
      return checkpointItem(node, now, note);
    case 'range':
      return rangeItem(node, now);
    case 'permission':
      return permissionItem(node, now);
    case 'more':
      return moreItem(node);
    case 'none':
      return noneItem(node);
    case 'failure':
      return failureItem(node, now);
  }
}

/** Ids are paths, so that what the server sends twice in different places stays two items. */
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
      return `${itemId(node.under)}/notKnown`;
  }
  if (node.kind === 'permission' && node.under) {
    return `${itemId(node.under)}/permission/${node.parent.checkpoint.id}/${node.permission.id}`;
  }
  const parent = node.parent ? itemId(node.parent) : 'root';
  if (node.kind === 'permission') return `${parent}/permission/${node.permission.id}`;
  if (node.kind === 'range') return `${parent}/range/${node.from}`;
  return node.kind === 'failure' ? `${parent}/failure/${node.of}` : `${parent}/${node.kind}`;
}

function checkpointItem(node: CheckpointNode, now: number, note: string): TreeItem {
  const { checkpoint, organization } = node;
  const name = plainText(shortName(checkpoint), 100);
  const item = new TreeItem(node.model ? placeIn(checkpoint) : name, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.contextValue = itemKinds.checkpoint;
  const end = endOf(node, now);
  const icon = checkpoint.step === undefined ? 'package' : 'git-commit';
  item.iconPath = new ThemeIcon(end?.ended ? 'stop-circle' : icon);
  const known = knownCount(node);
  const old = age(node, now);
  item.description = [note, known, old, end?.words, plainText(checkpoint.id)].filter(Boolean).join(' · ');
  const model = checkpoint.step === undefined ? 'Fine-tuned model' : 'Checkpoint of a fine-tuned model';
  item.accessibilityInformation = {
    label: [
      `${model} ${name}`,
      `base model ${plainText(checkpoint.baseModel, 100)}`,
      end?.words,
      note,
      known,
      old,
      organization.isSample ? 'in the sample organization' : '',
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

/** What a checkpoint is called under its model, which has the name already. */
function placeIn({ step }: CheckpointId): string {
  return step === undefined ? 'Final model' : `Step ${step}`;
}

/** How many permissions are known; a plus sign says that there are more. Empty before anything was read. */
export function knownCount({ organization, checkpoint }: CheckpointNode): string {
  const { listing } = organization.permissions.snapshot(checkpoint.id);
  if (!listing) return '';
  const count = listing.permissions.length;
  if (listing.ending.kind !== 'complete') return `${count}+ permissions`;
  if (count === 0) return 'no permissions';
  return count === 1 ? '1 permission' : `${count} permissions`;
}

/** From this age on, in milliseconds, a row says when it was read. */
const oldAfter = 15 * 60_000;

/** Why what is known may no longer be so; empty when it was read lately. */
function age({ organization, checkpoint }: CheckpointNode, now: number): string {
  const { listing, failure, beforeChange, outdated } = organization.permissions.snapshot(checkpoint.id);
  if (failure && !listing) return 'could not be read';
  if (!listing) return '';
  if (beforeChange) return 'before your last change';
  if (outdated) return `read ${ago(listing.readAt, now)}, before your refresh`;
  if (failure?.during === 'read') return `as read ${ago(listing.readAt, now)}, could not be read again`;
  return now - listing.readAt >= oldAfter ? `read ${ago(listing.readAt, now)}` : '';
}

function permissionItem(node: PermissionNode, now: number): TreeItem {
  const { permission, parent } = node;
  const project = projectInWords(parent.organization, permission.project_id);
  const item = new TreeItem(project.label, TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.contextValue = itemKinds.permission;
  item.iconPath = new ThemeIcon(project.icon);
  const granted = ago(permission.created_at * 1000, now);
  const id = plainText(permission.id, 100);
  item.description = [project.note, project.id, granted, id].filter(Boolean).join(' · ');
  item.accessibilityInformation = {
    label: `Project ${project.spoken} may use ${plainText(shortName(parent.checkpoint), 100)}, granted ${granted}, permission ${id}`,
  };
  return item;
}

const number = new Intl.NumberFormat('en');

function rangeItem(node: RangeNode, now: number): TreeItem {
  const { from, permissions, known } = node;
  const places = `${number.format(from + 1)} to ${number.format(from + permissions.length)}`;
  const item = new TreeItem(`Permissions ${places}`, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.iconPath = new ThemeIcon('list-ordered');
  const [newest, oldest] = [permissions[0], permissions.at(-1)].map((permission) =>
    permission ? ago(permission.created_at * 1000, now) : '',
  );
  const granted = newest === oldest ? `granted ${newest}` : `granted ${newest} to ${oldest}`;
  item.description = granted;
  item.accessibilityInformation = {
    label: `Permissions ${places} of ${number.format(known)} that were read, ${granted}`,
  };
  return item;
}

function moreItem(node: MoreNode): TreeItem {
  const item = new TreeItem('Load more…', TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.contextValue = itemKinds.more;
  item.iconPath = new ThemeIcon('fold-down');
  item.description = `${node.shown} shown, there are more`;
  item.command = { command: commandIds.loadMore, title: 'Load More Permissions', arguments: [node] };
  item.accessibilityInformation = {
    label: `Load more permissions. ${node.shown} are shown, the server has more.`,
  };
  return item;
}

function noneItem(node: NoneNode): TreeItem {
  const item = new TreeItem('No permissions', TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.iconPath = new ThemeIcon('circle-slash');
  item.description = 'not shared with any project';
  item.accessibilityInformation = {
    label: `No permissions: the server lists no project that may use ${plainText(shortName(node.parent.checkpoint), 100)}`,
  };
  return item;
}

function failureItem(node: FailureNode, now: number): TreeItem {
  const item = new TreeItem(plainText(node.what, 200), TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.contextValue = node.parent ? `${itemKinds.failure}+retry` : itemKinds.failure;
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  const older =
    node.olderRowsFrom === undefined
      ? ''
      : `The rows below were read ${ago(node.olderRowsFrom, now)}${node.beforeChange ? ', before your last change' : ''}. `;
  item.description = `${older}${plainText(node.next)}`;
  item.command = { command: commandIds.showLog, title: 'Show Log' };
  item.accessibilityInformation = {
    label: `Error: ${plainText(node.what, 200)}. ${item.description} Press Enter to show the log.`,
  };
  return item;
}

/** How a fine-tuned model looks that stands over its checkpoints. */
export function modelItem(node: ModelNode, under: UnderModel, now: number): TreeItem {
  const parsed = parseCheckpointId(node.id);
  const name = plainText(parsed ? shortName(parsed) : node.id, 100);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.contextValue = itemKinds.model;
  const end = commonEnd(under, now);
  item.iconPath = new ThemeIcon(end?.ended ? 'stop-circle' : 'layers');
  const count = countOf(under);
  item.description = [count, end?.words, plainText(node.id)].filter(Boolean).join(' · ');
  item.accessibilityInformation = {
    label: [`Fine-tuned model ${name}`, count, end?.words].filter(Boolean).join(', '),
  };
  return item;
}

/** `3 checkpoints`, or `1 of 3 checkpoints shown` where a filter hides the others. */
function countOf({ shown, listed }: UnderModel): string {
  const checkpoints = `${listed} checkpoint${listed === 1 ? '' : 's'}`;
  return shown.length === listed ? checkpoints : `${shown.length} of ${checkpoints} shown`;
}

/** When all of it ends, if that is one and the same day. */
function commonEnd({ shown }: UnderModel, now: number): End | undefined {
  const [first, ...others] = shown.map((node) => endOf(node, now));
  return others.every((end) => end?.words === first?.words) ? first : undefined;
}
